package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.ToolDescription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
        assertThat(Run.withInput(ANSWERED, "render", "-", "--to", "text", "--mode", mode, "--policy", "reference")
                        .done())
                .isEqualTo("<|start|>assistant<|channel|>final<|message|>Hello" + end + "\n");
    }

    @Test
    void trainingKeepsTheThoughtAndSaysWhatIsLearnt() {
        assertThat(Run.withInput(ANSWERED, "render", "-", "--to", "json", "--mode", "training", "--mask", "--spans")
                        .done())
                .isEqualTo("{\"tokens\":[200006,173781,200005,35644,200008,41154,13,200007,"
                        + "200006,173781,200005,17196,200008,13225,200002],"
                        + "\"text\":\"<|start|>assistant<|channel|>analysis<|message|>Easy.<|end|>"
                        + "<|start|>assistant<|channel|>final<|message|>Hello<|return|>\","
                        + "\"spans\":[{\"message\":0,\"start\":0,\"content\":5,\"end\":7},"
                        + "{\"message\":1,\"start\":8,\"content\":13,\"end\":14}],\"dropped\":[],"
                        + "\"labels\":[-100,-100,200005,35644,200008,41154,13,200007,"
                        + "200006,173781,200005,17196,200008,13225,200002]}\n");
    }

    /** Also of a chat, whose prompt would leave it out. */
    @Test
    void trainingKeepsTheThoughtOfAChat() {
        String chat = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},"
                + "{\"role\":\"assistant\",\"reasoning_content\":\"Easy.\",\"content\":\"Hello\"}]}";

        assertThat(Run.withInput(chat, "render", "-", "--from", "chat", "--to", "text", "--mode", "training")
                        .done())
                .endsWith(
                        "<|channel|>analysis<|message|>Easy.<|end|><|start|>assistant<|channel|>final<|message|>Hello<|return|>\n");
        assertThat(Run.withInput(
                                chat,
                                "render",
                                "-",
                                "--from",
                                "chat",
                                "--to",
                                "text",
                                "--mode",
                                "training",
                                "--policy",
                                "drop-all")
                        .done())
                .doesNotContain("Easy.");
    }

    @Test
    void spansSayWhatIsLeftOut() {
        assertThat(Run.withInput(ANSWERED, "render", "-", "--to", "json", "--spans")
                        .done())
                .contains("\"spans\":[{\"message\":1,\"start\":0,\"content\":5,\"end\":6}],\"dropped\":[0]");
    }

    @Test
    void aDialectCanBeNamed() {
        String call = "{\"messages\":[{\"role\":\"assistant\",\"recipient\":\"functions.f\",\"channel\":\"commentary\","
                + "\"content_type\":\"json\",\"content\":\"{}\"}]}";

        assertThat(Run.withInput(call, "render", "-", "--to", "text", "--mode", "conversation", "--dialect", "oss")
                        .done())
                .isEqualTo(
                        "<|start|>assistant<|channel|>commentary to=functions.f <|constrain|>json<|message|>{}<|call|>\n");
        assertThat(Run.withInput(call, "render", "-", "--dialect", "vllm").err())
                .contains("expected a dialect (openai, oss, hf) but found \"vllm\"");
    }

    private static final String CHAT = """
            {"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hello"},
              {"role":"assistant","thinking":"Easy.","content":"Hi"}],"tools":[]}""";

    @Test
    void aChatIsRenderedAsTheChatTemplateDoes() {
        String before =
                "<|start|>system<|message|>You are ChatGPT, a large language model trained by OpenAI.\nKnowledge"
                        + " cutoff: 2024-06\nCurrent date: 2026-01-31\n\nReasoning: medium\n\n# Valid channels: analysis,"
                        + " commentary, final. Channel must be included for every message.<|end|><|start|>developer<|message|>#"
                        + " Instructions\n\nBe brief.\n\n<|end|><|start|>user<|message|>Hello<|end|>";
        String[] options = {"render", "-", "--from", "chat", "--dialect", "hf", "--to", "text", "--date", "2026-01-31"};

        assertThat(Run.withInput(CHAT, options).done())
                .isEqualTo(before + "<|start|>assistant<|channel|>final<|message|>Hi<|end|><|start|>assistant\n");
        assertThat(Run.withInput(CHAT, with(options, "--mode", "training")).done())
                .isEqualTo(before + "<|start|>assistant<|channel|>analysis<|message|>Easy.<|end|>"
                        + "<|start|>assistant<|channel|>final<|message|>Hi<|return|>\n");
        assertThat(Run.withInput(CHAT, "render", "-", "--dialect", "hf").err())
                .isEqualTo(
                        "harmony: note: standard input: read as a Chat Completions request; --from overrides this\n");
        assertThat(Run.withInput(CHAT.replace("\"Hello\"", "[]"), options).badInput())
                .startsWith(
                        "standard input: expected a string, as the chat template takes no parts (join their texts), but found a list"
                                + " at $.messages[1].content (line 1, column ");
    }

    @Test
    void aConversationIsRenderedInTheDialectOfTheChatTemplateToo() {
        assertThat(Run.withInput(ANSWERED, "render", "-", "--dialect", "hf", "--to", "text")
                        .done())
                .isEqualTo("<|start|>assistant<|channel|>final<|message|>Hello<|end|><|start|>assistant\n");
        assertThat(Run.withInput(ANSWERED, "render", "-", "--dialect", "hf", "--to", "text", "--keep-analysis")
                        .done())
                .contains("Easy.");
    }

    @ParameterizedTest
    @CsvSource({
        "--mask trl, 15, 200006",
        "--mask=trl, 15, 200006",
        "--mask unsloth, 2, 12194",
        "--mask sampled, 13, 200005",
        "--mask, 13, 200005",
    })
    void aMaskCanBeNamed(String option, int labels, int first) {
        String[] options = ("render --from chat --dialect hf --mode training --to json " + option + " -").split(" ");
        String json = Run.withInput(CHAT, options).done();
        String learnt = json.replaceAll(".*\"labels\":\\[(-100,)*", "");

        assertThat(learnt.split(",")).hasSize(labels).startsWith(Integer.toString(first));
    }

    private static String[] with(String[] options, String... more) {
        return Stream.of(options, more).flatMap(Stream::of).toArray(String[]::new);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "--mode training --to json --mask trl; expected --dialect hf with --mask trl, which is of what the chat template"
                        + " writes, but found --dialect openai",
                "--mode training --to json --mask=none; Invalid value for option '--mask'",
                "--dialect hf --from harmony --mode training --to json --mask unsloth; expected a chat request with --mask unsloth",
                "--dialect hf --from chat --policy keep-all; expected no policy with a chat request and --dialect hf",
                "--dialect hf --from chat --role user; expected --role assistant with a chat request and --dialect hf",
                "--dialect vllm; expected a dialect (openai, oss, hf) but found \"vllm\"",
            })
    void whatDoesNotGoWithADialectIsRefused(String options, String error) {
        String[] arguments = ("render - " + options).split(" ");

        assertThat(Run.withInput(ANSWERED, arguments).err()).contains(error);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "--spans; expected --to json with --spans but found --to ids",
                "--mask --to json; expected --mode training with --mask but found --mode completion",
            })
    void detailsNeedAFormThatHasThem(String options, String error) {
        String[] arguments = ("render - " + options).split(" ");

        assertThat(Run.withInput(ANSWERED, arguments).err()).contains(error);
    }

    @Test
    void faithfulSchemasShowAll() {
        String conversation = Conversation.of(Message.developer(Content.developer(
                        "Help.", ToolDescription.of("f", "F.", "{\"anyOf\":[{\"const\":1},{\"type\":\"null\"}]}"))))
                .toJson();

        assertThat(Run.withInput(conversation, "render", "-", "--to", "text").done())
                .contains("type f = (_: any) => any;");
        assertThat(Run.withInput(conversation, "render", "-", "--to", "text", "--faithful-schemas")
                        .done())
                .contains("type f = (_: 1 | null) => any;");
        String whole =
                Run.withInput(conversation, "render", "-", "--faithful-schemas").done();
        assertThat(Run.withInput(conversation, "count", "--from", "harmony", "--faithful-schemas")
                        .done())
                .isEqualTo(whole.split(" ").length + "\n");
        assertThat(Run.withInput(conversation, "count", "--from", "harmony").done())
                .isNotEqualTo(whole.split(" ").length + "\n");
        assertThat(Run.withInput(conversation, "generate", "-", "--max-tokens", "1", "--faithful-schemas")
                        .err())
                .contains("prompt: " + whole.split(" ").length + " tokens");
        assertThat(Run.withInput(conversation, "lint").done()).contains("SCHEMA_LOSSY");
        assertThat(Run.withInput(conversation, "lint", "--faithful-schemas").done())
                .doesNotContain("SCHEMA_LOSSY");
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
    @CsvSource({
        "reference, A2",
        "since-last-final,",
        "current-turn, A2",
        "drop-all,",
        "keep-all, A1 A2",
    })
    void thePolicySaysWhichAnalysisIsLeftOut(String policy, @Nullable String kept) {
        String json = ("{'messages':[{'role':'assistant','channel':'analysis','content':'A1'},"
                        + "{'role':'assistant','channel':'final','content':'F'},{'role':'user','content':'U'},"
                        + "{'role':'assistant','channel':'analysis','content':'A2'},"
                        + "{'role':'assistant','channel':'final','content':'F'}]}")
                .replace('\'', '"');
        String text = Run.withInput(json, "render", "-", "--to", "text", "--analysis", policy)
                .done();

        assertThat(Stream.of("A1", "A2").filter(text::contains).collect(Collectors.joining(" ")))
                .isEqualTo(kept == null ? "" : kept);
        assertThat(Run.withInput(json, "count", "--jsonl", "--analysis", policy).done())
                .isEqualTo(Run.withInput(json, "render", "-", "--analysis", policy)
                                .done()
                                .split(" ")
                                .length + "\n");
    }

    @Test
    void keepAnalysisIsShortForAPolicy() {
        String all = Run.withInput(ANSWERED, "render", "-", "--keep-analysis").done();

        assertThat(Run.withInput(ANSWERED, "render", "-", "--analysis", "keep-all")
                        .done())
                .isEqualTo(all);
        assertThat(Run.withInput(ANSWERED, "render", "-", "--analysis", "keep-all", "--keep-analysis")
                        .done())
                .isEqualTo(all);
        assertThat(Run.withInput(ANSWERED.replace("\n", ""), "count", "--jsonl", "--keep-analysis")
                        .done())
                .isEqualTo(all.split(" ").length + "\n");
    }

    @Test
    void onlyTheAnalysisBeforeTheFirstAnswerIsLeftOut() {
        String turn = "{'role':'assistant','channel':'analysis','content':'A%1$d'},"
                + "{'role':'assistant','channel':'final','content':'F%1$d'}";
        String twoTurns = ("{'messages':[" + turn.formatted(1) + "," + turn.formatted(2) + "]}").replace('\'', '"');

        assertThat(Run.withInput(twoTurns, "render", "-", "--to", "text").done())
                .doesNotContain("A1")
                .contains("F1", "A2", "F2");
        assertThat(Run.of("render", "--help").done().replaceAll("\\s+", " "))
                .contains("those before the first message on final are left out");
    }

    @Test
    void fieldsThatTheFormatDoesNotHaveAreNamed() {
        String json = """
                {"messages":[{"role":"user","content":"Hello","chanel":"x",
                  "tool_calls":[]}],"model":"gpt-oss"}""";
        Run run = Run.withInput(json, "render", "-", "--from", "harmony");

        assertThat(run.exitCode()).isEqualTo(Run.DONE);
        assertThat(run.out()).isEqualTo(Run.withInput(QUESTION, "render", "-").done());
        assertThat(run.err()).isEqualTo("""
                harmony: warning: standard input: expected only fields of a conversation but found "model" at $.model \
                (line 2, column 29)
                harmony: warning: standard input: expected only fields of a message but found "chanel" at \
                $.messages[0].chanel (line 1, column 56); did you mean "channel"?
                harmony: warning: standard input: expected only fields of a message but found "tool_calls" at \
                $.messages[0].tool_calls (line 2, column 16); a call is a message of its own, whose "recipient" is the tool
                """);
    }

    @Test
    void fieldsThatTheFormatDoesNotHaveAreRefusedOnRequest() {
        String one = QUESTION.replace("\"role\"", "\"id\":1,\"role\"");
        Run several =
                Run.withInput(one.replace("{\"messages\"", "{\"x\\n\":1,\"messages\""), "render", "-", "--strict-json");

        assertThat(Run.withInput(QUESTION, "render", "-", "--strict-json").exitCode())
                .isEqualTo(Run.DONE);
        assertThat(Run.withInput(one, "render", "-", "--strict-json").badInput())
                .isEqualTo("standard input: expected only fields of a message but found \"id\" at $.messages[0].id"
                        + " (line 1, column 20)");
        assertThat(several.exitCode()).isEqualTo(Run.BAD_INPUT);
        assertThat(several.out()).isEmpty();
        assertThat(several.err().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("harmony: standard input: expected only fields of "))
                .anyMatch(line -> line.contains("$[\"x\\n\"]"))
                .anyMatch(line -> line.contains("$.messages[0].id"));
    }

    @Test
    void aConversationThatMayBeARequestStaysAConversation() {
        Run run = Run.withInput(QUESTION, "render", "-", "--to", "text", "--from", "auto");

        assertThat(run.done()).isEqualTo("<|start|>user<|message|>Hello<|end|><|start|>assistant\n");
        assertThat(Run.withInput(QUESTION, "render", "-", "--to", "text", "--from", "chat")
                        .done())
                .startsWith("<|start|>system<|message|>")
                .endsWith("<|end|><|start|>user<|message|>Hello<|end|><|start|>assistant\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "chat      # a Chat Completions request # {'model':'m','messages':[{'role':'user','content':'Hello'}],'tools':[{'type':"
                        + "'function','function':{'name':'get_weather'}}]}",
                "responses # a Responses request # {'input':'Hello','tools':[{'type':'function','name':'get_weather'}]}",
            })
    void aRequestIsRenderedWithItsToolsAndSaysSo(String form, String phrase, String request) {
        String json = request.replace('\'', '"');
        Run run = Run.withInput(json, "render", "-", "--to", "text", "--date", "2026-01-01");

        assertThat(run.exitCode()).isEqualTo(Run.DONE);
        assertThat(run.err())
                .isEqualTo("harmony: note: standard input: read as " + phrase + "; --from overrides this\n");
        assertThat(run.out())
                .contains("Current date: 2026-01-01\n", "type get_weather = () => any;\n")
                .endsWith("<|start|>user<|message|>Hello<|end|><|start|>assistant\n");
        assertThat(Run.withInput(json, "render", "-", "--date", "2026-01-01", "--from", form)
                        .done())
                .isEqualTo(Run.withInput(run.out().stripTrailing(), "tokenize", "--special", "all")
                        .done());
        assertThat(Run.withInput(json, "render", "-", "--from", "harmony").exitCode())
                .isEqualTo(form.equals("responses") ? Run.BAD_INPUT : Run.DONE);
    }

    @ParameterizedTest
    @CsvSource({
        "since-last-final, A2",
        "reference, A1 A2",
        "drop-all,",
        "keep-all, A1 A2",
    })
    void theChainOfThoughtOfARequestIsLeftOutByItsOwnPolicyUnlessOneIsGiven(String policy, @Nullable String kept) {
        String json = ("{'messages':[{'role':'user','content':'U'},{'role':'assistant','content':'F','reasoning':'A1'},"
                        + "{'role':'user','content':'U'},{'role':'assistant','reasoning':'A2','tool_calls':[{'id':'c',"
                        + "'function':{'name':'f'}}]},{'role':'tool','tool_call_id':'c','content':'R'}]}")
                .replace('\'', '"');
        String text = Run.withInput(json, "render", "-", "--from", "chat", "--to", "text", "--analysis", policy)
                .done();

        assertThat(Stream.of("A1", "A2").filter(text::contains).collect(Collectors.joining(" ")))
                .isEqualTo(kept == null ? "" : kept);
        assertThat(Run.withInput(json, "render", "-", "--from", "chat", "--to", "text")
                        .done())
                .contains("A2")
                .doesNotContain("A1");
        assertThat(Run.withInput(json, "count", "--from", "chat", "--analysis", policy)
                        .done())
                .isEqualTo(Run.withInput(json, "render", "-", "--from", "chat", "--analysis", policy)
                                .done()
                                .split(" ")
                                .length
                        + "\n");
    }

    @Test
    void aRefusedRequestIsALineWithParamAndCode() {
        Run run = Run.withInput("{\"model\":\"m\",\"messages\":[]}", "render", "-");

        assertThat(run.exitCode()).isEqualTo(Run.BAD_INPUT);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .hasSize(2)
                .last()
                .isEqualTo(
                        "harmony: standard input: Invalid 'messages': empty array. Expected an array with minimum length 1,"
                                + " but got an empty array instead. (param messages, code empty_array)");
    }

    @Test
    void strictJsonTakesNothingForARequest() {
        assertThat(Run.withInput("{\"model\":\"m\"," + QUESTION.substring(1), "render", "-", "--strict-json")
                        .badInput())
                .startsWith("standard input: expected only fields of a conversation but found \"model\"");
    }

    @Test
    void onlyTheFirstHundredFieldsAreNamed() {
        String json =
                QUESTION.replace("}]}", ",\"id\":1}]}").replaceAll("(\\{\"role.*})]", "$1" + ",$1".repeat(999) + "]");
        Run run = Run.withInput(json, "render", "-");

        assertThat(run.exitCode()).isEqualTo(Run.DONE);
        assertThat(run.err().lines())
                .hasSize(101)
                .last()
                .isEqualTo("harmony: warning: there are more such fields; the first 100 are named");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "``    # expected JSON but found nothing",
                "{     # expected JSON",
                "[]    # expected a conversation as an object but found a list at $ (line 1, column 1)",
                "[{'role':'user','content':'Hello'}] # a list of messages goes into one, as in {'messages': [...]}",
                "{'role':'user','content':'Hello'} # a message goes into a list of messages, as in {'messages': [{...}]}",
                "{'messages':[{'role':'user','contents':'x'}]} # is 'contents' meant to be this field?",
                "\ufeff{'messages':[]} # expected JSON but found a byte order mark (U+FEFF); leave it out",
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
    void hostileJsonIsRefusedInAShortLine() {
        assertThat(Run.withInput("[".repeat(1_000_000), "render", "-").badInput())
                .isEqualTo("standard input: expected at most 127 levels of nesting but found 128 (line 1, column 128)");
        assertThat(Run.withInput("{\"messages\":" + "9".repeat(50_000_000) + "}", "render", "-")
                        .badInput())
                .startsWith("standard input: expected a number that a double can hold but found 999")
                .endsWith("9... (line 1, column 13)")
                .hasSizeLessThan(200);
    }

    @Test
    void aFileInUtf16IsToldToBeUtf8() throws IOException {
        Path file = Files.write(folder.resolve("utf16.json"), QUESTION.getBytes(StandardCharsets.UTF_16));

        assertThat(Run.of("render", file.toString()).badInput())
                .isEqualTo(file + ": expected UTF-8 but found byte FE at byte offset 0;"
                        + " if the file is UTF-16, save it as UTF-8");
    }

    @Test
    void theErrorNamesTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("empty.json"), "");

        assertThat(Run.of("render", file.toString()).badInput()).isEqualTo(file + ": expected JSON but found nothing");
    }
}
