package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Recipient;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import io.harmony4j.tiny.TinyTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoCommandTest {
    @Test
    void readmeShowsWhatIsPrinted() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        String marked = readme.substring(readme.indexOf("<!-- demo -->"));
        int begin = marked.indexOf("```\n") + "```\n".length();

        assertThat(marked.substring(begin, marked.indexOf("```\n", begin)))
                .isEqualTo(Run.of("demo").doneByAModel());
    }

    @Test
    void aModelCallsAToolAndAnswersWithWhatItSays() {
        String found = TinyTools.call(Recipient.function("get_weather"), "{\"city\":\"Tokyo\"}");
        String weather = Json.parse(found).get("weather").text();

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
        JsonValue answer = Json.parse(lines.get(lines.size() - 1));
        assertThat(answer.get("channel").text()).isEqualTo("final");
        assertThat(answer.get("content").text()).isEqualTo("It is " + weather + " in Tokyo.");
    }
}
