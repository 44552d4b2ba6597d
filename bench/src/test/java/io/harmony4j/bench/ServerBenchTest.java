package io.harmony4j.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With few clients; what is measured is a server in a process of its own, as always. */
class ServerBenchTest {
    private final List<String> heard = new ArrayList<>();

    private List<JsonObject> run(ServerBench.Part part) throws IOException, InterruptedException {
        ServerBench bench = new ServerBench(
                ServerBenchOptions.DEFAULT
                        .withParts(EnumSet.of(part))
                        .withStreams(20)
                        .withWords(10)
                        .withMillis(20)
                        .withSeconds(1)
                        .withHeap("256m"),
                new Notes(heard));
        List<JsonObject> rows = bench.run();
        assertThat(bench.isRight()).isTrue();
        return rows;
    }

    @Test
    void allStreamsComeAndAreTheirOwn() throws IOException, InterruptedException {
        List<JsonObject> rows = run(ServerBench.Part.STREAMS);

        assertThat(rows).hasSize(3).allSatisfy(row -> {
            assertThat(row.get("part").text()).isEqualTo("streams");
            assertThat(row.get("streams").intValue()).isEqualTo(40);
            assertThat(row.get("answered").intValue()).isEqualTo(40);
            assertThat(row.get("lost").intValue()).isZero();
            assertThat(row.get("mixed").intValue()).isZero();
            assertThat(row.get("tokens_per_s").doubleValue()).isPositive();
            assertThat(row.get("first_byte").get("count").intValue()).isEqualTo(40);
            assertThat(row.get("heap_peak").longValue()).isPositive();
        });
        assertThat(heard.get(heard.size() - 1))
                .contains("| streams | answered | lost | mixed |", "| 40      |       40 |");
    }

    @Test
    void whatIsTooMuchIsRefusedWithWords() throws IOException, InterruptedException {
        List<JsonObject> rows = run(ServerBench.Part.LIMITS);

        assertThat(rows).hasSize(4);
        assertThat(rows.get(0).get("outcomes").get("429 with retry-after").intValue())
                .isPositive();
        assertThat(rows.get(1).get("outcomes").get("503 with retry-after").intValue())
                .isPositive();
        assertThat(rows.get(2).get("outcomes").get("200 with an error").intValue())
                .isPositive();
        assertThat(rows.get(3).get("outcomes")).hasToString("{\"408\":10}");
    }

    @Test
    void whatIsAskedForIsAtLeastOne() {
        assertThatThrownBy(() -> ServerBenchOptions.DEFAULT.withStreams(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected at least 1 but found 0");
    }
}
