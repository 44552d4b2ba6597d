package io.harmony4j.parser;

import static io.harmony4j.parser.TokenStreams.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Role;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams that would take forever if the work for a token grew with the stream. */
@Timeout(60)
class PathologicalTest {
    private static final int MANY = 1_000_000;
    private static final ParseOptions ASSISTANT = ParseOptions.forRole(Role.ASSISTANT);

    @Test
    void longContent() {
        int[] stream = after("<|message|>", TokenStreams.TOKENIZER.encode(" word")[0]);
        assertThat(TokenStreams.messages(ASSISTANT, stream).get(0).text()).hasSize(5 * MANY);
        assertThat(TokenStreams.messages(ASSISTANT.strict(), stream).get(0).text())
                .hasSize(5 * MANY);
    }

    @Test
    void longHeader() {
        assertThat(TokenStreams.messages(
                        ASSISTANT, after("", TokenStreams.TOKENIZER.encode(" word")[0])))
                .hasSize(1);
    }

    @Test
    void manyStarts() {
        assertThat(TokenStreams.messages(ASSISTANT, after("", tokens("<|start|>")[0])))
                .isEmpty();
    }

    @Test
    void manyChannels() {
        assertThat(TokenStreams.messages(ASSISTANT, after("", tokens("<|channel|>")[0])))
                .isEmpty();
        assertThat(TokenStreams.messages(ASSISTANT, after("<|message|>", tokens("<|channel|>")[0])))
                .hasSize(1);
    }

    @Test
    void manyConstrains() {
        assertThat(TokenStreams.messages(ASSISTANT, after("", tokens("<|constrain|>")[0])))
                .isEmpty();
    }

    @Test
    void bytesThatAreNoCharacters() {
        int continuation = TokenStreams.TOKENIZER.encode("\ud83e\udd84")[2];
        assertThat(TokenStreams.messages(ASSISTANT.strict(), after("<|message|>", continuation))
                        .get(0)
                        .text())
                .hasSize(MANY);
    }

    @Test
    void oneLongChunk() {
        for (String part :
                List.of("word ", "assistant ", "final to= ", "assistantfinal", "a", " ", "{", "to=f json ")) {
            String text = "analysisLet me see. " + part.repeat(MANY / 4);
            for (ParseOptions options : List.of(ASSISTANT, ASSISTANT.stripped())) {
                assertThat(HarmonyParser.parse(text, options).messages())
                        .as(part)
                        .isNotEmpty();
            }
        }
    }

    @Test
    void manyBracesAfterAnInterruptedCall() {
        String begin = "<|channel|>commentary to=functions.f<|message|><|channel|>analysis<|message|>";
        assertThat(HarmonyParser.parse(begin + "{".repeat(MANY), ASSISTANT).messages())
                .hasSize(1);
    }

    private static int[] after(String begin, int token) {
        int[] repeated = new int[MANY];
        Arrays.fill(repeated, token);
        return IntStream.concat(IntStream.of(tokens(begin)), IntStream.of(repeated))
                .toArray();
    }
}
