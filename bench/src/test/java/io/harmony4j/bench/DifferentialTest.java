package io.harmony4j.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DifferentialTest {
    private static final double A_LITTLE = 0.05; // MB

    private final List<String> heard = new ArrayList<>();

    @Test
    void ourTokensAreThoseOfJTokkit() {
        assertThat(Differential.of(1, new Notes(heard)).run(A_LITTLE)).isZero();
        assertThat(heard.get(heard.size() - 1)).startsWith("0 differences in ");
        assertThat(heard.get(0)).contains(" of 0.1 MB, ");
    }

    @Test
    void aPlantedDifferenceIsFoundAndMadeShort() {
        Tokenizer tokenizer = Tokenizer.o200kBase();
        Check planted = new Check("the tokens", 1, tokenizer::encode, text -> {
            int[] tokens = tokenizer.encode(text);
            if (text.contains("q\n")) {
                tokens[0]++;
            }
            return tokens;
        });
        Iterator<String> texts =
                List.of("no difference", "The quick\n\n fox seq\nseq\n", "q\n").iterator();
        long differences = new Differential(texts::next, List.of(planted), new Notes(heard)).run(38e-6);

        assertThat(differences).isEqualTo(2);
        assertThat(heard).contains("""
                Document 1: expected the tokens
                  of the text  "q\\n"
                  which is     [80, 198]
                  but found    [81, 198]
                """);
    }

    @Test
    void seldomChecksAreMadeOnSomeDocuments() {
        Set<String> checked = new HashSet<>();
        Check seldom = new Check("nothing", 2, checked::add, text -> true);
        Iterator<String> texts = List.of("0", "1", "2", "3").iterator();

        assertThat(new Differential(texts::next, List.of(seldom), new Notes(heard)).run(4e-6))
                .isZero();
        assertThat(checked).containsExactlyInAnyOrder("0", "2");
    }

    @Test
    void anUnpairedSurrogateIsAReplacementCharacter() {
        assertThat(Check.wellFormed("a\uD800\uD800\uDC00\uDC00")).isEqualTo("a\uFFFD\uD800\uDC00\uFFFD");
    }

    @Test
    void theShortestTextHasNothingToSpare() {
        String text = "x".repeat(500) + "(" + "y".repeat(300) + ")" + "z".repeat(100);

        assertThat(new Minimizer(shorter -> shorter.matches("(?s).*\\(.*\\).*")).minimize(text))
                .isEqualTo("()");
        assertThat(new Minimizer(shorter -> true).minimize(text)).isEmpty();
    }

    @Test
    void variedTextIsTheSameForTheSameSeed() {
        VariedText one = new VariedText(1);
        VariedText again = new VariedText(1);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            texts.add(one.next());
            assertThat(again.next()).isEqualTo(texts.get(i));
        }

        assertThat(new HashSet<>(texts)).hasSize(100);
        assertThat(new VariedText(2).next()).isNotEqualTo(texts.get(0));
        String all = String.join("", texts);
        assertThat(all).contains("'ll", "\u3000", "<|start|>", "👩\u200D💻");
        assertThat(all.codePoints()).anyMatch(c -> c >= 0xD800 && c <= 0xDFFF).anyMatch(c -> c > 0xFFFF);
    }
}
