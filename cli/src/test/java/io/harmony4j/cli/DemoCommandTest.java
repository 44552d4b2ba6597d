package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.harmony4j.Json;
import io.harmony4j.Recipient;
import io.harmony4j.tiny.TinyTools;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoCommandTest {
    @Test
    void aModelCallsAToolAndAnswersWithWhatItSays() {
        String found = TinyTools.call(Recipient.function("get_weather"), "{\"city\":\"Tokyo\"}");
        String weather = Json.parse(found).path("weather").asText();

        String out = Run.of("demo").doneByAModel();

        assertThat(out)
                .startsWith("== The prompt: ")
                .contains(
                        "type get_weather = (_: {\n",
                        "What is the weather in Tokyo?<|end|><|start|>assistant\n",
                        "assistant to functions.get_weather, commentary",
                        "{\"city\":\"Tokyo\"}\n",
                        "tool functions.get_weather\n" + found + "\n",
                        "assistant, final\nIt is " + weather + " in Tokyo.\n",
                        "== The messages\n");
        List<String> lines = out.lines().toList();
        JsonNode answer = Json.parse(lines.get(lines.size() - 1));
        assertThat(answer.path("channel").asText()).isEqualTo("final");
        assertThat(answer.path("content").asText()).isEqualTo("It is " + weather + " in Tokyo.");
    }
}
