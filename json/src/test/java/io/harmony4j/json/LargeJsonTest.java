package io.harmony4j.json;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Inputs of about 100 MB, read in the 3 GB that tests have. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LargeJsonTest {
    private static final int SIZE = 100_000_000;

    @Test
    void manyTinyValuesAreRefusedBeforeTheyFillTheMemory() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.parse("[" + "[],".repeat(SIZE / 3) + "[]]"))
                .withMessageStartingWith("expected at most 25000000 tokens of JSON but found more (line 1, column ");
        assertThatIllegalArgumentException().isThrownBy(() -> Json.parse("[" + "1,".repeat(SIZE / 2) + "1]"));
    }
}
