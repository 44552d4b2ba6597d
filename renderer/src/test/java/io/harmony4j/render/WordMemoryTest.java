package io.harmony4j.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;

@Domain(RenderArbitraries.class)
class WordMemoryTest {
    private static final List<String> MARKS = List.of("", " ", ":", " to=");
    private static final WordMemory SHARED = new WordMemory(Fragments.TOKENIZER);

    private final WordMemory memory = new WordMemory(Fragments.TOKENIZER);

    @Property
    void aWordHasTheTokensOfItsText(@ForAll String name) {
        for (String mark : MARKS) {
            assertThat(SHARED.tokens(mark, name)).isEqualTo(Fragments.tokens(mark + name));
        }
    }

    @Test
    void aWordThatComesAgainIsRemembered() {
        int[] tokens = memory.tokens(" to=", "functions.f");

        assertThat(memory.tokens(" to=", String.join(".", "functions", "f"))).isSameAs(tokens);
    }

    @Test
    void aMarkIsTokenisedWithItsName() {
        assertThat(memory.tokens(" ", "to=")).isEqualTo(Fragments.tokens(" to="));
        assertThat(memory.tokens("", " to=")).isEqualTo(Fragments.tokens(" to="));
        assertThat(memory.tokens(" to=", "")).isEqualTo(Fragments.tokens(" to="));
    }

    @Test
    void namesWithTheSameHashAreDifferentWords() {
        assertThat("Aa").hasSameHashCodeAs("BB");

        for (int i = 0; i < 2; i++) {
            assertThat(memory.tokens("", "Aa")).isEqualTo(Fragments.tokens("Aa"));
            assertThat(memory.tokens("", "BB")).isEqualTo(Fragments.tokens("BB"));
        }
    }

    @Test
    void newNamesTakeThePlacesOfOldOnes() {
        int[] first = memory.tokens("", "name");
        IntStream.range(0, 100 * WordMemory.PLACES).forEach(i -> memory.tokens("", "name" + i));

        assertThat(memory.tokens("", "name")).isNotSameAs(first).isEqualTo(first);
    }

    @Test
    void aLongNameIsNotRemembered() {
        String longest = "x".repeat(WordMemory.MAX_LENGTH);
        String tooLong = longest + "x";

        assertThat(memory.tokens("", longest)).isSameAs(memory.tokens("", longest));
        assertThat(memory.tokens("", tooLong)).isNotSameAs(memory.tokens("", tooLong));
        assertThat(memory.tokens("", tooLong)).isEqualTo(Fragments.tokens(tooLong));
    }
}
