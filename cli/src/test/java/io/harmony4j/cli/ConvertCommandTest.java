package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvertCommandTest {
    private static final String TOOL = "'name':'get_weather','description':'The weather.',"
            + "'parameters':{'type':'object','properties':{'city':{'type':'string'}}}";

    private static final String CHAT = json("""
            {'model':'gpt-oss-120b','messages':[
              {'role':'system','content':'Be brief.'},
              {'role':'user','content':'Rain in Oslo?'},
              {'role':'assistant','content':null,'reasoning':'I should look.','tool_calls':[
                {'id':'c1','type':'function','function':{'name':'get_weather','arguments':'{}'}}]},
              {'role':'tool','tool_call_id':'c1','content':'dry'},
              {'role':'assistant','content':'No.','reasoning':'Dry.'},
              {'role':'user','content':'Sure?'}],
             'tools':[{'type':'function','function':{%s}}],
             'reasoning_effort':'low'}""".formatted(TOOL));

    private static final String RESPONSES = json("""
            {'model':'gpt-oss-120b','instructions':'Be brief.','input':[
              {'role':'user','content':'Rain in Oslo?'},
              {'type':'reasoning','summary':[],'content':[{'type':'reasoning_text','text':'I should look.'}]},
              {'type':'function_call','call_id':'c1','name':'get_weather','arguments':'{}'},
              {'type':'function_call_output','call_id':'c1','output':'dry'},
              {'type':'reasoning','summary':[],'content':[{'type':'reasoning_text','text':'Dry.'}]},
              {'role':'assistant','content':[{'type':'output_text','text':'No.'}]},
              {'role':'user','content':'Sure?'}],
             'tools':[{'type':'function',%s}],
             'reasoning':{'effort':'low'}}""".formatted(TOOL));

    private static final String HARMONY = json("""
            {'messages':[{'role':'system','content':[{'type':'system_content',\
            'model_identity':'You are ChatGPT, a large language model trained by OpenAI.','reasoning_effort':'Low','tools':null,\
            'conversation_start_date':'2026-01-01','knowledge_cutoff':'2024-06',\
            'channel_config':{'valid_channels':['analysis','commentary','final'],'channel_required':true}}]},\
            {'role':'developer','content':[{'type':'developer_content','instructions':'Be brief.',\
            'tools':{'functions':{'name':'functions','description':null,'tools':[{%s}]}}}]},\
            {'role':'user','content':'Rain in Oslo?'},\
            {'role':'assistant','content':'I should look.','channel':'analysis'},\
            {'role':'assistant','recipient':'functions.get_weather','content':'{}','channel':'commentary',\
            'content_type':'<|constrain|>json'},\
            {'role':'tool','name':'functions.get_weather','recipient':'assistant','content':'dry','channel':'commentary'},\
            {'role':'assistant','content':'Dry.','channel':'analysis'},\
            {'role':'assistant','content':'No.','channel':'final'},\
            {'role':'user','content':'Sure?'}]}""".formatted(TOOL));

    @TempDir
    private Path folder;

    private static String json(String quotedSingly) {
        return quotedSingly.replace('\'', '"');
    }

    private static String convert(String input, String from, String to) {
        String[] fromRequest = {"convert", "--from", from, "--to", to, "--date", "2026-01-01"};
        String[] fromConversation = {"convert", "--from", from, "--to", to};
        return Run.withInput(input, from.equals("harmony") ? fromConversation : fromRequest)
                .done();
    }

    @Test
    void requestsOfBothApisAreTheSameConversation() {
        assertThat(convert(CHAT, "chat", "harmony")).isEqualTo(HARMONY + "\n");
        assertThat(convert(RESPONSES, "responses", "harmony")).isEqualTo(HARMONY + "\n");
        assertThat(convert(HARMONY, "harmony", "harmony")).isEqualTo(HARMONY + "\n");
    }

    @ParameterizedTest
    @CsvSource({
        "harmony, chat",
        "harmony, responses",
        "chat, responses",
        "responses, chat",
        "chat, chat",
        "responses, responses",
    })
    void whatAnApiIsToldLeadsBack(String from, String to) {
        String input = from.equals("chat") ? CHAT : from.equals("responses") ? RESPONSES : HARMONY;
        String request = convert(input, from, to);

        assertThat(convert(request, to, "harmony")).isEqualTo(HARMONY + "\n");
    }

    @Test
    void aPromptIsThatOfRender() {
        String prompt = convert(CHAT, "chat", "prompt");

        assertThat(prompt)
                .isEqualTo(Run.withInput(CHAT, "render", "-", "--from", "chat", "--date", "2026-01-01", "--to", "text")
                        .done())
                .doesNotContain("I should look.", "Dry.")
                .endsWith("<|start|>user<|message|>Sure?<|end|><|start|>assistant\n");
        assertThat(convert(HARMONY, "harmony", "prompt"))
                .isEqualTo(Run.withInput(HARMONY, "render", "-", "--to", "text").done());
    }

    @Test
    void aPolicyLeavesChainsOfThoughtOut() {
        for (String to : new String[] {"chat", "responses", "harmony", "prompt"}) {
            assertThat(Run.withInput(HARMONY, "convert", "--to", to, "--analysis", "keep-all")
                            .done())
                    .contains("I should look.", "Dry.");
            assertThat(Run.withInput(HARMONY, "convert", "--to", to, "--analysis", "drop-all")
                            .done())
                    .doesNotContain("I should look.", "Dry.")
                    .contains("Sure?");
        }
        assertThat(Run.withInput(CHAT, "convert", "--from", "chat", "--to", "prompt", "--keep-analysis")
                        .done())
                .contains("I should look.", "Dry.");
    }

    @Test
    void theModelIsThatOfTheInputUnlessNamed() {
        assertThat(Json.parse(convert(CHAT, "chat", "responses")).get("model").text())
                .isEqualTo("gpt-oss-120b");
        assertThat(Json.parse(convert(HARMONY, "harmony", "chat")).get("model").text())
                .isEqualTo("gpt-oss-20b");
        assertThat(Json.parse(Run.withInput(CHAT, "convert", "--from", "chat", "--to", "chat", "--model", "mine")
                                .done())
                        .get("model")
                        .text())
                .isEqualTo("mine");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "chat # {'id':'x','object':'chat.completion','choices':[{'index':0,'message':{'role':'assistant',"
                        + "'content':'No.','reasoning_content':'Dry.'}}]}",
                "responses # {'id':'x','object':'response','output':[{'type':'reasoning','summary':[],"
                        + "'content':[{'type':'reasoning_text','text':'Dry.'}]},{'type':'message','role':'assistant',"
                        + "'content':[{'type':'output_text','text':'No.'}]}]}",
            })
    void anAnswerBecomesItsMessages(String from, String answer) {
        String messages = json("{'messages':[{'role':'assistant','content':'Dry.','channel':'analysis'},"
                + "{'role':'assistant','content':'No.','channel':'final'}]}\n");
        Run guessed = Run.withInput(json(answer), "convert", "--to", "harmony");

        assertThat(Run.withInput(json(answer), "convert", "--from", from, "--to", "harmony")
                        .done())
                .isEqualTo(messages);
        assertThat(guessed.exitCode()).isEqualTo(Run.DONE);
        assertThat(guessed.out()).isEqualTo(messages);
        assertThat(guessed.err())
                .matches("harmony: note: standard input: read as a \\w+( \\w+)? answer; --from overrides this\n");
    }

    @Test
    void whatOnlyARequestSaysIsNamed() {
        String request = CHAT.replace("\"tools\"", "\"temperature\":0.5,\"stop\":[\"x\"],\"seed\":null,\"tools\"");
        Run run = Run.withInput(request, "convert", "--from", "chat", "--to", "responses");

        assertThat(run.exitCode()).isEqualTo(Run.DONE);
        assertThat(run.err())
                .isEqualTo(
                        "harmony: warning: standard input: left out what is in no conversation: temperature, stop\n");
        assertThat(convert(request, "chat", "harmony")).isEqualTo(HARMONY + "\n");
        assertThat(Run.withInput(
                                RESPONSES.replace("\"tools\":[", "\"tools\":[{\"type\":\"web_search\"},"),
                                "convert",
                                "--from",
                                "responses",
                                "--to",
                                "harmony")
                        .err())
                .isEqualTo("harmony: warning: standard input: left out what is in no conversation: tools[0]\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "chat # {'messages':[{'role':'wizard','content':'x'}]} # Invalid value: 'wizard'. Supported values are:"
                        + " 'system', 'developer', 'user', 'assistant', 'tool', 'function'."
                        + " (param messages[0].role, code invalid_value)",
                "chat # {'messages':[{'role':'tool','tool_call_id':'c','content':'x'}]} # Invalid 'messages[0].tool_call_id':"
                        + " expected the id of a tool call in a message before this one, but got 'c', which is none."
                        + " (param messages[0].tool_call_id)",
                "responses # {'model':'m'} # Missing required parameter: 'input'."
                        + " (param input, code missing_required_parameter)",
                "responses # {'previous_response_id':'resp_1'} # Previous response with id 'resp_1' not found."
                        + " (param previous_response_id, code previous_response_not_found)",
                "chat # {'choices':[]} # expected a chat completion but found: Invalid 'choices': empty array. Expected an"
                        + " array with minimum length 1, but got an empty array instead.",
            })
    void aRefusalIsALineWithParamAndCode(String from, String request, String expected) {
        assertThat(Run.withInput(json(request), "convert", "--from", from, "--to", "harmony")
                        .badInput())
                .isEqualTo("standard input: " + expected);
    }

    @Test
    void textThatIsNoJsonIsRefused() {
        assertThat(Run.withInput("{", "convert", "--from", "chat", "--to", "harmony")
                        .badInput())
                .startsWith("standard input: The body is not JSON: ");
        assertThat(Run.withInput("{", "convert", "--to", "harmony").badInput())
                .startsWith("standard input: expected JSON");
    }

    @Test
    void aConversationHasADateOfItsOwn() {
        assertThat(Run.withInput(HARMONY, "convert", "--to", "prompt", "--date", "2026-01-01")
                        .badInput())
                .isEqualTo("standard input: expected a request with --date but found a conversation");
    }

    @Test
    void readsFiles() throws IOException {
        Path file = Files.writeString(folder.resolve("request.json"), CHAT);

        assertThat(Run.of("convert", "--to", "harmony", "--date", "2026-01-01", file.toString())
                        .out())
                .isEqualTo(HARMONY + "\n");
        assertThat(Run.of("convert", "--to", "harmony", "--from", "harmony", "--strict-json", file.toString())
                        .exitCode())
                .isEqualTo(Run.BAD_INPUT);
    }
}
