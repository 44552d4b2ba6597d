package io.harmony4j.parser;

import static io.harmony4j.parser.TokenStreams.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.Role;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What STRICT refuses, and how it says so. */
class StrictTest {
    private static final ParseOptions STRICT = ParseOptions.DEFAULT.strict();
    private static final ParseOptions ASSISTANT = STRICT.withRole(Role.ASSISTANT);

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "hi<|end|> # <|start|> (200006) # \"hi\" (3686) # 0",
                "<|start|>user<|message|>Hi<|end|><|end|> # <|start|> (200006) # <|end|> (200007) # 5",
                "<|start|>user<|end|> # <|message|> (200008) # <|end|> (200007) # 2",
                "<|start|>user # <|message|> (200008) # the end of the stream # 2",
                "<|start|>robot<|message|> # a role (user, assistant, system, developer, tool) # \"robot\" # 2",
                "<|start|><|message|> # a role (user, assistant, system, developer, tool) # none # 1",
                "<|start|>user<|channel|><|message|> # a channel after <|channel|> # \"\" # 3",
                "<|start|>user a b c<|message|> # nothing more in the header than [to=recipient] [type] # \"a\" # 5",
            })
    void errorSaysWhatWasExpectedWhatWasFoundAndWhere(String stream, String expected, String found, int position) {
        assertThatThrownBy(() -> TokenStreams.messages(STRICT, tokens(stream)))
                .isInstanceOfSatisfying(HarmonyFormatException.class, e -> {
                    assertThat(e.expected()).isEqualTo(expected);
                    assertThat(e.found()).isEqualTo(found);
                    assertThat(e.position()).isEqualTo(position);
                })
                .hasMessage("expected " + expected + " but found " + found + " at token " + position);
    }

    /** openai/harmony v0.0.8 reads these, into messages that the model did not write. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<|channel|>final<|message|>a<|message|>b<|end|>",
                "<|channel|>final<|message|>a<|start|>b<|end|>",
                "<|channel|>final<|message|>a<|channel|>b<|end|>",
                "<|channel|>final<|message|>a<|constrain|>b<|end|>",
                "<|start|>assistant<|channel|>final<|message|>a<|end|>",
                "<|channel|>analysis<|channel|>final<|message|>a<|end|>",
                "<|channel|>analysis a<|end|><|start|>assistant<|channel|>final<|message|>b<|end|>",
                "<|channel|>final<|endoftext|><|message|>a<|end|>",
                "<|channel|>final<|reserved_200013|><|message|>a<|end|>",
            })
    void controlTokenOutOfPlaceIsRefused(String stream) {
        assertThatThrownBy(() -> TokenStreams.messages(ASSISTANT, tokens(stream)))
                .isInstanceOf(HarmonyFormatException.class);
    }

    @Test
    void textTypedLikeAControlTokenIsRefusedInHeaders() {
        int[] words = TokenStreams.TOKENIZER.encode("user<|channel|>final");
        int[] stream = IntStream.concat(
                        IntStream.of(tokens("<|start|>")),
                        IntStream.concat(IntStream.of(words), IntStream.of(tokens("<|message|>"))))
                .toArray();
        assertThatThrownBy(() -> TokenStreams.messages(STRICT, stream))
                .isInstanceOf(HarmonyFormatException.class)
                .hasMessageContaining("looks like <|channel|>");
    }

    @ParameterizedTest
    @ValueSource(ints = {201_089, 999_999, -1, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void unknownIdIsRefusedEverywhere(int id) {
        for (String before : new String[] {"", "<|start|>", "<|start|>user", "<|start|>user<|message|>"}) {
            int[] stream = IntStream.concat(IntStream.of(tokens(before)), IntStream.of(id))
                    .toArray();
            assertThatThrownBy(() -> TokenStreams.messages(STRICT, stream))
                    .isInstanceOf(HarmonyFormatException.class)
                    .hasMessageContaining("the id " + id);
        }
    }

    @Test
    void reservedTokensAreTextInContent() {
        String text = "<|endoftext|><|reserved_200013|>";
        assertThat(TokenStreams.messages(ASSISTANT, tokens("<|message|>" + text + "<|end|>"))
                        .get(0)
                        .text())
                .isEqualTo(text);
    }

    @Test
    void parserTakesNoMoreAfterAnError() {
        StreamParser parser = new StreamParser(TokenStreams.TOKENIZER, STRICT, event -> {});
        assertThatThrownBy(() -> parser.accept(0)).isInstanceOf(HarmonyFormatException.class);
        assertThatThrownBy(() -> parser.accept(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("thrown before, at position 0");
    }

    @Test
    void messagesBeforeAnErrorAreKept() {
        StreamParser parser = new StreamParser(TokenStreams.TOKENIZER, STRICT, event -> {});
        for (int token : tokens("<|start|>user<|message|>Hi<|end|>")) {
            parser.accept(token);
        }
        assertThatThrownBy(() -> parser.accept(0)).isInstanceOf(HarmonyFormatException.class);
        assertThat(parser.messages()).hasSize(1);
    }
}
