package io.harmony4j.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HostileTextTest {
    private static final int BYTES = 10_000;

    @ParameterizedTest
    @EnumSource
    void textsHaveTheirSizeAndAreAlwaysTheSame(HostileText hostile) {
        String text = hostile.text(BYTES);

        assertThat(Corpus.utf8Length(text)).isBetween(BYTES - 16, BYTES);
        assertThat(hostile.text(BYTES)).isEqualTo(text);
        assertThat(hostile.texts(BYTES, 3)).hasSize(3).startsWith(text);
    }

    @Test
    void textsAreWhatTheirNamesSay() {
        assertThat(HostileText.ONE_LETTER.text(3)).isEqualTo("aaa");
        assertThat(HostileText.SPACES.text(3)).isEqualTo("   ");
        assertThat(HostileText.NEWLINES.text(3)).isEqualTo("\n\n\n");
        assertThat(HostileText.RANDOM_LETTERS.text(BYTES)).matches("[a-z]+");
        assertThat(HostileText.CJK.text(BYTES).codePoints()).allMatch(Character::isIdeographic);
        assertThat(HostileText.COMBINING_MARKS.text(BYTES)).matches("\\p{M}+");
        assertThat(HostileText.JOINED_EMOJI.text(BYTES)).contains("👩\u200D").doesNotContain(" ");
        assertThat(HostileText.ONE_LETTER).hasToString("one letter");
    }

    @Test
    void eachKindHasARowWithAllSizes() {
        List<String> told = new ArrayList<>();
        Results results = new Results(new Notes(told));
        String table = new HostileContest(List.of(1_000, 2_000), 2_000, 0.001, results)
                .run()
                .toString();

        assertThat(table)
                .startsWith("| MB/s            |")
                .contains(" 1 KB | ", " 2 KB | 1 KB : 2 KB | JTokkit 2 KB | ratio |");
        assertThat(table.lines()).hasSize(2 + HostileText.values().length);
        assertThat(told).contains("hostile one letter");
    }
}
