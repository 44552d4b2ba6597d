package io.harmony4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;

class CodePointOrderTest {
    @Domain(Conversations.class)
    @Property
    void isTheOrderOfTheUtf8Bytes(@ForAll String a, @ForAll String b) {
        int bytes = Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

        assertThat(Integer.signum(CodePointOrder.INSTANCE.compare(a, b))).isEqualTo(Integer.signum(bytes));
    }

    @Test
    void supplementaryCharactersComeLast() {
        assertThat(CodePointOrder.INSTANCE.compare("\uffff", "💖")).isNegative();
        assertThat(CodePointOrder.INSTANCE.compare("💖", "\ue000")).isPositive();
        assertThat(CodePointOrder.INSTANCE.compare("💖a", "💖b")).isNegative();
        assertThat(CodePointOrder.INSTANCE.compare("💖", "💖")).isZero();
        assertThat(CodePointOrder.INSTANCE.compare("a", "ab")).isNegative();
    }
}
