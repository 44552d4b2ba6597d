package io.harmony4j.parser;

import static io.harmony4j.parser.TokenStreams.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.parser.Diagnostic.Code;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What RECOVER makes of streams that STRICT refuses. */
class RecoverTest {
    private static final ParseOptions ASSISTANT =
            ParseOptions.forRole(Role.ASSISTANT).withTools(List.of(Recipient.function("get_weather")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "<|message|>One<|end|>assistant<|channel|>final<|message|>Two # One|Two # MISSING_START",
                "<|start|>assistant<|channel|>final<|message|>Hi # Hi # REPEATED_START",
                "<|message|>Hi<|end|><|end|> # Hi # STRAY_TOKEN",
                "<|message|>use <|constrain|>json # use json # STRAY_TOKEN",
                "<|message|>Hi<|endoftext|> # Hi # STRAY_TOKEN",
                "<|message|>One<|end|>junk<|start|>assistant<|message|>Two # One|junk|Two # TEXT_BETWEEN_MESSAGES",
                "<|channel|>final The answer is 4.<|return|> # The answer is 4. # UNFINISHED_HEADER",
                "Hello there # Hello there # UNFINISHED_HEADER",
                "<|channel|>?? # `` # EMPTY_HEADER",
                "<|channel|>analysis<|message|>think<|channel|>final<|message|>Hi # Hi # MISSING_END",
                "<|message|>One<|start|>assistant<|message|>Two # One|Two # MISSING_END",
                "<|channel|> final<|message|>Hi # Hi # EMPTY_CHANNEL",
                "<|channel|>commentary<|channel|>final<|message|>Hi # Hi # SEVERAL_CHANNELS",
                "<|channel|>Final<|message|>Hi # Hi # CHANNEL_SPELLING",
                "<|channel|>final:<|message|>Hi # Hi # CHANNEL_SPELLING",
                "assistant assistant<|channel|>commentary<|message|>Hi # Hi # REPEATED_ROLE",
                "<|channel|>finalHi<|message|>there # there # UNEXPECTED_WORDS",
                "<|channel|>finalFinal<|message|>Hi # Hi # CHANNEL_SPELLING",
                "<|channel|>finall<|message|>Hi # Hi # CHANNEL_SPELLING",
                "final<|message|>Hi # Hi # BARE_CHANNEL",
                "<|channel|>final json<|message|>{} # {} # CONTENT_TYPE_ONLY",
                "<|channel|>final ?!<|message|>Hi # Hi # CONTENT_TYPE_ONLY",
                "<|channel|>commentary a-b c? d<|message|>Hi # Hi # UNEXPECTED_WORDS",
            })
    void isRepairedAndReported(String stream, String contents, Code code) {
        StreamParser parser = run(stream);
        String joined = String.join("|", Parts.of(parser.messages()).content().split("\n"));
        assertThat(joined).isEqualTo(contents.strip());
        assertThat(parser.diagnostics()).extracting(Diagnostic::code).contains(code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "commentary to",
                "commentary to =",
                "commentary to = functions.get_weather",
                "commentary to=functions.get_weather <|constrain|>json",
                "commentary <|constrain|>",
                "commentary <|constrain|>xml",
            })
    void theBeginningOfAHeaderThatNeverCameIsNoMessage(String header) {
        for (String ending : List.of("", "<|end|>", "<|call|>", "<|return|>")) {
            StreamParser parser = run("<|channel|>analysis<|message|>Hm.<|end|>" + header + ending);
            assertThat(Parts.of(parser.messages())).isEqualTo(new Parts("Hm.", "", List.of()));
            assertThat(parser.diagnostics()).extracting(Diagnostic::code).contains(Code.EMPTY_HEADER);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<|start|>assistant to = functions.get_weather<|channel|>commentary json<|message|>",
                "<|start|>assistant to =functions.get_weather<|channel|>commentary<|message|>",
                "to = functions.get_weather<|channel|>commentary json<|message|>",
                "commentary to = functions.get_weather json",
                "<|channel|>commentary to = functions.get_weather",
                "<|channel|>commentary<|message|>to = functions.get_weather <|constrain|>json<|message|>",
            })
    void whiteSpaceAroundTheSignOfAnAddress(String header) {
        Parts.Call call = new Parts.Call("get_weather", "{}");
        assertThat(Parts.of(run(header + "{}<|call|>").messages())).isEqualTo(new Parts("", "", List.of(call)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"get_weather.", "`get_weather`", "\"functions.get_weather\"", "functions.get_weather()"})
    void signsAroundTheNameOfADeclaredToolAreNotPartOfIt(String name) {
        Parts.Call call = new Parts.Call("get_weather", "{}");
        assertThat(Parts.of(run("<|channel|>commentary to=" + name + "<|message|>{}<|call|>")
                        .messages()))
                .isEqualTo(new Parts("", "", List.of(call)));
    }

    @Test
    void aNameWithADotIsARecipientWithoutTo() {
        Parts.Call call = new Parts.Call("container.exec", "{}");
        assertThat(Parts.of(run("<|channel|>analysis container.exec code<|message|>{}<|call|>")
                                .messages())
                        .calls())
                .containsExactly(call);
        for (String word : List.of("v1.2", "e.g.", "3.5", "Done.", "...")) {
            assertThat(Parts.of(run("<|channel|>commentary " + word + "<|message|>{}")
                            .messages()))
                    .isEqualTo(new Parts("", "{}", List.of()));
        }
    }

    @Test
    void withoutDeclaredToolsAWordBesideTheTypeIsARecipientIfJsonFollows() {
        ParseOptions noTools = ParseOptions.forRole(Role.ASSISTANT);
        String header = "<|channel|>commentary search <|constrain|>json<|message|>";
        assertThat(Parts.of(HarmonyParser.parse(header + "{}", noTools).messages()))
                .isEqualTo(new Parts("", "", List.of(new Parts.Call("search", "{}"))));
        assertThat(Parts.of(HarmonyParser.parse(header + "Hm.", noTools).messages()))
                .isEqualTo(new Parts("", "Hm.", List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ana lysis", "assistantassistantanalysis", "analysisassistantanalysis"})
    void aDividedOrRepeatedChannelIsTheKnownOne(String channel) {
        assertThat(Parts.of(run("<|channel|>" + channel + "<|message|>Hm.").messages()))
                .isEqualTo(new Parts("Hm.", "", List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"functions", "functions.", "functions.functions", "functions.functions."})
    void theNamespaceAloneIsNoTool(String name) {
        assertThat(Parts.of(run("<|channel|>commentary to=" + name + "<|message|>{}")
                        .messages()))
                .isEqualTo(new Parts("", "{}", List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"user interfaces are nice", "system requirements", "tool use", "developer: me"})
    void aTextBetweenMessagesIsTheAssistantsWhateverItsFirstWord(String text) {
        assertThat(Parts.of(run("<|channel|>analysis<|message|>Hm.<|end|>" + text + "<|return|>")
                        .messages()))
                .isEqualTo(new Parts("Hm.", text, List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<|channel|>analysis<|channel|>analysis<|message|>Hm.",
                "<|channel|>commentary to=functions.get_weather to=functions.get_weather<|message|>{}",
                "<|end|><|channel|>final<|message|>Hi",
                "<|channel|>final<|message|>Hi<|end|><|start|>",
                "<|channel|>final<|message|>Hi<|end|><|start|><|channel|><|end|>",
            })
    void nothingIsLostWhereEachWordIsInAMessage(String stream) {
        assertThat(run(stream).diagnostics())
                .isNotEmpty()
                .extracting(Diagnostic::severity)
                .doesNotContain(Diagnostic.Severity.LOSS);
    }

    @Test
    void anAnswerOfOneShortWordIsOne() {
        assertThat(Parts.of(run("to").messages()).content()).isEqualTo("to");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"assistantThe answer is 42.", "assistant42.", "assistantso it is.", "assistant The answer is 42."
            })
    void aRoleGluedToASentenceIsNotPartOfIt(String text) {
        assertThat(Parts.of(run("<|message|>One<|end|><|start|>" + text).messages())
                        .content())
                .isEqualTo("One\n" + text.replaceFirst("assistant ?", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "<|channel|>commentary to=functions.get_weather <|constrain|>json{\"city\":1}<|call|> # UNFINISHED_HEADER",
                "<|channel|>commentary to=functions.get_weatherjson<|message|>{\"city\":1}<|call|> # RECIPIENT_SPELLING",
                "<|channel|>commentary to=functions.Get_Weather<|message|>{\"city\":1}<|call|> # RECIPIENT_SPELLING",
                "<|channel|>commentary to=functions.functions.get_weather<|message|>{\"city\":1} # RECIPIENT_SPELLING",
                "<|channel|>commentary to= get_weather json<|message|>{\"city\":1}<|call|> # UNUSUAL_ADDRESS",
                "<|channel|>commentary json to=get_weather<|message|>{\"city\":1}<|call|> # UNUSUAL_ADDRESS",
                "<|channel|>commentary get_weather<|message|>{\"city\":1}<|call|> # BARE_RECIPIENT",
                "<|channel|>commentary to=get_weather to=other<|message|>{\"city\":1}<|call|> # SEVERAL_RECIPIENTS",
                "<|channel|>analysis --commentary to=get_weather<|message|>{\"city\":1}<|call|> # UNEXPECTED_WORDS",
                "<|message|><|end|><|start|>to=get_weather json<|message|>{\"city\":1}<|call|> # MISSING_ROLE",
            })
    void callIsFound(String stream, Code code) {
        StreamParser parser = run(stream);
        assertThat(Parts.of(parser.messages()).calls()).containsExactly(new Parts.Call("get_weather", "{\"city\":1}"));
        assertThat(parser.diagnostics()).extracting(Diagnostic::code).contains(code);
    }

    @Test
    void argumentsOfAnInterruptedCallAreFound() {
        StreamParser parser = run("<|channel|>commentary to=functions.get_weather <|constrain|>json<|message|>"
                + "<|channel|>analysis<|message|>We {really} need it.{\"city\":1}<|call|>");
        Parts view = Parts.of(parser.messages());
        assertThat(view.reasoning()).isEqualTo("We {really} need it.");
        assertThat(view.calls()).containsExactly(new Parts.Call("get_weather", "{\"city\":1}"));
        assertThat(parser.diagnostics()).extracting(Diagnostic::code).contains(Code.INTERRUPTED_CALL);
    }

    @Test
    void interruptedCallWithoutArgumentsIsLeftOut() {
        StreamParser parser = run("<|channel|>commentary to=functions.get_weather<|message|>"
                + "<|channel|>final<|message|>Never {mind}.<|return|>");
        Parts view = Parts.of(parser.messages());
        assertThat(view.content()).isEqualTo("Never {mind}.");
        assertThat(view.calls()).isEmpty();
        assertThat(parser.diagnostics()).extracting(Diagnostic::code).contains(Code.EMPTY_CALL);
    }

    @Test
    void headerOfACallThatIsLeftOutIsReported() {
        assertThat(run("<|channel|>odd to=f<|message|><|channel|>").diagnostics())
                .contains(new Diagnostic(Code.EMPTY_CALL, 6, "assistant to=f<|channel|>odd"));
    }

    @Test
    void emptyCallThatEndsProperlyIsKept() {
        assertThat(Parts.of(run("<|channel|>commentary to=functions.f<|message|><|call|>")
                                .messages())
                        .calls())
                .containsExactly(new Parts.Call("f", ""));
    }

    @Test
    void unknownRoleAfterACallIsTheTool() {
        StreamParser parser =
                run("<|channel|>commentary to=lookup<|message|>{}<|call|><|start|>lookup<|message|>7<|end|>");
        assertThat(parser.messages().get(1).author().role()).isEqualTo(Role.TOOL);
        assertThat(parser.messages().get(1).author().name()).isEqualTo("lookup");
    }

    @Test
    void unknownRoleElsewhereKeepsItsText() {
        StreamParser parser = run("<|message|>One<|end|><|start|>critic<|message|>Two<|end|>");
        assertThat(Parts.of(parser.messages()).content()).isEqualTo("One\nTwo");
        assertThat(parser.diagnostics()).extracting(Diagnostic::code).containsExactly(Code.UNKNOWN_ROLE);
    }

    @Test
    void droppedTextIsInTheDiagnostic() {
        assertThat(run("<|message|>One<|end|><|start|>assistant<|channel|>final lost words<|message|>Two")
                        .diagnostics())
                .contains(new Diagnostic(Code.UNEXPECTED_WORDS, 9, "lost words"));
    }

    @Test
    void unknownIdIsReportedAndIgnored() {
        int[] stream = IntStream.concat(IntStream.of(tokens("<|message|>Hi")), IntStream.of(999_999))
                .toArray();
        StreamParser parser = TokenStreams.run(ASSISTANT, event -> {}, stream);
        assertThat(parser.messages().get(0).text()).isEqualTo("Hi");
        assertThat(parser.diagnostics()).containsExactly(new Diagnostic(Code.UNKNOWN_TOKEN, 2, "999999"));
    }

    @Test
    void diagnosticsAreBounded() {
        StreamParser parser = TokenStreams.run(
                ASSISTANT.withLimits(ParseLimits.DEFAULT.withDiagnostics(3)),
                event -> {},
                tokens("<|message|>Hi" + "<|end|>".repeat(100)));
        assertThat(parser.diagnostics())
                .extracting(Diagnostic::code)
                .containsExactly(Code.STRAY_TOKEN, Code.STRAY_TOKEN, Code.TOO_MANY_DIAGNOSTICS);
    }

    private static StreamParser run(String stream) {
        return TokenStreams.run(ASSISTANT, event -> {}, tokens(stream.strip()));
    }
}
