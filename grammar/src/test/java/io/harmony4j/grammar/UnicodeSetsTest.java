package io.harmony4j.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.UnicodeSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The sets that patterns name, held to ICU4J. */
class UnicodeSetsTest {
    @Test
    void aSetIsThatOfUnicode16() {
        for (String name : List.of(
                "L",
                "Lu",
                "Letter",
                "Nd",
                "digit",
                "punct",
                "P",
                "LC",
                "Cn",
                "Zs",
                "Sc",
                "gc=Mn",
                "General_Category=Lo",
                "sc=Grek",
                "Script=Han",
                "Script=Latin",
                "scx=Hira",
                "Script_Extensions=Greek",
                "Alphabetic",
                "Emoji",
                "White_Space",
                "ID_Start",
                "XIDC",
                "Uppercase",
                "Any",
                "ASCII",
                "Assigned")) {
            UnicodeSet expected = new UnicodeSet("[[\\p{" + name + "}] - [\\ud800-\\udfff]]");
            CodePointSet found = UnicodeSets.named(name).orElseThrow();

            UnicodeSet actual = new UnicodeSet();
            found.ranges().forEach(range -> actual.add(range.first(), range.last()));
            assertThat(actual.equals(expected)).as(name).isTrue();
        }
    }

    @Test
    void aNameThatEcmaScriptDoesNotKnowHasNoSet() {
        for (String name : List.of(
                "", "lu", "letter", "Greek", "InGreek", "IsGreek", "Script=greek", "sc=", "Lu ", "Block=Greek")) {
            assertThat(UnicodeSets.named(name)).as(name).isEmpty();
        }
    }
}
