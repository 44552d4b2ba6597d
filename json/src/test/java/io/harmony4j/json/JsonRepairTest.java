package io.harmony4j.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.json.JsonRepair.Change;
import io.harmony4j.json.JsonRepair.Change.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRepairTest {

    /** Line feeds stand as {@code ~}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '^',
            nullValues = "",
            value = {
                // what was seen of gpt-oss: fences, raw line feeds, brackets too few and too many, nothing at all
                "```json~{\"a\": 1}~``` # {\"a\": 1}~ # CODE_FENCE CODE_FENCE",
                "```~{\"a\": 1}``` # ~{\"a\": 1} # CODE_FENCE CODE_FENCE",
                "```json~{\"a\": [1 # ~{\"a\": [1]} # CODE_FENCE UNFINISHED",
                "```json~{\"a\": [1~``` # ~{\"a\": [1~]} # CODE_FENCE UNFINISHED CODE_FENCE",
                "{\"a\": 1}~``` # {\"a\": 1}~ # SURPLUS",
                "{\"a\": \"b~c\"} # {\"a\": \"b\\nc\"} # CONTROL_CHARACTER",
                "{\"a\": 1 # {\"a\": 1} # UNFINISHED",
                "{\"a\": [{\"b\": \"c # {\"a\": [{\"b\": \"c\"}]} # UNFINISHED",
                "{\"a\": 1}] # {\"a\": 1} # SURPLUS",
                "{\"a\": 1]} # {\"a\": 1} # SURPLUS",
                "{\"a\": [1, 2} # {\"a\": [1, 2]} # UNCLOSED",
                "{\"a\": {\"b\": [1], \"c\": 2} # {\"a\": {\"b\": [1], \"c\": 2}} # UNFINISHED",
                "{\"a\": 1}{\"b\": 2} # {\"a\": 1} # SURPLUS",
                "{\"a\": 1} Done! # {\"a\": 1}  # SURPLUS",
                "^^ # {} # EMPTY",
                "~ # ~{} # EMPTY",
                "```json # {} # CODE_FENCE EMPTY",
                // commas
                "{\"a\": 1, } # {\"a\": 1 } # TRAILING_COMMA",
                "[1, 2,] # [1, 2] # TRAILING_COMMA",
                "[1, } ] # [1  ] # TRAILING_COMMA SURPLUS",
                "[[1,], {\"a\": 1,},] # [[1], {\"a\": 1}] # TRAILING_COMMA TRAILING_COMMA TRAILING_COMMA",
                // what is Python
                "{'a': 'b'} # {\"a\": \"b\"} # SINGLE_QUOTES SINGLE_QUOTES",
                "{'a': 'say \"b\", don\\'t'} # {\"a\": \"say \\\"b\\\", don't\"} # SINGLE_QUOTES SINGLE_QUOTES ESCAPE",
                "{\"a\": True, \"b\": [False, None]} # {\"a\": true, \"b\": [false, null]} "
                        + "# PYTHON_LITERAL PYTHON_LITERAL PYTHON_LITERAL",
                "{a: 1, _b-2: 2} # {\"a\": 1, \"_b-2\": 2} # BARE_NAME BARE_NAME",
                // escapes that are not JSON's
                "{\"a\": \"\\d+\\.\\u12\"} # {\"a\": \"\\\\d+\\\\.\\\\u12\"} # ESCAPE ESCAPE ESCAPE",
                // what the end cut off
                "{\"a\": \"b\\ # {\"a\": \"b\"} # CUT_OFF UNFINISHED",
                "{\"a\": \"b\\u00 # {\"a\": \"b\"} # CUT_OFF UNFINISHED",
                "{\"a\": \"b\\ud83e\\udd # {\"a\": \"b\"} # CUT_OFF UNFINISHED",
                "{\"a\": 1, \"b # {\"a\": 1} # CUT_OFF UNFINISHED",
                "{\"a\": 1, 'b\\q # {\"a\": 1} # CUT_OFF UNFINISHED",
                "{\"a\": 1, \"b\" # {\"a\": 1} # CUT_OFF UNFINISHED",
                "{\"a\": 1, \"b\": # {\"a\": 1} # CUT_OFF UNFINISHED",
                "{\"a\": 1, # {\"a\": 1} # CUT_OFF UNFINISHED",
                "{\"a\": 1, \"b\": - # {\"a\": 1} # CUT_OFF UNFINISHED",
                "{\"a\": 1, b # {\"a\": 1} # CUT_OFF UNFINISHED",
                "{\"a # {} # CUT_OFF UNFINISHED",
                "[1, -2. # [1, -2] # CUT_OFF UNFINISHED",
                "[1, 2e+ # [1, 2] # CUT_OFF UNFINISHED",
                "[1, tr # [1, true] # UNFINISHED",
                "[1, No # [1, null] # PYTHON_LITERAL UNFINISHED",
                "\"a # \"a\" # UNFINISHED",
            })
    void repairs(String text, String json, String kinds) {
        String broken = text == null ? "" : text.replace('~', '\n');
        JsonRepair.Result result = JsonRepair.repair(broken);
        assertThat(result.json().strip()).isEqualTo(json.replace('~', '\n').strip());
        assertThat(result.changes()).extracting(change -> change.kind().name()).containsExactly(kinds.split(" "));
        assertThat(result.isValid()).isTrue();
        assertThat(JsonTexts.read(result.json())).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ls -la /tmp",
                "echo 'a' > b",
                "12 apples",
                "\"a\" and \"b\"",
                "tru",
                "-",
                "]",
                "{\"a\": \"say \"b\"\"}",
                "{'a': 'don't'}",
                "{\"a\" 1}",
                "{\"a\": }",
                "{\"a\": 1 \"b\": 2}",
                "{\"a\": 01}",
                "{\"a\": 1.2.",
                "{\"a\": .5}",
                "{\"a\": NaN}",
                "{\"a\": 1,, \"b\": 2}",
                "[1, 2, 3)",
                "\u00a0{}",
                "<|call|>",
            })
    void leavesAsItWasWhatItCannotMend(String text) {
        JsonRepair.Result result = JsonRepair.repair(text);
        assertThat(result.json()).isEqualTo(text);
        assertThat(result.isValid()).isFalse();
        assertThat(result.changes()).extracting(Change::kind).containsExactly(Kind.NOT_REPAIRED);
    }

    @Test
    void changesSayWhatWasWrongAndWhere() {
        JsonRepair.Result result = JsonRepair.repair("{'path': \"notes.txt\", \"lines\": [1, 2,]}]");
        assertThat(result.json()).isEqualTo("{\"path\": \"notes.txt\", \"lines\": [1, 2]}");
        assertThat(result.changes())
                .containsExactly(
                        new Change(Kind.SINGLE_QUOTES, 1, "'"),
                        new Change(Kind.TRAILING_COMMA, 36, ","),
                        new Change(Kind.SURPLUS, 39, "]"));
        assertThat(result.changes().get(1).message()).isEqualTo("left out a trailing comma: \",\" at character 36");
    }

    @Test
    void whatIsAddedStandsAtTheEnd() {
        assertThat(JsonRepair.repair("{\"a\": [\"b").changes()).containsExactly(new Change(Kind.UNFINISHED, 9, "\"]}"));
        assertThat(JsonRepair.repair("{\"a\": 1, \"b\": ").changes())
                .containsExactly(new Change(Kind.CUT_OFF, 7, ", \"b\": "), new Change(Kind.UNFINISHED, 14, "}"));
    }

    @Test
    void notRepairedSaysWhereItGaveUp() {
        assertThat(JsonRepair.repair("{\"a\" 1}").changes()).containsExactly(new Change(Kind.NOT_REPAIRED, 5, "1"));
        assertThat(JsonRepair.repair("-").changes()).containsExactly(new Change(Kind.NOT_REPAIRED, 0, "-"));
    }

    @Test
    void halfACharacterAtTheEndIsCutOff() {
        assertThat(JsonRepair.repair("{\"a\": \"b\ud83e").json()).isEqualTo("{\"a\": \"b\"}");
    }

    @Test
    void takesDepthAsFarAsJacksonReads() {
        assertThat(JsonTexts.read(JsonRepair.repair("[".repeat(1000)).json())).isPresent();
        assertThat(JsonRepair.repair("[".repeat(1001)).isValid()).isFalse();
    }

    @Test
    @Timeout(60)
    void timeGrowsWithTheTextAndNotWithItsSquare() {
        int many = 300_000;
        for (String part :
                List.of("[],", "\n", "\\q", "'a',", "1,", "}", "{\"a\":[", " , ", "\ud83e", "\"\n\",", "```")) {
            for (String begin : List.of("", "[", "{\"a\": \"", "[\"", "{\"a\": 1}")) {
                JsonRepair.Result result = JsonRepair.repair(begin + part.repeat(many));
                assertThat(result.json()).isNotEmpty();
            }
        }
    }
}
