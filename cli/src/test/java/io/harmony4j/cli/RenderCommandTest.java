package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenderCommandTest {
    private static final String QUESTION = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
    private static final String ANSWERED = """
            {"messages":[
              {"role":"assistant","channel":"analysis","content":"Easy."},
              {"role":"assistant","channel":"final","content":"Hello"}]}""";

    @TempDir
    private Path folder;

    @Test
    void printsTheIdsOfAPrompt() throws IOException {
        Path file = Files.writeString(folder.resolve("conversation.json"), QUESTION);

        assertThat(Run.of("render", file.toString()).done())
                .isEqualTo("200006 1428 200008 13225 200007 200006 173781\n");
    }

    @Test
    void readsStandardInput() {
        assertThat(Run.withInput(QUESTION, "render", "-", "--to", "text").done())
                .isEqualTo("<|start|>user<|message|>Hello<|end|><|start|>assistant\n");
    }

    @Test
    void printsJson() {
        assertThat(Run.withInput(QUESTION, "render", "-", "--mode", "conversation", "--to", "json")
                        .done())
                .isEqualTo("{\"tokens\":[200006,1428,200008,13225,200007],"
                        + "\"text\":\"<|start|>user<|message|>Hello<|end|>\"}\n");
    }

    @ParameterizedTest
    @CsvSource({
        "completion, <|end|><|start|>assistant",
        "conversation, <|end|>",
        "training, <|return|>",
    })
    void theModeSaysHowItEnds(String mode, String end) {
        assertThat(Run.withInput(ANSWERED, "render", "-", "--to", "text", "--mode", mode)
                        .done())
                .isEqualTo("<|start|>assistant<|channel|>final<|message|>Hello" + end + "\n");
    }

    @Test
    void anotherRoleMayContinue() {
        assertThat(Run.withInput(QUESTION, "render", "-", "--to", "text", "--role", "user")
                        .done())
                .endsWith("<|start|>user\n");
    }

    @Test
    void analysisIsKeptOnRequest() {
        assertThat(Run.withInput(ANSWERED, "render", "-", "--to", "text", "--keep-analysis")
                        .done())
                .startsWith("<|start|>assistant<|channel|>analysis<|message|>Easy.<|end|>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "``    # expected JSON but found nothing",
                "{     # expected JSON",
                "[]    # expected a conversation as an object but found a list at $ (line 1, column 1)",
                "{}    # expected the field 'messages' but found none at $ (line 1, column 1)",
                "{'messages':[{'role':'robot','content':''}]}"
                        + " # expected a role (user, assistant, system, developer, tool) but found 'robot'"
                        + " at $.messages[0].role (line 1, column 22)",
                "{'messages':[{'role':'ro\\nbot','content':''}]} # but found 'ro\\nbot' at $.messages[0].role",
                "{'messages':[{'role':'user','content':[{'type':'system_content'}]}]}"
                        + " # expected system content in a system message but found it in a user message at message 0",
                "{'messages':[{'role':'tool','content':''}]}"
                        + " # expected a tool's name as the author but found none at message 0",
            })
    void badConversationIsRefusedInALine(String json, String expected) {
        assertThat(Run.withInput(json.replace('\'', '"'), "render", "-")
                        .badInput()
                        .replace('"', '\''))
                .startsWith("standard input: ")
                .contains(expected);
    }

    @Test
    void theErrorNamesTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("empty.json"), "");

        assertThat(Run.of("render", file.toString()).badInput()).isEqualTo(file + ": expected JSON but found nothing");
    }
}
