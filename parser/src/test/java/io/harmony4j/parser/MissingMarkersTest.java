package io.harmony4j.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that lack some control tokens, or all. */
class MissingMarkersTest {
    private static final ParseOptions ASSISTANT =
            ParseOptions.forRole(Role.ASSISTANT).withTools(List.of(Recipient.function("get_weather")));
    private static final ParseOptions STRIPPED =
            ParseOptions.forRole(Role.ASSISTANT).stripped();

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "analysisLet me see.assistantfinalHello. # Let me see. # Hello.",
                "analysisThe user wants x.assistantanalysisSecond.assistantfinalDone # The user wants x.\\nSecond. # Done",
                "finalHello # `` # Hello",
                "finally, an answer # `` # finally, an answer",
                "analysis of the data # `` # analysis of the data",
                "The analysis is final. # `` # The analysis is final.",
                "The assistant said so. # `` # The assistant said so.",
                "commentaryI will look. # `` # I will look.",
                "analysis # `` # ``",
                "assistantanalysisHm.assistantfinalHi # Hm. # Hi",
                "assistance is near # `` # assistance is near",
                "analysis I need to think. assistantfinal The answer is 42. # `I need to think. ` # The answer is 42.",
                "analysis\\nI think.\\nassistant\\nfinal\\nHello # I think.\\n # Hello",
                "analysisSee the assistant final answer.assistantfinal42 # See the assistant final answer. # 42",
                "analysis [1] think. assistantfinal Yes. # `[1] think. ` # Yes.",
                "final{`a`:`assistantfinal b`} # `` # {`a`:`assistantfinal b`}",
            })
    void channelsAreToldApartByTheirWords(String text, String reasoning, String content) {
        String stream = text.replace("\\n", "\n");
        for (Parts view : List.of(tokenByToken(stream), letterByLetter(stream))) {
            assertThat(view.reasoning()).isEqualTo(reasoning.replace("\\n", "\n"));
            assertThat(view.content()).isEqualTo(content);
        }
    }

    @Test
    void callsAreFound() {
        for (String header : List.of(
                "commentary to=functions.get_weather json",
                "commentary to=functions.get_weather",
                "commentary to=functions.get_weather code ",
                " to=functions.get_weathercommentary json",
                "analysis to=functions.get_weather json")) {
            String text = "analysisNeed weather.assistant" + header + "{\"city\":\"SF\"}assistantfinalSunny.";
            for (Parts view : List.of(tokenByToken(text), letterByLetter(text))) {
                assertThat(view.calls()).containsExactly(new Parts.Call("get_weather", "{\"city\":\"SF\"}"));
                assertThat(view.reasoning()).isEqualTo("Need weather.");
                assertThat(view.content()).isEqualTo("Sunny.");
            }
        }
    }

    @Test
    void specialTokensThatAreThereAfterAllCount() {
        assertThat(tokenByToken("analysisLet me see.<|end|><|start|>assistant<|channel|>final<|message|>Hello")
                        .content())
                .isEqualTo("Hello");
    }

    /** Without the option: only where a message may begin, and in one that began without markers. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "<|channel|>analysis<|message|>t<|end|>assistantfinalHello<|return|> # t # Hello",
                "<|channel|>analysis<|message|>t<|end|><|start|>assistantfinalHello<|return|> # t # Hello",
                "<|channel|>analysis<|message|>t<|end|>assistant<|channel|>finalHello<|return|> # t # Hello",
                "<|channel|>analysis<|message|>t assistantfinal<|message|>Hi<|return|> # `t ` # Hi",
                "<|channel|>analysis<|message|>t.assistant<|channel|>final<|message|>Hi<|return|> # t. # Hi",
                "<|channel|>analysis<|message|>t assistantfinal and on<|end|> # t assistantfinal and on # ``",
                "<|channel|>final<|message|>the assistant to=x is<|return|> # `` # the assistant to=x is",
                "analysisLet me think.<|end|> # Let me think. # ``",
                "analysisLet me think.assistantfinalHi # Let me think. # Hi",
                "analysis of the data<|return|> # `` # analysis of the data",
                "analysis_of_data<|return|> # `` # analysis_of_data",
                "final, yes<|return|> # `` # final, yes",
                "final String x = 1;<|return|> # `` # final String x = 1;",
                "analysis[0]<|return|> # `` # analysis[0]",
                "<|channel|>analysis<|message|>t<|end|>final The answer is 4.<|return|> # t # The answer is 4.",
                "<|start|>The answer is 42.<|return|> # `` # The answer is 42.",
                "<|start|>assistant The answer is 42.<|return|> # `` # The answer is 42.",
                "Sure. <|channel|>analysis<|message|>t<|end|> # t # `Sure. `",
                "To to= or a<|message|>b # `` # To to= or a\\nb",
            })
    void markersAreMissedWhereAMessageMayBegin(String text, String reasoning, String content) {
        for (Parts view : List.of(tokenByToken(ASSISTANT, text), letterByLetter(ASSISTANT, text))) {
            assertThat(view.reasoning()).isEqualTo(reasoning);
            assertThat(view.content()).isEqualTo(content.replace("\\n", "\n"));
            assertThat(view.calls()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<|channel|>analysis<|message|>I call. to=functions.get_weather <|constrain|>json<|message|>{}<|call|>",
                "<|channel|>analysis<|message|>I call.commentary to=functions.get_weather <|constrain|>json<|message|>{}",
                "<|channel|>analysis<|message|>I call.assistantcommentary to=get_weather json<|message|>{}<|call|>",
                "<|channel|>analysis<|message|>I call. to=get-weather<|channel|>commentary<|message|>{}<|call|>",
                "<|channel|>analysis<|message|>I call.<|end|>assistantcommentary to=functions.get_weather json{}<|call|>",
                "<|channel|>analysis<|message|>I call.<|end|>assistantcommentary to=get_weather<|constrain|>json{}<|call|>",
                "<|channel|>analysis<|message|>I call.<|end|>commentary to=functions.get_weatherresponse{}",
            })
    void callsAreFoundWithoutTheirMarkers(String text) {
        for (Parts view : List.of(tokenByToken(ASSISTANT, text), letterByLetter(ASSISTANT, text))) {
            assertThat(view.calls()).containsExactly(new Parts.Call("get_weather", "{}"));
            assertThat(view.reasoning().strip()).isEqualTo("I call.");
            assertThat(view.content()).isEmpty();
        }
    }

    @Test
    void recipientInAContentIsTextUnlessItIsADeclaredTool() {
        for (String word : List.of("to=5", "to=functions.other", "to=python")) {
            String text = "<|channel|>analysis<|message|>Set x " + word + "<|message|>.<|end|>";
            assertThat(tokenByToken(ASSISTANT, text)).isEqualTo(new Parts("Set x " + word + ".", "", List.of()));
        }
    }

    @Test
    void otherRolesContentIsTheirs() {
        String text = "<|start|>user<|message|>a to=functions.get_weather<|message|>{}<|end|>";
        assertThat(TokenStreams.messages(ParseOptions.DEFAULT, TokenStreams.tokens(text)))
                .containsExactly(Message.user("a to=functions.get_weather{}"));
    }

    @Test
    void wordsAfterAnotherRoleAreThatRoles() {
        String text = "<|start|>user alice<|message|>delete everything<|end|><|start|>user:Bob B<|message|>x<|end|>";
        assertThat(TokenStreams.messages(ParseOptions.DEFAULT, TokenStreams.tokens(text)))
                .extracting(message -> message.author().role() + " " + message.text())
                .containsExactly("USER alice", "USER delete everything", "USER B", "USER x");
    }

    /** Plain text is passed on as soon as it cannot be a header. */
    @Test
    void textWithoutAHeaderStreams() {
        List<String> deltas = new ArrayList<>();
        TextParser parser = new TextParser(ASSISTANT, event -> {
            if (event instanceof ParseEvent.ContentDelta delta) {
                deltas.add(delta.text());
            }
        });
        List.of("The", " anal", "ysis", " is", " get_", "weather").forEach(parser::accept);
        assertThat(deltas).containsExactly("The", " analysis is", " get_", "weather");
    }

    /** What is held back does not grow, and the first word that does not fit ends it. */
    @Test
    void noMoreIsHeldBackThanTheWordsOfAHeader() {
        TextParser parser = new TextParser(ASSISTANT.stripped(), event -> {});
        parser.accept("analysis to=");
        for (int i = 0; i < 10_000; i++) {
            parser.accept("words");
        }
        assertThat(parser.snapshot().length()).isLessThan(80_000);
        parser.finish();
        assertThat(parser.messages().toString() + parser.diagnostics()).contains("words".repeat(10_000));
    }

    @Test
    void prefillIsReadBeforeTheStream() {
        String text = "need to find it.<|end|><|start|>assistant<|channel|>final<|message|>Hi<|return|>";
        ParseOptions options = ASSISTANT.withPrefill("<|channel|>analysis<|message|>We ");
        for (Parts view : List.of(tokenByToken(options, text), letterByLetter(options, text))) {
            assertThat(view.reasoning()).isEqualTo("We need to find it.");
            assertThat(view.content()).isEqualTo("Hi");
        }
        StreamParser parser = TokenStreams.run(options, event -> {}, TokenStreams.tokens("so<|channel|>"));
        assertThat(parser.diagnostics().get(0).position()).isEqualTo(1);
        assertThat(parser.usage().total()).isEqualTo(2);
    }

    @Test
    void prefillIsReadOnceThoughTheParserIsResumed() {
        ParseOptions options = ASSISTANT.withPrefill("<|channel|>final<|message|>");
        String fresh = new TextParser(options, event -> {}).snapshot();
        TextParser parser = TextParser.resume(fresh, event -> {});
        parser.accept("H");
        TextParser resumed = TextParser.resume(parser.snapshot(), event -> {});
        resumed.accept("i");
        resumed.finish();
        assertThat(resumed.messages()).containsExactly(Message.answer("Hi"));
    }

    private static Parts tokenByToken(String text) {
        return tokenByToken(STRIPPED, text.strip());
    }

    private static Parts tokenByToken(ParseOptions options, String text) {
        return Parts.of(TokenStreams.messages(options, TokenStreams.tokens(text)));
    }

    private static Parts letterByLetter(String text) {
        return letterByLetter(STRIPPED, text.strip());
    }

    private static Parts letterByLetter(ParseOptions options, String text) {
        TextParser parser = new TextParser(options, event -> {});
        text.chars().forEach(c -> parser.accept(Character.toString(c)));
        parser.finish();
        return Parts.of(parser.messages());
    }
}
