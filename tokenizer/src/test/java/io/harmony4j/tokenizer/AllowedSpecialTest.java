package io.harmony4j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedSpecialTest {
    private static final Tokenizer HARMONY = Tokenizer.o200kHarmony();
    private static final Tokenizer BASE = Tokenizer.o200kBase();

    @Test
    void harmonyNamesItsFormatTokensAndReservesTheRest() {
        assertThat(HARMONY.specialTokens()).hasSize(1091);
        assertThat(HARMONY.specialTokens().firstKey()).isEqualTo(199998);
        assertThat(HARMONY.specialTokens().lastKey()).isEqualTo(201088);
        assertThat(HARMONY.specialTokens().values().stream().filter(name -> !name.startsWith("<|reserved_")))
                .containsExactly(
                        "<|startoftext|>",
                        "<|endoftext|>",
                        "<|return|>",
                        "<|constrain|>",
                        "<|channel|>",
                        "<|start|>",
                        "<|end|>",
                        "<|message|>",
                        "<|call|>");
        assertThat(HARMONY.specialTokens()).allSatisfy((id, name) -> {
            assertThat(HARMONY.specialToken(name)).hasValue(id);
            assertThat(HARMONY.decode(id)).isEqualTo(name);
            assertThat(HARMONY.encode(name, AllowedSpecial.ALL)).containsExactly(id);
            assertThat(HARMONY.encode(name)).hasSizeGreaterThan(1);
        });
        assertThat(HARMONY.specialToken("<|start|>")).hasValue(200006);
        assertThat(HARMONY.specialToken("<|reserved_200000|>")).hasValue(200000);
    }

    @Test
    void baseReservesAll() {
        assertThat(BASE.specialTokens()).hasSize(1091);
        assertThat(BASE.specialTokens())
                .allSatisfy((id, name) -> assertThat(name).isEqualTo("<|reserved_" + id + "|>"));
        assertThat(BASE.specialToken("<|endoftext|>")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<|endofprompt|>", "<|refusal|>", "<|untrusted|>", "<|end_untrusted|>", "<|meta_end|>",
                        "<|reserved_199998|>",
                "<|reserved_200002|>", "<|reserved_201089|>", "<|reserved_0200000|>", "<|START|>", "<|start |>",
                        "<|start>",
                "<|start|", "<||>", "<|", "<|a_name_that_is_longer_than_any_special_token_of_o200k|>"
            })
    void otherNamesAreText(String name) {
        assertThat(HARMONY.specialToken(name)).isEmpty();
        assertThat(HARMONY.encode(name, AllowedSpecial.ALL)).isEqualTo(HARMONY.encode(name));
    }

    @Test
    void onlyTheGivenTokensAreRecognised() {
        String text = "<|start|>a<|end|>";
        int[] start = HARMONY.encode("<|start|>a");
        int[] end = HARMONY.encode("a<|end|>");
        assertThat(HARMONY.encode(text, AllowedSpecial.ALL)).containsExactly(200006, 64, 200007);
        assertThat(HARMONY.encode(text, AllowedSpecial.of("<|end|>", "no such token")))
                .containsExactly(join(start, 200007));
        assertThat(HARMONY.encode(text, AllowedSpecial.of(List.of("<|start|>"))))
                .startsWith(200006)
                .endsWith(end);
        assertThat(HARMONY.encode(text, AllowedSpecial.ALL.except("<|start|>"))).containsExactly(join(start, 200007));
        assertThat(HARMONY.encode(
                        text, AllowedSpecial.of("<|start|>", "<|end|>").except(List.of("<|start|>"))))
                .containsExactly(join(start, 200007));
        assertThat(HARMONY.encode(text, AllowedSpecial.NONE)).isEqualTo(HARMONY.encode(text));
        assertThat(HARMONY.encode(text, AllowedSpecial.of())).isEqualTo(HARMONY.encode(text));
    }

    @Test
    void aTokenIsRecognisedWithinTheRemainsOfAnother() {
        assertThat(HARMONY.encode("<|<|start|>|>", AllowedSpecial.ALL)).containsExactly(27, 91, 200006, 91, 29);
        assertThat(HARMONY.encode("<|<|<|end|><|end|>", AllowedSpecial.ALL)).endsWith(200007, 200007);
    }

    @Test
    void theTextBeforeATokenIsEncodedAsIfItEndedThere() {
        assertThat(HARMONY.encode("a  <|end|>", AllowedSpecial.ALL)).containsExactly(64, 256, 200007);
        assertThat(HARMONY.encode("a  b")).containsExactly(64, 220, 287);
    }

    @Test
    void requireNoneNamesTheLeftmostTokenAndItsIndex() {
        HARMONY.requireNone(AllowedSpecial.ALL, "<|start|");
        HARMONY.requireNone(AllowedSpecial.of("<|end|>"), "<|start|>");
        assertThatThrownBy(() -> HARMONY.requireNone(AllowedSpecial.ALL, "😀é\uD800<|refusal|><|end|><|start|>"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a text without special tokens but found <|end|> at index 15");
    }

    private static int[] join(int[] tokens, int last) {
        int[] joined = Arrays.copyOf(tokens, tokens.length + 1);
        joined[tokens.length] = last;
        return joined;
    }
}
