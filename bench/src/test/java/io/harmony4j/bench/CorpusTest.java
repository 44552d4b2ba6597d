package io.harmony4j.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CorpusTest {
    private static final String LINE = "é".repeat(500) + "\n"; // 1001 bytes

    @Test
    void documentsAreTheTextCutAtLineEnds() {
        String text = "short\n\n" + LINE + "also short\n" + LINE.repeat(2);
        Corpus corpus = Corpus.of("french", text);

        assertThat(corpus.documents()).containsExactly("short\n\n" + LINE, "also short\n" + LINE, LINE);
        assertThat(corpus.bytes()).isEqualTo(3 * 1001 + 7 + 11);
        assertThat(corpus.text()).isEqualTo(text);
        assertThat(corpus.name()).isEqualTo("french");
    }

    @Test
    void restThatIsTooShortJoinsTheLastDocument() {
        assertThat(Corpus.of("", LINE + LINE + "rest").documents()).containsExactly(LINE, LINE + "rest");
        assertThat(Corpus.of("", "short").documents()).containsExactly("short");
        assertThat(Corpus.of("", "").documents()).isEmpty();
    }

    @Test
    void halvesTogetherAreAll() {
        Corpus corpus = Corpus.of("french", LINE.repeat(3) + "rest");

        assertThat(corpus.firstHalf().documents()).containsExactly(LINE);
        assertThat(corpus.secondHalf().documents()).containsExactly(LINE, LINE + "rest");
        assertThat(corpus.firstHalf().bytes() + corpus.secondHalf().bytes()).isEqualTo(corpus.bytes());
    }

    @Test
    void theWholeIsOneDocument() {
        assertThat(Corpus.of("", LINE.repeat(3)).whole().documents()).containsExactly(LINE.repeat(3));
    }

    @Test
    void textsInTurnsEndTogether() {
        Corpus three = Corpus.of("french", LINE.repeat(3));
        Corpus one = Corpus.of("letters", "x".repeat(1000) + "\n");

        assertThat(Corpus.inTurns(List.of(one, three)).documents())
                .containsExactly(LINE, LINE, "x".repeat(1000) + "\n", LINE);
        assertThat(Corpus.inTurns(List.of(one, three)).bytes()).isEqualTo(4 * 1001);
        assertThat(Corpus.inTurns(List.of()).documents()).isEmpty();
    }
}
