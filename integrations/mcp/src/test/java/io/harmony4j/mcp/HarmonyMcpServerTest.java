package io.harmony4j.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server over a pair of streams, whose input ends right after the questions. */
class HarmonyMcpServerTest {
    private static final String INITIALIZE =
            "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-06-18\","
                    + "\"capabilities\":{},\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}}";
    private static final String INITIALIZED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

    private static List<JsonValue> serve(byte[] input) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        HarmonyMcpServer.serve(new ByteArrayInputStream(input), out);
        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(text.isEmpty() || text.endsWith("\n")).isTrue();
        return text.lines().map(Json::parseAny).toList();
    }

    /** Returns the answers to lines that follow the beginning of a session. */
    private static List<JsonValue> ask(String... lines) throws IOException {
        List<String> all = new ArrayList<>(List.of(INITIALIZE, INITIALIZED));
        all.addAll(Arrays.asList(lines));
        List<JsonValue> answers = serve(String.join("\n", all).getBytes(StandardCharsets.UTF_8));
        return answers.subList(1, answers.size());
    }

    private static String request(int id, String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}";
    }

    private static String callOf(int id, String tool, String arguments) {
        return request(id, "tools/call", "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}");
    }

    /** Returns what a tool gives, which is the same as text and as structure. */
    private static JsonValue call(String tool, String arguments) throws IOException {
        JsonValue result = ask(callOf(1, tool, arguments)).get(0).get("result");
        JsonValue value =
                Json.parse(result.get("content").elements().get(0).get("text").text());
        assertThat(result.get("isError").isNull() || !result.get("isError").booleanValue())
                .isTrue();
        assertThat(Json.parse(result.get("structuredContent").toString())).isEqualTo(value);
        return value;
    }

    private static String error(String tool, String arguments) throws IOException {
        JsonValue result = ask(callOf(1, tool, arguments)).get(0).get("result");
        assertThat(result.get("isError").booleanValue()).isTrue();
        return result.get("content").elements().get(0).get("text").text();
    }

    @Test
    void eachQuestionBeforeTheEndOfTheInputIsAnswered() throws IOException {
        List<JsonValue> answers = ask(
                request(1, "ping", "{}"),
                callOf(2, "harmony_count", "{\"text\":\"Hello world\"}"),
                request(3, "tools/list", "{}"),
                request(4, "no/such", "{}"),
                callOf(5, "no_such", "{}"));

        assertThat(answers).extracting(answer -> answer.get("id").intValue()).containsExactly(1, 2, 3, 4, 5);
        assertThat(answers.get(3).get("error").get("code").intValue()).isEqualTo(-32601);
        assertThat(answers.get(4).get("error").get("code").intValue()).isEqualTo(-32602);
    }

    @Test
    void theToolsAreDescribedForAModel() throws IOException {
        List<JsonValue> tools = ask(request(1, "tools/list", "{}"))
                .get(0)
                .get("result")
                .get("tools")
                .elements();

        assertThat(tools)
                .extracting(tool -> tool.get("name").text())
                .containsExactly("harmony_render", "harmony_parse", "harmony_count", "harmony_lint");
        for (JsonValue tool : tools) {
            JsonValue schema = tool.get("inputSchema");
            assertThat(tool.get("description").text())
                    .contains("Returns", "Give")
                    .hasSizeLessThan(250);
            assertThat(schema.get("type").text()).isEqualTo("object");
            assertThat(schema.get("additionalProperties").booleanValue()).isFalse();
            assertThat(schema.get("properties").members().values())
                    .isNotEmpty()
                    .allSatisfy(property ->
                            assertThat(property.get("description").text()).isNotBlank());
            assertThat(tool.get("annotations").get("readOnlyHint").booleanValue())
                    .isTrue();
        }
    }

    @Test
    void theSessionNamesTheServer() throws IOException {
        JsonValue answer =
                serve(INITIALIZE.getBytes(StandardCharsets.UTF_8)).get(0).get("result");

        assertThat(answer.get("serverInfo").get("name").text()).isEqualTo("harmony4j");
        assertThat(answer.get("protocolVersion").text()).isEqualTo("2025-06-18");
        assertThat(answer.get("capabilities").members()).containsKey("tools");
    }

    @Test
    void rendersAConversation() throws IOException {
        JsonValue rendered =
                call("harmony_render", "{\"conversation\":{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}}");

        assertThat(rendered.get("text").text()).isEqualTo("<|start|>user<|message|>Hello<|end|><|start|>assistant");
        assertThat(rendered.get("tokens").toString()).isEqualTo("[200006,1428,200008,13225,200007,200006,173781]");
        assertThat(rendered.get("count").intValue()).isEqualTo(7);
    }

    @Test
    void rendersMessagesOfAChat() throws IOException {
        JsonValue rendered = call("harmony_render", """
                {"messages": [
                    {"role": "system", "content": "Be brief."},
                    {"role": "user", "content": "Rain?"},
                    {"role": "assistant", "tool_calls": [{"id": "1", "type": "function", "function": {"name": "rain", "arguments": "{}"}}]},
                    {"role": "tool", "tool_call_id": "1", "content": "yes"}],
                 "tools": [{"type": "function", "function": {"name": "rain", "description": "Whether it rains."}}],
                 "date": "2026-01-02", "mode": "conversation"}""".replace("\n", " "));

        assertThat(rendered.get("text").text())
                .contains(
                        "Current date: 2026-01-02", "# Instructions\n\nBe brief.", "// Whether it rains.\ntype rain = ")
                .endsWith(
                        "<|start|>assistant to=functions.rain<|channel|>commentary <|constrain|>json<|message|>{}<|call|>"
                                + "<|start|>functions.rain to=assistant<|channel|>commentary<|message|>yes<|end|>");
    }

    @Test
    void whatIsLeftOutIsSaid() throws IOException {
        JsonValue rendered = call("harmony_render", """
                {"conversation": {"messages": [
                    {"role": "user", "content": "Hi", "mood": "fine"},
                    {"role": "assistant", "channel": "analysis", "content": "A greeting."},
                    {"role": "assistant", "channel": "final", "content": "Hi!"}]},
                 "mode": "training", "analysis_policy": "drop-all"}""".replace("\n", " "));

        assertThat(rendered.get("text").text())
                .isEqualTo(
                        "<|start|>user<|message|>Hi<|end|><|start|>assistant<|channel|>final<|message|>Hi!<|return|>");
        assertThat(rendered.get("dropped").toString()).isEqualTo("[1]");
        assertThat(rendered.get("ignored").toString()).contains("mood");
    }

    /** Or a model would learn not to think. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "\"conversation\":{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},"
                        + "{\"role\":\"assistant\",\"channel\":\"analysis\",\"content\":\"A greeting.\"},"
                        + "{\"role\":\"assistant\",\"channel\":\"final\",\"content\":\"Hi!\"}]}",
                "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},"
                        + "{\"role\":\"assistant\",\"reasoning_content\":\"A greeting.\",\"content\":\"Hi!\"}]",
            })
    void aTrainingExampleHasTheThoughts(String given) throws IOException {
        JsonValue rendered = call("harmony_render", "{" + given + ",\"mode\":\"training\"}");

        assertThat(rendered.get("text").text())
                .endsWith(
                        "<|start|>user<|message|>Hi<|end|><|start|>assistant<|channel|>analysis<|message|>A greeting.<|end|>"
                                + "<|start|>assistant<|channel|>final<|message|>Hi!<|return|>");
        assertThat(rendered.get("dropped").toString()).isEqualTo("[]");
        assertThat(call("harmony_render", "{" + given + ",\"mode\":\"conversation\"}")
                        .get("text")
                        .text())
                .doesNotContain("greeting");
    }

    @Test
    void parsesTextAndTokens() throws IOException {
        String expected = "[{\"role\":\"assistant\",\"content\":\"Hi\",\"channel\":\"final\"}]";

        assertThat(call("harmony_parse", "{\"text\":\"<|channel|>final<|message|>Hi<|return|>\"}")
                        .get("messages")
                        .toString())
                .isEqualTo(expected);
        JsonValue parsed = call("harmony_parse", "{\"tokens\":[200005,17196,200008,12194,200002]}");
        assertThat(parsed.get("messages").toString()).isEqualTo(expected);
        assertThat(parsed.get("diagnostics").elements()).isEmpty();
        assertThat(parsed.get("finish_reason").text()).isEqualTo("stop");
    }

    @Test
    void repairsAreSaid() throws IOException {
        JsonValue parsed = call(
                "harmony_parse",
                "{\"role\":\"none\",\"tools\":[\"get_weather\"],\"text\":\"<|start|>assistant<|channel|>commentary"
                        + " to=functions.get-weather<|message|>{}<|call|>\"}");

        assertThat(parsed.get("messages").elements().get(0).get("recipient").text())
                .isEqualTo("functions.get_weather");
        assertThat(parsed.get("diagnostics").elements())
                .isNotEmpty()
                .allSatisfy(diagnostic ->
                        assertThat(diagnostic.members()).containsKeys("code", "severity", "position", "message"));
    }

    @Test
    void countsTextsAndPrompts() throws IOException {
        String messages = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";

        assertThat(call("harmony_count", "{\"text\":\"Hello world\"}")
                        .get("count")
                        .intValue())
                .isEqualTo(2);
        assertThat(call("harmony_count", "{\"conversation\":" + messages + "}")
                        .get("count")
                        .intValue())
                .isEqualTo(7);
        assertThat(call("harmony_count", messages).get("count").intValue())
                .isEqualTo(call("harmony_render", messages).get("count").intValue())
                .isGreaterThan(7);
    }

    @Test
    void findsMistakes() throws IOException {
        JsonValue findings = call(
                        "harmony_lint",
                        "{\"purpose\":\"training\",\"conversation\":{\"messages\":["
                                + "{\"role\":\"user\",\"content\":\"Hi\",\"tool_calls\":[]}]}}")
                .get("findings");

        assertThat(findings.elements())
                .extracting(finding -> finding.get("code").text())
                .containsExactlyInAnyOrder("NO_SYSTEM", "NOTHING_TO_LEARN", "FOREIGN_FIELD");
        assertThat(findings.elements())
                .allSatisfy(finding -> assertThat(finding.members())
                        .containsOnlyKeys("code", "severity", "pointer", "message", "suggestion"));
    }

    @Test
    void answersAreAsLongAsAClientCanRead() throws IOException {
        String text = "a ".repeat(HarmonyTool.MAX_TOKENS);
        String conversation = "{\"conversation\":{\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}}";
        String questions = "{\"role\":\"tool\",\"content\":\"a\"},".repeat(600);
        JsonValue found = call(
                "harmony_lint",
                "{\"conversation\":{\"messages\":[" + questions.substring(0, questions.length() - 1) + "]}}");

        assertThat(error("harmony_render", conversation)).startsWith("expected at most 262144 tokens but found ");
        assertThat(error("harmony_parse", "{\"text\":\"" + text + "\"}")).startsWith("expected at most 262144 tokens");
        assertThat(call("harmony_count", conversation).get("count").intValue()).isGreaterThan(HarmonyTool.MAX_TOKENS);
        assertThat(found.get("findings").elements()).hasSize(1000);
        assertThat(found.get("left_out").intValue()).isEqualTo(201); // two for each message, and no system message
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "harmony_lint # {} # expected one of the arguments conversation but found none",
                "harmony_lint # {\"conversation\":{}} # conversation: expected the field \"messages\"",
                "harmony_lint # {\"conversation\":{\"messages\":[]},\"purpose\":\"fun\"} # purpose: expected one of prompt, training",
                "harmony_render # {} # expected one of the arguments conversation, messages but found none",
                "harmony_render # {\"conversation\":{},\"messages\":[]} # but found conversation and messages",
                "harmony_render # {\"conversation\":[]} # conversation: expected a conversation as an object but found a list",
                "harmony_render # {\"conversation\":{\"messages\":[{\"role\":\"robot\",\"content\":\"\"}]}} # conversation: expected a role",
                "harmony_render # {\"conversation\":{\"messages\":[]},\"tools\":[]} # tools: expected messages with it",
                "harmony_render # {\"messages\":[{\"role\":\"robot\",\"content\":\"\"}]} # messages[0].role: ",
                "harmony_render # {\"messages\":\"Hello\"} # messages: expected a list but found \"Hello\"",
                "harmony_render # {\"messages\":[{\"role\":\"assistant\",\"channel\":\"final\",\"content\":\"\"}]} # give them as conversation",
                "harmony_render # {\"messages\":[],\"date\":\"today\"} # date: expected a date as in 2026-01-31 but found \"today\"",
                "harmony_render # {\"messages\":[],\"mode\":\"chat\"} # mode: expected one of completion, conversation, training but found \"chat\"",
                "harmony_render # {\"conversation\":{\"messages\":[]},\"analysis_policy\":\"hf\"} # analysis_policy: expected an analysis policy",
                "harmony_render # {\"conversation\":{\"messages\":[]},\"colour\":1} # expected only the arguments analysis_policy, conversation, date,",
                "harmony_parse # {\"text\":\"\",\"tokens\":[]} # expected one of the arguments text, tokens but found text and tokens",
                "harmony_parse # {\"text\":7} # text: expected a string but found",
                "harmony_parse # {\"tokens\":[\"a\"]} # tokens: expected an integer",
                "harmony_parse # {\"tokens\":[1e30]} # tokens: expected an integer",
                "harmony_parse # {\"text\":\"Hi\",\"mode\":\"strict\"} # not Harmony: expected",
                "harmony_parse # {\"text\":\"Hi\",\"role\":\"robot\"} # role: expected a role",
                "harmony_count # {\"text\":null} # expected one of the arguments text, conversation, messages but found none",
            })
    void badArgumentsAreToldWhatWasExpected(String tool, String arguments, String expected) throws IOException {
        assertThat(error(tool, arguments)).contains(expected).doesNotContain("defect");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage",
                "{",
                "[]",
                "null",
                "7",
                "{}",
                "{\"id\":true,\"method\":1}",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}"
            })
    void aLineThatIsNoMessageIsAnsweredAndTheNextIsRead(String line) throws IOException {
        List<JsonValue> answers = ask(line, "   ", request(1, "ping", "{}"));

        assertThat(answers).hasSize(2);
        assertThat(answers.get(0).get("id").isNull()).isTrue();
        assertThat(answers.get(0).get("error").get("code").intValue()).isIn(-32700, -32600);
        assertThat(answers.get(0).get("error").get("message").text()).startsWith("expected");
        assertThat(answers.get(1).get("id").intValue()).isEqualTo(1);
    }

    @Test
    void deepJsonIsNoMessage() throws IOException {
        assertThat(ask("[".repeat(100_000), "{\"a\":".repeat(100_000), request(1, "ping", "{}")))
                .hasSize(3);
    }

    @Test
    void bytesThatAreNotUtf8AreNoMessage() throws IOException {
        assertThat(serve(new byte[] {'"', (byte) 0xFC, '"', '\n'})
                        .get(0)
                        .get("error")
                        .get("message")
                        .text())
                .isEqualTo("expected UTF-8 but found other bytes");
    }

    @Test
    void aLineThatIsTooLongIsNotKept() throws IOException {
        List<JsonValue> answers = ask(
                callOf(1, "harmony_count", "{\"text\":\"" + "a".repeat(LineTransport.MAX_LINE) + "\"}"),
                request(2, "ping", "{}"));

        assertThat(answers.get(0).get("error").get("message").text())
                .startsWith("expected a message of at most 10000000 bytes but found 1000010");
        assertThat(answers.get(1).get("id").intValue()).isEqualTo(2);
    }

    @Test
    void aPingIsAnsweredAtAnyTime() throws IOException {
        String lines = request(1, "ping", "{}") + "\n" + INITIALIZE + "\n" + request(2, "ping", "{}");
        List<JsonValue> answers = serve(lines.getBytes(StandardCharsets.UTF_8));

        assertThat(answers).extracting(answer -> answer.get("id").intValue()).containsExactly(1, 0, 2);
        assertThat(answers).allMatch(answer -> answer.get("result").isObject());
    }

    @Test
    void aSessionMustBegin() throws IOException {
        String lines = request(1, "tools/list", "{}") + "\n" + INITIALIZE + "\n" + request(2, "tools/list", "{}");
        List<JsonValue> answers = serve(lines.getBytes(StandardCharsets.UTF_8));

        assertThat(answers.get(0).get("error").get("message").text())
                .isEqualTo("expected the request initialize first but found tools/list");
        assertThat(answers).extracting(answer -> answer.get("id").intValue()).containsExactly(1, 0, 2);
        assertThat(answers.get(2).get("result").get("tools").elements()).hasSizeGreaterThan(2);
    }

    @Test
    void nothingAskedIsNothingSaid() throws IOException {
        assertThat(serve(new byte[0])).isEmpty();
    }

    @Test
    void aClientThatIsGoneEndsTheServer() {
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        byte[] lines = List.of(INITIALIZE, INITIALIZE).stream()
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8);

        assertThatIOException()
                .isThrownBy(() -> HarmonyMcpServer.serve(new ByteArrayInputStream(lines), gone))
                .withMessage("Broken pipe");
    }

    @Test
    void aSchemaOfAnArgumentIsAnObject() {
        assertThat(HarmonyMcpServer.tools())
                .allSatisfy(tool ->
                        assertThat(McpJson.object(tool.tool().inputSchema())).isInstanceOf(JsonObject.class));
    }
}
