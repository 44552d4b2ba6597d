package io.harmony4j.backends;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.TokenBuffer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TextTokensTest {
    @Property
    void anyPiecesAreTheTokensOfTheWholeText(@ForAll("pieces") List<String> pieces) {
        TokenBuffer tokens = new TokenBuffer();
        TextTokens texts = new TextTokens(Recordings.TOKENIZER, tokens::add);
        pieces.forEach(texts::append);
        texts.finish();

        assertThat(tokens.toArray())
                .isEqualTo(Recordings.TOKENIZER.encode(String.join("", pieces), AllowedSpecial.ALL));
    }

    @Provide
    Arbitrary<List<String>> pieces() {
        Arbitrary<String> parts = Arbitraries.of(
                "<|channel|>",
                "<|reserved_200013|>",
                "<|nothing|>",
                "<",
                "<|",
                "<|en",
                "d|>",
                "|>",
                "|",
                "<|end|",
                ">",
                "<|" + "a".repeat(70),
                "it'",
                "s",
                " late",
                "  ",
                "\n",
                "日",
                "\ud83e",
                "\udd84",
                "{\"a\":",
                "12345",
                "ter",
                "<|message|>!");
        Arbitrary<String> cut =
                Arbitraries.strings().withChars("<|endreturn_200>").ofMaxLength(9);
        return Arbitraries.oneOf(parts, cut).list().ofMaxSize(30);
    }

    @Test
    void aSpecialTokenIsHandedOnAtOnce() {
        TokenBuffer tokens = new TokenBuffer();
        TextTokens texts = new TextTokens(Recordings.TOKENIZER, tokens::add);
        texts.append("Hi <|end|");
        assertThat(tokens.size()).isZero();
        texts.append(">");

        assertThat(tokens.toArray()).isEqualTo(Recordings.TOKENIZER.encode("Hi <|end|>", AllowedSpecial.ALL));
    }

    @Test
    void wordsAreHandedOnBeforeTheTextEnds() {
        TokenBuffer tokens = new TokenBuffer();
        new TextTokens(Recordings.TOKENIZER, tokens::add).append("one two three four five");

        assertThat(tokens.size()).isGreaterThanOrEqualTo(2);
    }
}
