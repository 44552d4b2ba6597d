package io.harmony4j.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class StopStringsTest {

    /** Returns the text before the stop string that is complete first, which is the definition. */
    static String cut(String text, List<String> stops) {
        for (int end = 1; end <= text.length(); end++) {
            String before = text.substring(0, end);
            int longest = stops.stream()
                    .filter(before::endsWith)
                    .mapToInt(String::length)
                    .max()
                    .orElse(0);
            if (longest > 0) {
                return before.substring(0, end - longest);
            }
        }
        return text;
    }

    @Property
    void anyChunksAreCutAtTheSamePlace(
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 30) String text,
            @ForAll @Size(max = 4) List<@CharRange(from = 'a', to = 'c') @StringLength(min = 1, max = 5) String> stops,
            @ForAll long seed) {
        Random random = new Random(seed);
        StopStrings stop = new StopStrings(stops);
        StringBuilder shown = new StringBuilder();
        for (int at = 0; at < text.length() && !stop.isFound(); ) {
            int end = Math.min(text.length(), at + 1 + random.nextInt(4));
            shown.append(stop.add(text.substring(at, end)));
            at = end;
        }
        shown.append(stop.release());

        assertThat(shown).hasToString(cut(text, stops));
        assertThat(stop.isFound()).isEqualTo(stops.stream().anyMatch(text::contains));
    }

    @Test
    void nothingIsHeldBackLongerThanItMust() {
        StopStrings stop = new StopStrings(List.of("abab", "bc"));

        assertThat(stop.add("xa")).isEqualTo("x");
        assertThat(stop.add("ba")).isEmpty();
        assertThat(stop.add("a")).isEqualTo("aba");
        assertThat(stop.add("b")).isEmpty();
        assertThat(stop.isFound()).isFalse();
        assertThat(stop.add("c")).isEqualTo("a");
        assertThat(stop.isFound()).isTrue();
        assertThat(stop.release()).isEmpty();
    }

    @Test
    void theStringThatIsCompleteFirstCounts() {
        StopStrings stop = new StopStrings(List.of("abcd", "bc", "c"));

        assertThat(stop.add("xabcd")).isEqualTo("xa");
    }

    @Test
    @Timeout(20)
    void aLongStopStringTakesNoLongerEachCharacter() {
        StopStrings stop = new StopStrings(List.of("a".repeat(200_000) + "b" + "a".repeat(200_000)));

        assertThat(stop.add("a".repeat(1_000_000))).hasSize(800_000);
        assertThat(stop.add("b" + "a".repeat(199_999))).isEmpty();
        assertThat(stop.add("b")).hasSize(400_001);
        assertThat(stop.isFound()).isFalse();
    }
}
