package io.harmony4j.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.bench.Library;
import org.junit.jupiter.api.Test;

class SpeedTableTest {
    private final SpeedTable table = new SpeedTable();

    @Test
    void librariesStandSideBySideWithTheirRatio() {
        table.add("zh", "encode", Library.HARMONY4J, 40e6);
        table.add("zh", "encode", Library.JTOKKIT, 8e6);
        table.add("zh", "decode", Library.HARMONY4J, 500.04e6);
        table.add("ru", "encode", Library.JTOKKIT, 9e6);

        assertThat(table).hasToString("""

                | MB/s | decode | JTokkit | ratio | encode | JTokkit | ratio |
                | ---- | -----: | ------: | ----: | -----: | ------: | ----: |
                | ru   |        |         |       |        |     9.0 |       |
                | zh   |  500.0 |         |       |   40.0 |     8.0 |   5.0 |
                """);
    }

    @Test
    void conversationsAreInTokens() {
        table.add("render", 3_210_000);

        assertThat(table).hasToString("""

                | million tokens/s | Harmony4J |
                | ---------------- | --------: |
                | render           |       3.2 |
                """);
    }

    @Test
    void nothingMeasuredPrintsNothing() {
        assertThat(table).hasToString("");
    }
}
