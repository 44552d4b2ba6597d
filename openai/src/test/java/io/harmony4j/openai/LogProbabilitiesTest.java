package io.harmony4j.openai;

import static io.harmony4j.openai.Scripted.TOKENIZER;
import static io.harmony4j.openai.Scripted.envelope;
import static io.harmony4j.openai.Scripted.responseEnvelope;
import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.GeneratedToken.Alternative;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LogProbabilitiesTest {
    private static final String START = "<|start|>assistant";
    private static final String FINAL = "<|channel|>final<|message|>";

    private static AnswerRules rules(String... stop) {
        return new AnswerRules(
                false, false, true, List.of(stop), Set.of(Scripted.WEATHER), Set.of(), Set.of(), Set.of());
    }

    /** Returns tokens whose log-probabilities are their negative indices. */
    private static List<GeneratedToken> tokens(String output) {
        List<GeneratedToken> tokens = new ArrayList<>();
        for (int token : Scripted.tokens(output)) {
            tokens.add(GeneratedToken.of(token, tokens.size()).withLogProbability(-tokens.size(), List.of()));
        }
        return tokens;
    }

    private static List<JsonObject> chunks(AnswerRules rules, String output) {
        List<JsonObject> chunks = new ArrayList<>();
        ChatAnswer answer = new ChatAnswer(TOKENIZER, envelope(), rules, chunks::add);
        tokens(output).forEach(answer.turn(0)::accept);
        answer.turn(0).finish(FinishReason.STOP);
        chunks.add(answer.toJson());
        return chunks;
    }

    /** Returns the deltas of the content with the tokens that come with them, and then all tokens of the whole answer. */
    private static List<String> shown(AnswerRules rules, String output) {
        return chunks(rules, output).stream()
                .map(chunk -> chunk.get("choices").elements().get(0))
                .filter(choice -> !choice.get("logprobs").isNull())
                .map(choice -> choice.get("delta").get("content").textOrNull()
                        + choice.get("logprobs").get("content").elements().stream()
                                .map(entry -> entry.get("token").text())
                                .toList())
                .toList();
    }

    @Test
    void onlyVisibleTokensHaveEntries() {
        String output =
                "<|channel|>analysis<|message|>think<|end|>" + START + "<|channel|>commentary<|message|>Let me<|end|>"
                        + START + "<|channel|>commentary to=functions.get_weather<|message|>{}<|end|>" + START + FINAL
                        + "Hello there<|return|>";

        assertThat(shown(rules(), output))
                .containsExactly(
                        "Let[Let]", " me[ me]", "Hello[Hello]", " there[ there]", "null[Let,  me, Hello,  there]");
    }

    @Test
    void whatNobodyAskedForIsNull() {
        assertThat(shown(Scripted.RULES, FINAL + "Hello<|return|>")).isEmpty();
    }

    @Test
    void anAnswerWithoutContentHasNoEntries() {
        JsonValue choice = chunks(rules(), "<|channel|>analysis<|message|>think<|end|>")
                .get(3)
                .get("choices")
                .elements()
                .get(0);

        assertThat(choice.get("logprobs"))
                .isEqualTo(JsonObject.builder()
                        .put("content", JsonArray.of(List.of()))
                        .put("refusal", JsonValue.ofNull())
                        .build());
    }

    @Test
    void anEntryHasTokenBytesAndAlternatives() {
        int hello = TOKENIZER.encode("Hello")[0];
        int[] unicorn = TOKENIZER.encode("\ud83e\udd84");
        ChatAnswer answer = new ChatAnswer(TOKENIZER, envelope(), rules(), chunk -> {});
        tokens(FINAL).forEach(answer.turn(0)::accept);
        answer.turn(0)
                .accept(GeneratedToken.of(hello, 3)
                        .withLogProbability(
                                -0.5,
                                List.of(
                                        new Alternative(hello, -0.5),
                                        new Alternative(unicorn[0], Double.NEGATIVE_INFINITY),
                                        new Alternative(-1, -2))));
        answer.turn(0).finish(FinishReason.STOP);

        assertThat(answer.toJson()
                        .get("choices")
                        .elements()
                        .get(0)
                        .get("logprobs")
                        .get("content")
                        .elements()
                        .get(0))
                .hasToString("{\"token\":\"Hello\",\"logprob\":-0.5,\"bytes\":[72,101,108,108,111],\"top_logprobs\":["
                        + "{\"token\":\"Hello\",\"logprob\":-0.5,\"bytes\":[72,101,108,108,111]},"
                        + "{\"token\":\"\\\\xf0\\\\x9f\",\"logprob\":-9999.0,\"bytes\":[240,159]},"
                        + "{\"token\":\"\",\"logprob\":-2.0,\"bytes\":[]}]}");
    }

    @Test
    void theTokensOfACharacterComeWithIt() {
        assertThat(shown(rules(), FINAL + "a\ud83e\udd84b<|return|>"))
                .containsExactly(
                        "a[a]",
                        "\ud83e\udd84[\\xf0\\x9f, \\xa6, \\x84]",
                        "b[b]",
                        "null[a, \\xf0\\x9f, \\xa6, \\x84, b]");
    }

    @Test
    void textThatIsCutOffHasNoEntries() {
        assertThat(shown(rules(" STOP NOW"), FINAL + "one STOP NOW two<|return|>"))
                .containsExactly("one[one]", "null[one]");
        assertThat(shown(rules(" STOP NOW"), FINAL + "one two STOP NOW three<|return|>"))
                .containsExactly("one[one]", " two[ two]", "null[one,  two]");
    }

    @Test
    void textThatWasHeldBackComesWithItsEntries() {
        assertThat(shown(rules(" STOP NOW"), FINAL + "one STOP two<|return|>"))
                .containsExactly("one[one]", " STOP two[ STOP,  two]", "null[one,  STOP,  two]");
    }

    /** At each further token, the one before it turns out to be text. */
    @Test
    void entriesMoveUpWithTheTextThatIsHeldBack() {
        assertThat(shown(rules(" STOP NOW"), FINAL + "one STOP STOP STOP NOW<|return|>"))
                .containsExactly("one[one]", " STOP[ STOP]", " STOP[ STOP]", "null[one,  STOP,  STOP]");
    }

    /** U+FFFD stands for the byte, so that the text has other bytes than the token; the words of the header are not meant. */
    @Test
    void aTokenThatIsNoTextHasItsEntry() {
        List<GeneratedToken> tokens = new ArrayList<>(tokens("<|channel|>final<|message|>"));
        int half = TOKENIZER.encode("\ud83e\udd84")[1];
        tokens.add(GeneratedToken.of(half, 0).withLogProbability(-1, List.of()));
        tokens.addAll(tokens("x<|return|>"));
        ChatAnswer answer = new ChatAnswer(TOKENIZER, envelope(), rules(), null);
        tokens.forEach(answer.turn(0)::accept);
        answer.turn(0).finish(FinishReason.STOP);
        JsonValue choice = answer.toJson().get("choices").elements().get(0);

        assertThat(choice.get("message").get("content").text()).isEqualTo("\ufffdx");
        assertThat(choice.get("logprobs").get("content").elements())
                .extracting(entry -> entry.get("token").text())
                .containsExactly("\\xa6", "x");
    }

    /** The space is shown, and it is the token's. */
    @Test
    void aTokenThatIsShownInPartHasItsEntry() {
        assertThat(shown(rules("STOP"), FINAL + "one STOP two<|return|>"))
                .containsExactly("one[one]", " [ STOP]", "null[one,  STOP]");
    }

    @Test
    void wordsOfAHeaderHaveNoEntries() {
        assertThat(shown(rules(), "analysisHm.<|end|>" + START + FINAL + "Hello<|return|>"))
                .containsExactly("Hello[Hello]", "null[Hello]");
        assertThat(shown(rules(), FINAL + "Hello.<|end|>assistantfinalBye<|return|>"))
                .contains("null[Hello, ., Bye]");
    }

    /** One token whose beginning is shown while its end may be the beginning of a header. */
    @Test
    void aTokenThatIsShownInTwoPiecesHasOneEntry() {
        LogProbabilities waiting = new LogProbabilities(TOKENIZER);
        for (int token : TOKENIZER.encode("ing assist")) {
            waiting.add(GeneratedToken.of(token, 0).withLogProbability(-1, List.of()));
        }

        assertThat(waiting.of("in", true))
                .extracting(LogProbabilities.Entry::at)
                .containsExactly(0);
        assertThat(waiting.of("g as", false))
                .extracting(LogProbabilities.Entry::at)
                .containsExactly(1);
        assertThat(waiting.of("sist", false)).isEmpty();
    }

    /** The first text of a message may follow words of a header, all further text goes on where the last ended. */
    @Test
    void theSameTextTwiceIsToldApart() {
        LogProbabilities first = new LogProbabilities(TOKENIZER);
        LogProbabilities further = new LogProbabilities(TOKENIZER);
        for (String word : List.of("final", " final")) {
            GeneratedToken token = GeneratedToken.of(TOKENIZER.encode(word)[0], word.length());
            first.add(token.withLogProbability(-1, List.of()));
            further.add(token.withLogProbability(-1, List.of()));
        }

        assertThat(first.of("final", true))
                .extracting(entry -> entry.token().position())
                .containsExactly(6);
        assertThat(further.of("final", false))
                .extracting(entry -> entry.token().position())
                .containsExactly(5);
    }

    @Test
    void wordsThatAreHeldBackOneByOneHaveTheirEntries() {
        assertThat(shown(rules(), FINAL + "Hello assistant assistant.<|return|>"))
                .last()
                .isEqualTo("null[Hello,  assistant,  assistant, .]");
    }

    /** Text that might go on as a header is held back by the parser; its tokens wait as well. */
    @Test
    void tokensWaitForTheirText() {
        List<String> shown = shown(rules(), "Hello there, assistant<|return|>");

        assertThat(shown).last().isEqualTo("null[Hello,  there, ,,  assistant]");
    }

    @Test
    void responsesHaveThemInTheirParts() {
        List<JsonObject> events = new ArrayList<>();
        ResponseAnswer answer = new ResponseAnswer(TOKENIZER, responseEnvelope(), rules(), events::add);
        tokens("<|channel|>analysis<|message|>Hm<|end|>" + START + FINAL + "Hello<|return|>")
                .forEach(answer.turn()::accept);
        answer.turn().finish(FinishReason.STOP);

        String entries = "[{\"token\":\"Hello\",\"logprob\":-10.0,\"bytes\":[72,101,108,108,111],\"top_logprobs\":[]}]";
        assertThat(events)
                .filteredOn(event -> event.has("logprobs"))
                .extracting(event -> event.get("type").text() + event.get("logprobs"))
                .containsExactly("response.output_text.delta" + entries, "response.output_text.done" + entries);
        assertThat(answer.toJson()
                        .get("output")
                        .elements()
                        .get(1)
                        .get("content")
                        .elements()
                        .get(0)
                        .get("logprobs"))
                .hasToString(entries);
    }

    /** Joined, the bytes of the entries are the content, whatever characters it is made of. */
    @Property(tries = 300)
    void entriesAreTheContent(@ForAll @Size(max = 4) List<String> texts, @ForAll boolean isThinking) {
        StringBuilder output = new StringBuilder();
        StringBuilder content = new StringBuilder();
        for (String any : texts) {
            String text = TOKENIZER.decode(TOKENIZER.encode(any)); // without unpaired surrogates
            output.append(isThinking ? "<|channel|>analysis<|message|>x" + text + "<|end|>" + START : "")
                    .append(FINAL)
                    .append(text)
                    .append("<|end|>")
                    .append(START);
            content.append(text);
        }
        ChatAnswer answer = new ChatAnswer(TOKENIZER, envelope(), rules(), chunk -> {});
        List<GeneratedToken> tokens = new ArrayList<>();
        for (int token : Scripted.tokens(output.toString())) {
            tokens.add(GeneratedToken.of(token, 0).withLogProbability(-1, List.of()));
        }
        tokens.forEach(answer.turn(0)::accept);
        answer.turn(0).finish(FinishReason.STOP);

        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        answer.toJson()
                .get("choices")
                .elements()
                .get(0)
                .get("logprobs")
                .get("content")
                .elements()
                .forEach(entry -> entry.get("bytes").elements().forEach(number -> bytes.write(number.intValue())));
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(content.toString());
    }
}
