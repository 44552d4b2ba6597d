package io.harmony4j.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartialJsonTest {
    private static PartialJson of(String... deltas) {
        PartialJson partial = new PartialJson();
        for (String delta : deltas) {
            partial.accept(delta);
        }
        return partial;
    }

    @Test
    void fieldsAreThereAsSoonAsTheirValuesHaveEnded() {
        PartialJson partial = of("{\"path\": \"notes.txt\", \"size\": [80, 24], \"content\": \"Dear Ann,\\nth");
        assertThat(partial.completeFields()).containsExactly(entry("path", "\"notes.txt\""), entry("size", "[80, 24]"));
        assertThat(partial.openField()).contains("content");
        assertThat(partial.openText()).contains("Dear Ann,\nth");
        assertThat(partial.isComplete()).isFalse();
        assertThat(partial.error()).isEmpty();

        partial.accept("ank you.\"}");
        assertThat(partial.completeFields()).containsEntry("content", "\"Dear Ann,\\nthank you.\"");
        assertThat(partial.openField()).isEmpty();
        assertThat(partial.openText()).isEmpty();
        assertThat(partial.isComplete()).isTrue();
        assertThat(partial.text()).endsWith("\"Dear Ann,\\nthank you.\"}");
    }

    @Test
    void emptyTextHasNothing() {
        PartialJson partial = of("", " \n");
        assertThat(partial.completeFields()).isEmpty();
        assertThat(partial.openField()).isEmpty();
        assertThat(partial.isComplete()).isFalse();
        assertThat(partial.error()).isEmpty();
        assertThat(partial.text()).isEqualTo(" \n");
    }

    @Test
    void onlyFieldsOfTheOutermostObjectCount() {
        PartialJson partial = of("{\"a\": {\"b\": 1, \"c\": \"x");
        assertThat(partial.completeFields()).isEmpty();
        assertThat(partial.openField()).contains("a");
        assertThat(partial.openText()).isEmpty();
        assertThat(of("[{\"a\": 1}, {\"b\": ").openField()).isEmpty();
    }

    @Test
    void numberEndsWithTheCharacterAfterIt() {
        assertThat(of("{\"a\": 1").completeFields()).isEmpty();
        assertThat(of("{\"a\": 1", "2").completeFields()).isEmpty();
        assertThat(of("{\"a\": 1", "2", " ").completeFields()).containsExactly(entry("a", "12"));
        assertThat(of("12").isComplete()).isFalse();
        assertThat(of("12", "\n").isComplete()).isTrue();
    }

    @Test
    void openTextNeverShowsHalfACharacter() {
        assertThat(of("{\"a\": \"x\ud83e").openText()).contains("x");
        assertThat(of("{\"a\": \"x\ud83e", "\udd84").openText()).contains("x\ud83e\udd84");
        assertThat(of("{\"a\": \"x\\ud83e").openText()).contains("x");
        assertThat(of("{\"a\": \"x\\ud83e\\u", "dd", "84").openText()).contains("x\ud83e\udd84");
        assertThat(of("{\"a\": \"x\\").openText()).contains("x");
        assertThat(of("{\"a\": \"x\\", "t\\\"").openText()).contains("x\t\"");
    }

    @Test
    void openTextIsThereFromTheQuoteOn() {
        assertThat(of("{\"a\": ").openText()).isEmpty();
        assertThat(of("{\"a\": ", "\"").openText()).contains("");
        assertThat(of("{\"a\"", " ", ":", " ", "\"", "b").openText()).contains("b");
    }

    @Test
    void namesHaveTheirEscapesResolved() {
        assertThat(of("{\"\\u00e9\\n\u00e9\ud83e", "\udd84\": 1}").completeFields())
                .containsExactly(entry("\u00e9\n\u00e9\ud83e\udd84", "1"));
    }

    @Test
    void lastOfFieldsWithTheSameNameCounts() {
        assertThat(of("{\"a\": 1, \"a\": 2}").completeFields()).containsExactly(entry("a", "2"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{\"a\" 1} # expected JSON but found \"1\" at character 5",
                "{\"a\": trux} # expected JSON but found \"trux\" at character 6",
                "{\"a\": True} # expected JSON but found \"T\" at character 6",
                "{a: 1} # expected JSON but found \"a\" at character 1",
                "{'a': 1} # expected JSON but found \"'\" at character 1",
                "{\"a\": 01} # expected JSON but found \"1\" at character 7",
                "{\"a\": [1}} # expected JSON but found \"}\" at character 8",
                "{\"a\": \"\\q\"} # expected JSON but found \"q\" at character 8",
                "{\"a\": 1,} # expected JSON but found \"}\" at character 8",
                "{\"a\": 1, } # expected JSON but found \"}\" at character 9",
                "{\"a\":} # expected JSON but found \"}\" at character 5",
                "{\"a\": 1} x # expected nothing after the value but found \"x\" at character 9",
                "{\"a\": 1}{} # expected nothing after the value but found \"{\" at character 8",
                "{\"\u00e9\": \u00e9} # expected JSON but found \"\u00e9\" at character 6",
            })
    void errorSaysWhatWasFoundAndWhere(String text, String error) {
        assertThat(of(text).error()).contains(error);
        assertThat(of(text.split("")).error()).contains(error);
    }

    @Test
    void controlCharacterInAStringIsAnErrorWithItsCode() {
        PartialJson partial = of("{\"done\": 1, \"a\": \"b\nc");
        assertThat(partial.error()).contains("expected JSON but found U+000A at character 19");
        assertThat(partial.completeFields()).containsExactly(entry("done", "1"));
        assertThat(partial.openField()).contains("a");
        assertThat(partial.openText()).contains("b");
    }

    @Test
    void nothingAfterAnErrorIsRead() {
        assertThat(of("{\"a\":,\"b").openText()).isEmpty();
        assertThat(of("{\"a\":", ",", "\"b").openText()).isEmpty();
    }

    @Test
    void textGoesOnAfterAnError() {
        PartialJson partial = of("{]", "\"a\": 1", "}");
        assertThat(partial.error()).contains("expected JSON but found \"]\" at character 1");
        assertThat(partial.text()).isEqualTo("{]\"a\": 1}");
        assertThat(partial.completeFields()).isEmpty();
        assertThat(partial.isComplete()).isFalse();
    }

    @Test
    void valueStaysCompleteWhenTextFollowsIt() {
        PartialJson partial = of("{\"a\": 1}", " ", "]");
        assertThat(partial.isComplete()).isTrue();
        assertThat(partial.completeFields()).containsExactly(entry("a", "1"));
        assertThat(partial.error()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000_000})
    void nestingIsBounded(int length) {
        PartialJson partial = new PartialJson();
        String deep = "[".repeat(1_000_000);
        for (int at = 0; at < deep.length(); at += length) {
            partial.accept(deep.substring(at, at + length));
        }
        assertThat(partial.error())
                .hasValueSatisfying(error -> assertThat(error)
                        .startsWith("Document nesting depth (1001) exceeds the maximum allowed (1000")
                        .endsWith("at character 1001"));
    }

    @Test
    @Timeout(60)
    void timeGrowsWithTheTextAndNotWithItsSquare() {
        PartialJson partial = of("{\"a\": \"");
        for (int i = 0; i < 1_000_000; i++) {
            partial.accept("word ");
        }
        assertThat(partial.openText())
                .hasValueSatisfying(text -> assertThat(text).hasSize(5_000_000));
        PartialJson spaces = of("{\"a\":");
        for (int i = 0; i < 1_000_000; i++) {
            spaces.accept(" ");
        }
        spaces.accept("1}");
        assertThat(spaces.completeFields()).containsExactly(entry("a", "1"));
    }
}
