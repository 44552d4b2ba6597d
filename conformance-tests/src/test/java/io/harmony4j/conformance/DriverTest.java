package io.harmony4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriverTest {
    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{'cmd':'tokenize','text':'Hello'} # {'tokens':[13225]}",
                "{'cmd':'tokenize','text':'<|start|>','special':['<|start|>']} # {'tokens':[200006]}",
                "{'cmd':'tokenize','text':'\\ud800'} # {'tokens':[3251]}",
                "{'cmd':'detokenize','tokens':[13225]} # {'base64':'SGVsbG8=','text':'Hello'}",
                "{'cmd':'schema','schemaJson':'{}'} # {'typescript':'any'}",
                "{'cmd':'stop_tokens'} # {'stop':[200002,200007,200012],'stopForAssistantActions':[200002,200012]}",
                "{'cmd':'parse','text':'<|message|>Hi','role':'assistant'}"
                        + " # {'messages':[{'role':'assistant','content':'Hi'}],"
                        + "'chat':{'reasoning':'','content':'Hi','tool_calls':[]},'diagnostics':[]}",
                "{'cmd':'parse','text':'Hi','role':'assistant'} # {'diagnostics':[{'code':'UNFINISHED_HEADER','token':1,"
                        + "'message':'read the text of a header without <|message|> as content: \\\"Hi\\\"'}]}",
                "{'cmd':'parse','tokens':[200008,13225],'role':'assistant','mode':'strict'} # {'diagnostics':[]}",
                "{'cmd':'parse','chunks':['<|mess','age|>Hi'],'role':'assistant'}"
                        + " # {'messages':[{'role':'assistant','content':'Hi'}]}",
                "{'cmd':'parse','tokens':[200005,35644,200008,13225],'role':'assistant'}"
                        + " # {'usage':{'completion_tokens':4,'reasoning_tokens':1}}",
            })
    void answersAsTheProtocolSays(String request, String expected) throws IOException {
        JsonNode answer = answer(request);
        JSON.readTree(json(expected))
                .properties()
                .forEach(field -> assertThat(answer.path(field.getKey())).isEqualTo(field.getValue()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{'cmd':'parse','tokens':[13225],'mode':'strict'} # format",
                "{'cmd':'parse','tokens':['a']} # argument",
                "{'cmd':'parse','tokens':[200008],'role':'robot'} # argument",
                "{'cmd':'parse','tokens':[200008],'mode':'loose'} # argument",
                "{'cmd':'detokenize','tokens':[201089]} # argument",
                "{'cmd':'detokenize','tokens':[99999999999]} # argument",
                "{'cmd':'tokenize'} # argument",
                "{'cmd':'tokenize','text':1} # argument",
                "{'cmd':'render','conversation':{'messages':[{'role':'robot','content':''}]}} # argument",
                "{'cmd':'render','conversationJson':'{'} # argument",
                "{'cmd':'render'} # argument",
                "{'cmd':'render_message','message':{'role':'tool','content':'x'}} # argument",
                "{'tokens':[]} # argument",
                "[] # argument",
            })
    void failingOperationIsAnsweredWithItsKind(String request, String kind) throws IOException {
        JsonNode error = answer(request).path("error");
        assertThat(error.path("kind").textValue()).isEqualTo(kind);
        assertThat(error.path("message").textValue()).startsWith("expected");
    }

    @ParameterizedTest
    @CsvSource({"-0.0, -0.0", "-0, -0.0", "1e2, 100.0", "18446744073709551616, 1.8446744073709552e19"})
    void numbersOfAConversationAreReadAsTheFormatReadsThem(String number, String printed) throws IOException {
        assertThat(run(renderWithDefault(number)).get(0))
                .isEqualTo(run(renderWithDefault(printed)).get(0));
        assertThat(new Driver()
                        .answer(JSON.createObjectNode()
                                .put("cmd", "schema")
                                .put("schemaJson", schemaWithDefault(number)))
                        .path("typescript")
                        .textValue())
                .contains("// default: " + printed + "\n");
    }

    @Test
    void numberBeyondADoubleIsRefused() throws IOException {
        assertThat(run(renderWithDefault("1e400"))
                        .get(0)
                        .path("error")
                        .path("kind")
                        .textValue())
                .isEqualTo("argument");
    }

    private static String renderWithDefault(String number) {
        return "{'cmd':'render','mode':'conversation','conversation':{'messages':[{'role':'developer','content':["
                + "{'type':'developer_content','tools':{'functions':{'name':'functions','tools':["
                + "{'name':'f','description':'','parameters':" + schemaWithDefault(number) + "}]}}}]}]}}\n";
    }

    private static String schemaWithDefault(String number) {
        return json("{'type':'object','properties':{'a':{'type':'number','default':" + number + "}}}");
    }

    @Test
    void unknownCommandIsSkipped() throws IOException {
        assertThat(answer("{'cmd':'sing'}").path("skipped").textValue())
                .contains("sing")
                .contains("tokenize");
    }

    @Test
    void helloNamesWhatTheDriverOffers() throws IOException {
        JsonNode answer = answer("{'cmd':'hello','protocol':1}");
        assertThat(answer.path("protocol").intValue()).isEqualTo(1);
        assertThat(answer.path("implementation").path("name").textValue()).isEqualTo("Harmony4J");
        for (JsonNode capability : answer.path("capabilities")) {
            if (!List.of("stop", "chunks", "usage").contains(capability.textValue())) {
                assertThat(answer("{'cmd':'" + capability.textValue() + "'}").has("skipped"))
                        .isFalse();
            }
        }
    }

    @Test
    void streamStepsFollowTheTokens() throws IOException {
        JsonNode steps = answer("{'cmd':'stream','text':'<|message|>Hi<|end|>','role':'assistant'}")
                .path("steps");
        assertThat(steps).hasSize(4);
        assertThat(steps.findValuesAsText("state")).containsExactly("Content", "Content", "ExpectStart", "ExpectStart");
        assertThat(steps.findValuesAsText("delta")).containsExactly("null", "Hi", "null", "null");
        assertThat(steps.path(1).path("content").textValue()).isEqualTo("Hi");
    }

    @Test
    void seqIsEchoedAndTheProcessLivesOn() throws IOException {
        List<JsonNode> answers =
                run("{'seq':1,'cmd':'tokenize'}\nnonsense\n\n{'seq':'b','cmd':'tokenize','text':''}\n");
        assertThat(answers).hasSize(3);
        assertThat(answers.get(0).path("seq").intValue()).isEqualTo(1);
        assertThat(answers.get(0).has("error")).isTrue();
        assertThat(answers.get(1).path("seq").isNull()).isTrue();
        assertThat(answers.get(2).path("seq").textValue()).isEqualTo("b");
        assertThat(answers.get(2).path("tokens")).isEmpty();
    }

    @Test
    void stopEndsTheProcess() throws IOException {
        assertThat(run("{'seq':1,'cmd':'stop'}\n{'seq':2,'cmd':'hello'}\n")).hasSize(1);
    }

    private static JsonNode answer(String request) throws IOException {
        return new Driver().answer(JSON.readTree(json(request)));
    }

    private static List<JsonNode> run(String requests) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Driver().run(new ByteArrayInputStream(json(requests).getBytes(StandardCharsets.UTF_8)), out);
        List<JsonNode> answers = new ArrayList<>();
        for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
            answers.add(JSON.readTree(line));
        }
        return answers;
    }

    private static String json(String quotedSingly) {
        return quotedSingly.strip().replace('\'', '"');
    }
}
