package io.harmony4j.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.harmony4j.grammar.TextConstraintException.Reason;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns, held to java.util.regex where both mean the same, and to ECMA-262 where they do not. */
class PatternParserTest {
    private final Regexes regexes = new Regexes();
    private final StringText strings = new StringText(regexes);

    @Property(tries = 5000)
    void aPatternMatchesWhatItMatchesInJava(
            @ForAll("patterns") String pattern, @ForAll("subjects") List<String> subjects) {
        Pattern java = Pattern.compile(pattern.replace("$", "\\z"));
        Regex ours;
        try {
            ours = strings.pattern(pattern);
        } catch (TextConstraintException e) {
            assertThat(e).hasMessageContaining("an anchor in what is repeated");
            return;
        }

        for (String subject : subjects) {
            assertThat(matches(ours, subject))
                    .as("%s on %s", pattern, subject)
                    .isEqualTo(java.matcher(subject).find());
            assertThat(matches(strings.except(ours), subject))
                    .isNotEqualTo(java.matcher(subject).find());
        }
    }

    @Property(tries = 2000)
    void aLookAheadMatchesWhatItMatchesInJava(
            @ForAll("lookingAhead") String pattern, @ForAll("subjects") List<String> subjects) {
        Pattern java = Pattern.compile(pattern.replace("$", "\\z"));
        Regex ours;
        try {
            ours = strings.pattern(pattern);
        } catch (TextConstraintException e) {
            assertThat(e.getMessage()).containsAnyOf("an anchor in what is repeated", "^ in a negative look-ahead");
            return;
        }

        for (String subject : subjects) {
            assertThat(matches(ours, subject))
                    .as("%s on %s", pattern, subject)
                    .isEqualTo(java.matcher(subject).find());
        }
    }

    static List<Arguments> patternsOfEcmaScript() {
        return List.of(
                arguments("^\\d$", "0", "٣"),
                arguments("^\\w$", "_", "é"),
                arguments("^\\W$", "é", "a"),
                arguments("^\\S$", "a", "\u00a0"),
                arguments("^\\x41$", "A", "x41"),
                arguments("^\\u0041$", "A", "B"),
                arguments("^\\u{1F432}$", "🐲", "u"),
                arguments("^\\ud83d\\udc32$", "🐲", "🐉"),
                arguments("^🐲*$", "🐲🐲", "🐲a"),
                arguments("^[🐲-🐴]$", "🐳", "🐵"),
                arguments("^\\cC$", "\u0003", "C"),
                arguments("^\\cc$", "\u0003", "c"),
                arguments("^[\\b]$", "\b", "b"),
                arguments("^\\0$", "\u0000", "0"),
                arguments("^\\t\\v\\f\\r\\n$", "\t\u000b\f\r\n", "tvfrn"),
                arguments("^\\p{Letter}+$", "Straßeπ", "a1"),
                arguments("\\p{L}cole", "L'école", "L'%cole"),
                arguments("^\\p{Lu}$", "Ä", "ä"),
                arguments("^\\P{Lu}$", "ä", "Ä"),
                arguments("^[^\\p{Lu}1]$", "ä", "1"),
                arguments("^\\p{digit}+$", "4٣৪", "4a"),
                arguments("^\\p{gc=Nd}$", "٣", "a"),
                arguments("^\\p{Script=Greek}$", "π", "p"),
                arguments("^\\p{sc=Grek}$", "π", "p"),
                arguments("^\\p{scx=Deva}$", "\u0964", "a"),
                arguments("^\\p{Alphabetic}$", "ª", "1"),
                arguments("^\\p{ASCII}$", "z", "é"),
                arguments("^\\p{Any}$", "\uffff", "ab"),
                arguments("^\\p{Assigned}$", "a", "\u0378"),
                arguments("^a{2,3}$", "aaa", "aaaa"),
                arguments("^a{2}$", "aa", "a"),
                arguments("^a{2,}?$", "aaaaaa", "a"),
                arguments("^a{0}$", "", "a"),
                arguments("^(?:ab|c)+?d$", "abcabd", "abad"),
                arguments("^(?<year>[0-9]{4})$", "2024", "202"),
                arguments("^[a-c\\-x]$", "-", "d"),
                arguments("^[\\w-.]$", "-", "+"),
                arguments("^[-a]$", "-", "b"),
                arguments("^[a-]$", "-", "b"),
                arguments("^[^]$", "x", "xy"),
                arguments("^\\/\\-\\_\\\"\\#$", "/-_\"#", "/"),
                arguments("^a\\.b$", "a.b", "acb"),
                arguments("^a{b}$", "a{b}", "ab"),
                arguments("^\\{x}]$", "{x}]", "x"),
                arguments("^\\\\$", "\\", "\\\\"),
                arguments("^\"$", "\"", "\\\""),
                arguments("foo|^bar$", "xfoox", "xbar"),
                arguments("(^|,)a(,|$)", "b,a,c", "ba,c"),
                arguments("^a|b$", "axx", "xax"),
                arguments("^(a$|b)", "bx", "ax"),
                arguments("a*^b", "bc", "ab"),
                arguments("^(?=.*[A-Z])(?=.*[0-9]).{3,}$", "aA1", "aa1"),
                arguments("^(?!foo)", "bar", "foo"),
                arguments("^(?!.*--)[a-z-]+$", "a-b", "a--b"),
                arguments("(?!^foo$)^.*$", "foob", "foo"),
                arguments("^(?!foo$|bar$).+$", "food", "bar"));
    }

    @ParameterizedTest
    @MethodSource("patternsOfEcmaScript")
    void ecmaScriptDecides(String pattern, String match, String other) {
        Regex ours = strings.pattern(pattern);

        assertThat(matches(ours, match)).as("%s %s", pattern, match).isTrue();
        assertThat(matches(ours, other)).as("%s %s", pattern, other).isFalse();
    }

    @Test
    void whiteSpaceIsThatOfEcmaScript() {
        Regex space = strings.pattern("^\\s$");
        Regex dot = strings.pattern("^.$");
        for (int c = 0; c <= 0xFFFF; c++) {
            boolean isSpace = "\t\n\u000B\f\r \u00A0\u1680\u2028\u2029\u202F\u205F\u3000\uFEFF".indexOf(c) >= 0
                    || (c >= 0x2000 && c <= 0x200A);
            if (c < 0x3100 || c > 0xFE00) {
                assertThat(matches(space, Character.toString(c))).as("%x", c).isEqualTo(isSpace);
                assertThat(matches(dot, Character.toString(c)))
                        .as("%x", c)
                        .isEqualTo("\n\r\u2028\u2029".indexOf(c) < 0);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a)\\1",
                "\\k<x>",
                "\\bfoo\\b",
                "a\\B",
                "(?<=a)b",
                "(?<!a)b",
                "((?=a)a)",
                "(?:(?!a).)*",
                "(?i)a",
                "(?i:a)",
                "a{10001}",
                "a{1,10001}",
                "a{99999999999}",
                "(?:a{1,1000}){1,1000}",
                "(?:^a)*",
                "a(?!^b)c"
            })
    void whatIsNotRegularIsNotSupported(String pattern) {
        assertRefused(pattern, Reason.NOT_SUPPORTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "a)",
                "[a",
                "[",
                "*",
                "+a",
                "?",
                "a**",
                "a+*",
                "a{2}{3}",
                "{2}",
                "a|*",
                "^*",
                "(?:*)",
                "[b-a]",
                "a{3,2}",
                "a{,3}",
                "\\",
                "\\a",
                "\\Z",
                "\\A",
                "\\x4",
                "\\u12",
                "\\u{110000}",
                "\\u{}",
                "\\u{12",
                "\\c1",
                "\\c",
                "\\01",
                "\\p",
                "\\pL",
                "\\p{Lx}",
                "\\p{lu}",
                "\\p{Script=Elvish}",
                "\\P{",
                "(?P<a>b)",
                "(?<a",
                "(?<>a)",
                "(?>a)",
                "(?#a)",
                "(?=a)*",
                "[\\1]",
                "(?"
            })
    void whatMeansNothingIsNotValid(String pattern) {
        assertRefused(pattern, Reason.NOT_VALID);
    }

    private void assertRefused(String pattern, Reason reason) {
        assertThatThrownBy(() -> strings.pattern(pattern))
                .asInstanceOf(type(TextConstraintException.class))
                .satisfies(e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason))
                .satisfies(e -> assertThat(e.remedy()).isNotBlank())
                .satisfies(e -> assertThat(e.getMessage()).matches(".* at index [0-9]+ of the pattern .*"));
    }

    @Property(tries = 5000)
    void anyTextIsAPatternOrIsRefused(@ForAll("garbage") String pattern) {
        try {
            Regex contents = strings.pattern(pattern);
            assertThat(regexes.isEmpty(regexes.difference(contents, strings.content())))
                    .isTrue();
        } catch (TextConstraintException e) {
            assertThat(e.getMessage()).endsWith(" of the pattern " + pattern);
            assertThat(e.remedy()).isNotBlank();
        }
    }

    @Test
    void theErrorSaysWhatAndWhere() {
        assertThatThrownBy(() -> strings.pattern("ab(?<=b)c"))
                .hasMessage("a look-behind at index 2 of the pattern ab(?<=b)c");
        assertThatThrownBy(() -> strings.pattern("🐲[z-a]"))
                .hasMessage("a range whose end is before its beginning, z-a at index 3 of the pattern 🐲[z-a]");
    }

    @Test
    void whatMatchesEveryStringIsAllContents() {
        for (String pattern : List.of("", "a*", "^", "$", "^a*", "a*$", "a|", "(?:)", "x{0}", "^(?=a*)")) {
            assertThat(strings.pattern(pattern)).as(pattern).isSameAs(strings.content());
        }
        for (String pattern : List.of("[]", "a^b", "a$b", "\\ud800", "[\\ud800-\\udfff]")) {
            assertThat(regexes.isEmpty(strings.pattern(pattern))).as(pattern).isTrue();
        }
    }

    @Test
    void afterAMatchNothingMattersAnyMore() {
        Regex set = strings.quoted(strings.pattern("f.*o"));

        assertThat(after(set, "\"xfoo")).isSameAs(after(strings.quoted(strings.content()), "\""));
        assertThat(after(strings.except(strings.pattern("f.*o")), "xfoo")).isSameAs(regexes.nothing());
    }

    @Test
    void lengthsMayContradictAPattern() {
        assertThat(regexes.isEmpty(
                        regexes.intersection(List.of(strings.pattern("^[a-z]{5,}$"), strings.content(0, 4)))))
                .isTrue();
        assertThat(regexes.isEmpty(
                        regexes.intersection(List.of(strings.pattern("^[a-z]{5,}$"), strings.content(5, 5)))))
                .isFalse();
        assertThat(regexes.isEmpty(regexes.intersection(List.of(strings.pattern("^a"), strings.pattern("^b")))))
                .isTrue();
        assertThat(regexes.isEmpty(regexes.difference(strings.pattern("^ab"), strings.pattern("^a"))))
                .isTrue();
        assertThat(regexes.isEmpty(regexes.intersection(List.of(strings.pattern("\\n{3}"), strings.content(0, 2)))))
                .isTrue();
    }

    @Test
    void longPatternsAreRead() {
        Regex optional = strings.pattern("^" + "a?".repeat(490) + "$");
        Regex nested = strings.pattern("^" + "(?:".repeat(99) + "a" + ")*".repeat(99) + "$");
        Regex words = strings.pattern("^(?:" + "abcdefgh|".repeat(2_000) + "x)$");

        assertThat(matches(optional, "aaa")).isTrue();
        assertThat(matches(optional, "aab")).isFalse();
        assertThat(matches(nested, "aaa")).isTrue();
        assertThat(matches(words, "abcdefgh")).isTrue();
        assertThatThrownBy(() -> strings.pattern("(?:".repeat(101))).hasMessageContaining("more than 100 groups");
        assertThatThrownBy(() -> strings.pattern("a".repeat(100_001))).hasMessageContaining("100001 characters");
        assertThatThrownBy(() -> strings.pattern("(?:" + "a?".repeat(300) + ")" + "b?".repeat(300)))
                .hasMessageContaining("more than 500 parts");
    }

    private Regex after(Regex set, String beginning) {
        Regex left = set;
        for (int i = 0; i < beginning.length(); i++) {
            left = regexes.derivative(left, beginning.charAt(i));
        }
        return left;
    }

    private boolean matches(Regex contents, String text) {
        return Texts.matches(regexes, strings.quoted(contents), StringTextTest.canonical(text));
    }

    @Provide
    Arbitrary<List<String>> subjects() {
        return Arbitraries.strings()
                .withChars("aabbc1\n\"\\")
                .ofMaxLength(6)
                .list()
                .ofSize(12);
    }

    @Provide
    Arbitrary<String> patterns() {
        Arbitrary<String> atoms = Arbitraries.of(
                "a",
                "b",
                "c",
                "ab",
                ".",
                "[ab]",
                "[^a]",
                "\\d",
                "\\D",
                "\\s",
                "\\S",
                "\\w",
                "\\W",
                "\"",
                "\\\\",
                "\\n",
                "[a-c1]",
                "[\\s\\S]",
                "",
                "^",
                "$");
        return Arbitraries.recursive(
                () -> atoms,
                inner -> Arbitraries.oneOf(
                        Combinators.combine(inner, inner).as((a, b) -> a + b),
                        Combinators.combine(inner, inner).as((a, b) -> a + "|" + b),
                        Combinators.combine(inner, inner).as((a, b) -> "(?:" + a + "|" + b + ")"),
                        Combinators.combine(
                                        inner,
                                        Arbitraries.of(
                                                "*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,3}?", "{2,}",
                                                "{0}"))
                                .as((a, quantifier) -> "(" + a + ")" + quantifier)),
                1,
                4);
    }

    @Provide
    Arbitrary<String> garbage() {
        return Arbitraries.of(
                        "(", ")", "[", "]", "{", "}", "^", "$", "|", "*", "+", "?", "\\", ".", ",", "-", "<", ">", "=",
                        "!", ":", "u", "d", "p", "x", "1", "a", "🐲", "\ud83d", "\u0000", "(?", "(?<a>", "(?=", "(?!",
                        "{1,2}", "\\u", "\\p{L}", "[^", "\\x4")
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> lookingAhead() {
        Arbitrary<String> parts = patterns().map(pattern -> pattern.contains("|") ? "(?:" + pattern + ")" : pattern);
        return Combinators.combine(
                        Arbitraries.of("", "^", "a", "a?"),
                        Arbitraries.of("=", "!"),
                        patterns(),
                        parts,
                        Arbitraries.of("", "$"))
                .as((before, kind, condition, rest, end) -> before + "(?" + kind + condition + ")" + rest + end);
    }
}
