package io.harmony4j.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    @Test
    void othersStandBesideOursWithTheirRatio() {
        Comparison comparison = new Comparison();
        comparison.add("ru", speeds("ours", 80, "theirs", 8, "peer", 40));
        comparison.add("zh", speeds("ours", 20, "theirs", 5));

        assertThat(comparison).hasToString("""
                | MB/s                         | ours | theirs | ratio | peer | ratio |
                | ---------------------------- | ---: | -----: | ----: | ---: | ----: |
                | ru                           | 80.0 |   8.00 |  10.0 | 40.0 |  2.00 |
                | zh                           | 20.0 |   5.00 |  4.00 |      |       |
                | geometric mean, cpu, best    | 40.0 |   6.32 |  6.32 | 40.0 |  2.00 |
                | geometric mean, cpu, median  | 20.0 |   3.16 |  6.32 | 20.0 |  2.00 |
                | geometric mean, wall, best   | 40.0 |   6.32 |  6.32 | 40.0 |  2.00 |
                | geometric mean, wall, median | 10.0 |   1.58 |  6.32 | 10.0 |  2.00 |
                """);
    }

    @Test
    void aRowHasACellForEachHeading() {
        MarkdownTable table = new MarkdownTable(List.of("a", "b"));

        assertThatThrownBy(() -> table.add(List.of("1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected 2 cells but found 1: [1]");
    }

    private static Map<String, Speed> speeds(Object... namesAndSpeeds) {
        Map<String, Speed> speeds = new LinkedHashMap<>();
        for (int i = 0; i < namesAndSpeeds.length; i += 2) {
            double speed = (Integer) namesAndSpeeds[i + 1];
            speeds.put((String) namesAndSpeeds[i], new Speed(speed, speed / 2, speed, speed / 4));
        }
        return speeds;
    }
}
