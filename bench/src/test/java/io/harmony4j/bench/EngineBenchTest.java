package io.harmony4j.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.engine.Model;
import io.harmony4j.engine.ModelOptions;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With a tiny random model of the engine's tests. */
class EngineBenchTest {
    private static final Path MODEL = Path.of("../engine/src/test/resources/cases/a_l2_e4_k2/original");
    private static final EngineBenchOptions OPTIONS = EngineBenchOptions.of("a model")
            .withPromptTokens(5)
            .withGeneratedTokens(3)
            .withRounds(2);

    private final List<String> heard = new ArrayList<>();

    @Test
    void speedsStandBesideTheMemoryAndThePeers() throws IOException, InterruptedException {
        JsonObject result;
        long bytes;
        try (Model model = Model.load(MODEL, ModelOptions.DEFAULT.withThreads(2))) {
            result = new EngineBench(OPTIONS.withPeers(List.of(peer("right"))), new Notes(heard)).run(model);
            bytes = model.activeBytes();
        }

        assertThat(result.members().keySet())
                .containsExactly(
                        "kernels", "threads", "bytes_per_token", "memory_bytes_per_s", "machine", "contenders");
        assertThat(result.get("threads").intValue()).isEqualTo(2);
        assertThat(result.get("bytes_per_token").longValue()).isEqualTo(bytes).isPositive();
        assertThat(result.get("memory_bytes_per_s").doubleValue()).isGreaterThan(1e8);
        assertThat(result.get("machine").get("processors").intValue()).isPositive();
        List<JsonValue> contenders = result.get("contenders").elements();
        assertThat(contenders).hasSize(2);
        assertThat(contenders.get(0).get("name").text()).isEqualTo("Harmony4J");
        assertThat(contenders.get(0).get("prompt_tokens_per_s").elements())
                .hasSize(2)
                .allMatch(speed -> speed.doubleValue() > 0);
        assertThat(contenders.get(0).get("tokens_per_s").elements())
                .hasSize(2)
                .allMatch(speed -> speed.doubleValue() > 0);
        assertThat(contenders.get(1))
                .hasToString("{\"name\":\"right\",\"prompt_tokens_per_s\":[18.8,18.8],\"tokens_per_s\":[9.0,9.0]}");
        assertThat(heard.get(heard.size() - 1))
                .contains("Memory read: ", "(median of 2). A token reads ")
                .containsPattern("\\| right +\\| +18.8 \\| +18.8 \\| .* \\| +9.00 \\| +9.00 \\|")
                .containsPattern("\n\\| Harmony4J .*\\| +1.00 \\|.*\\| +1.00 \\|");
    }

    @Test
    void requestsAtOnceAreAnsweredTogetherAndOneAfterAnother() throws IOException, InterruptedException {
        JsonObject result;
        try (Model model = Model.load(MODEL, ModelOptions.DEFAULT.withThreads(2))) {
            result = new EngineBench(OPTIONS.withTogether(List.of(1, 3)), new Notes(heard)).run(model);
        }

        List<JsonValue> together = result.get("together").elements();
        assertThat(together)
                .extracting(contest -> contest.get("requests").intValue())
                .containsExactly(1, 3);
        for (JsonValue contest : together) {
            for (String kind : List.of("one_after_another_tokens_per_s", "together_tokens_per_s")) {
                assertThat(contest.get(kind).elements()).hasSize(2).allMatch(speed -> speed.doubleValue() > 0);
            }
        }
        assertThat(heard.get(heard.size() - 1))
                .contains("| requests at once | one after another, tokens/s | together, tokens/s | ratio |")
                .containsPattern("\n\\| 3 +\\|");
    }

    @Test
    void aPeerThatDoesNotAnswerIsLeftOutOfTheNextRounds() throws IOException, InterruptedException {
        List<Peer> peers = List.of(peer("slow"), peer("garbage"), new Peer("gone", List.of("no/such/program")));
        try (Model model = Model.load(MODEL, ModelOptions.DEFAULT.withThreads(2))) {
            new EngineBench(OPTIONS.withPeers(peers), new Notes(heard)).run(model);
        }

        assertThat(heard.stream().filter(line -> line.startsWith("Without ")))
                .satisfiesExactly(
                        slow -> assertThat(slow)
                                .startsWith("Without slow: expected an answer in JSON but found {")
                                .endsWith(" (expected tokens_per_s above 0)\n"),
                        garbage -> assertThat(garbage)
                                .startsWith(
                                        "Without garbage: expected an answer in JSON but found 9 tokens a second ("),
                        gone -> assertThat(gone).startsWith("Without gone: Cannot run program \"no/such/program\""));
        assertThat(heard.get(heard.size() - 1)).doesNotContain("slow", "garbage", "gone");
    }

    @Test
    void thereIsSomethingToMeasure() {
        assertThatThrownBy(() -> OPTIONS.withPromptTokens(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected at least 1 token in the prompt but found 0");
        assertThatThrownBy(() -> OPTIONS.withGeneratedTokens(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OPTIONS.withRounds(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OPTIONS.withTogether(List.of(2, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected at least 1 request at once but found 0");
    }

    private static Peer peer(String behaviour) {
        List<String> command = new ArrayList<>(ForkedJvm.command(FakeEngine.class));
        command.add(behaviour);
        return new Peer(behaviour, command);
    }
}
