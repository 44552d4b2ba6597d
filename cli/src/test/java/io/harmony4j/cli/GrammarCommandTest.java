package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports, checks and explanations of what a model may write, and what it writes so. */
class GrammarCommandTest {
    private static final String CITY =
            "{'type':'object','properties':{'city':{'enum':['Rome','Oslo']}},'required':['city'],'additionalProperties':false}";
    private static final String TOOLS =
            "[{'type':'function','function':{'name':'get_weather','strict':true,'parameters':" + CITY + "}}]";
    private static final String CALL =
            "<|channel|>commentary to=functions.get_weather <|constrain|>json<|message|>{\"city\":\"Rome\"}<|call|>";

    @TempDir
    private Path folder;

    private String schema = "";
    private String tools = "";

    @BeforeEach
    void writeFiles() throws IOException {
        schema = file("schema.json", CITY);
        tools = file("tools.json", TOOLS);
    }

    private String file(String name, String json) throws IOException {
        return Files.writeString(folder.resolve(name), json.replace('\'', '"')).toString();
    }

    @Test
    void aTextThatIsAllowedIsSaidToBe() throws IOException {
        assertThat(Run.withInput(CALL + "\n", "grammar", "check", "--tools", tools)
                        .done())
                .isEqualTo("allowed\n");
        assertThat(Run.withInput("{\"city\": \"Oslo\"}", "grammar", "check", "--schema", schema)
                        .done())
                .isEqualTo("allowed\n");
        String request = file(
                "request.json",
                "{'messages':[{'role':'user','content':'Hi'}],'tool_choice':'required','tools':" + TOOLS + "}");
        assertThat(Run.withInput(CALL, "grammar", "explain", "--request", request)
                        .done())
                .isEqualTo("allowed\n");
    }

    @Test
    void aTextThatIsNotAllowedIsExplainedUnderIt() {
        String wrong = CALL.replace("Rome", "Paris");
        Run check = Run.withInput(wrong, "grammar", "check", "--tools", tools);
        assertThat(check.out()).isEmpty();
        assertThat(check.badInput())
                .startsWith("standard input: expected ")
                .endsWith(" but found \"P\" at character " + wrong.indexOf("Paris"));

        List<String> lines = Run.withInput(wrong, "grammar", "explain", "--tools", tools)
                .done()
                .lines()
                .toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).endsWith("{\"city\":\"Paris\"}<|call|>");
        assertThat(lines.get(0).charAt(lines.get(1).indexOf('^'))).isEqualTo('P');
        assertThat(lines.get(2)).isEqualTo(check.badInput().substring("standard input: ".length()));
    }

    @Test
    void controlTokensAndTheEndOfATextAreNamed() {
        String early = CALL.replace("\"}<|call|>", "<|call|>");
        assertThat(Run.withInput(early, "grammar", "check", "--tools", tools).badInput())
                .contains("but found \"<|call|>\" at character " + early.indexOf("<|call|>"));
        assertThat(Run.withInput("{\"city\"", "grammar", "check", "--schema", schema)
                        .badInput())
                .endsWith("but found the end of the text at character 7");
        assertThat(Run.withInput(
                                "<|channel|>final<|message|>Hi<|return|>",
                                "grammar",
                                "check",
                                "--tools",
                                tools,
                                "--tool-choice",
                                "get_weather")
                        .badInput())
                .contains("at character 11");
    }

    @Test
    void placesAreCountedInCharacters() {
        List<String> lines = Run.withInput(
                        "<|channel|>analysis<|message|>Grüße 🧑‍🚀\nNext: é🚀<|call|>", "grammar", "explain")
                .done()
                .lines()
                .toList();
        assertThat(lines.get(0)).isEqualTo("Next: é🚀<|call|>");
        assertThat(lines.get(1)).isEqualTo(" ".repeat(8) + "^");
    }

    @Test
    void exportsAreInEveryNotation() {
        Run lark = Run.of("grammar", "export", "--to", "lark", "--tools", tools, "--tool-choice", "required");
        assertThat(lark.exitCode()).isZero();
        assertThat(lark.out()).startsWith("%llguidance {").doesNotContain("final");
        assertThat(lark.err()).contains("harmony: note: stop tokens: 199999");
        Run gbnf = Run.of("grammar", "export", "--to", "gbnf", "--tools", tools);
        assertThat(gbnf.out()).startsWith("root ::= ").contains("final");
        Run tag = Run.of("grammar", "export", "--to", "structural_tag", "--response-format", schema);
        assertThat(Json.parse(tag.out()).get("type").text()).isEqualTo("structural_tag");
        assertThat(Run.of("grammar", "export", "--to", "regex", "--schema", schema)
                        .out())
                .contains("Oslo|Rome");
    }

    @Test
    void whatCannotBeEnforcedIsRefusedOrNoted() throws IOException {
        String contains = file("contains.json", "{'type':'array','contains':{'type':'null'}}");
        assertThat(Run.withInput("[]", "grammar", "check", "--schema", contains).badInput())
                .startsWith(contains + ": expected a schema that can be enforced")
                .contains("\"contains\" at /contains");
        Run lenient = Run.withInput("[]", "grammar", "check", "--schema", contains, "--lenient", "contains");
        assertThat(lenient.exitCode()).isZero();
        assertThat(lenient.err()).startsWith("harmony: note: ").contains("contains");
        assertThat(Run.of("grammar", "check", "--request", schema).badInput())
                .startsWith(schema + ": expected a request but found");
        assertThat(Run.of("grammar", "check", "--tools", schema).badInput()).contains("param tools");
    }

    @Test
    void aModelWritesByTheGrammar() throws IOException {
        String conversation = file("conversation.json", "{'messages':[{'role':'user','content':'Hello!'}]}");
        String request =
                file("request.json", "{'messages':[{'role':'user','content':'Hello!'}],'temperature':2,'seed':1}");
        for (String input : new String[] {conversation, request}) {
            Run call = Run.of(
                    "generate",
                    "--temperature",
                    "0",
                    "--seed",
                    "1",
                    "--tools",
                    tools,
                    "--tool-choice",
                    "get_weather",
                    input);
            assertThat(call.exitCode()).isZero();
            assertThat(call.out())
                    .containsPattern("\"recipient\":\"functions.get_weather\",\"content\":\"\\{.*(Rome|Oslo)");
            Run answer = Run.of(
                    "generate",
                    "--temperature",
                    "0",
                    "--seed",
                    "1",
                    "--max-tokens",
                    "220",
                    "--response-format",
                    schema,
                    input);
            assertThat(answer.out()).containsPattern("\"content\":\"\\{.*(Rome|Oslo).*\"channel\":\"final\"");
        }
    }
}
