package io.harmony4j.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Strings as expressions, held to the JSON reader and writer. */
class StringTextTest {
    private final Regexes regexes = new Regexes();
    private final StringText strings = new StringText(regexes);

    @Property
    void aStringIsWrittenInOneWay(@ForAll("texts") String text, @ForAll("texts") String other) {
        String json = canonical(text);

        assertThat(matches(strings.literal(text), json)).isTrue();
        assertThat(matches(strings.quoted(strings.content()), json)).isTrue();
        assertThat(matches(strings.free(), json)).isTrue();
        assertThat(matches(strings.literal(text), canonical(other))).isEqualTo(text.equals(other));
        assertThat(matches(strings.literal(text), json + " ")).isFalse();
        assertThat(Json.parse(json).text()).isEqualTo(text);
    }

    @Property
    void anEscapeThatIsNotNeededIsForFreeStringsOnly(
            @ForAll("texts") String text, @ForAll("codePoints") int codePoint) {
        String escaped = "\"" + inner(canonical(text)) + unicodeEscapes(codePoint) + "\"";
        boolean isNeeded = codePoint < 0x20 && "\b\t\n\f\r".indexOf(codePoint) < 0;

        assertThat(matches(strings.free(), escaped)).as(escaped).isTrue();
        assertThat(matches(strings.quoted(strings.content()), escaped)).isEqualTo(isNeeded);
        assertThat(matches(strings.literal(text + Character.toString(codePoint)), escaped))
                .isEqualTo(isNeeded);
        assertThat(Json.parse(escaped).text()).isEqualTo(text + Character.toString(codePoint));
    }

    @Property
    void theLengthCountsCodePoints(
            @ForAll("texts") String text, @ForAll @IntRange(max = 9) int min, @ForAll @IntRange(max = 9) int max) {
        int length = text.codePointCount(0, text.length());
        boolean isWithin = min <= length && length <= max;
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> escaped.append(unicodeEscapes(c)));

        if (min <= max) {
            assertThat(matches(strings.free(min, max), canonical(text))).isEqualTo(isWithin);
            assertThat(matches(strings.free(min, max), "\"" + escaped + "\"")).isEqualTo(isWithin);
            assertThat(matches(strings.content(min, max), inner(canonical(text))))
                    .isEqualTo(isWithin);
        }
        assertThat(matches(strings.content(min, Regexes.UNBOUNDED), inner(canonical(text))))
                .isEqualTo(min <= length);
    }

    @Property
    void whatIsReadAsAStringIsAFreeString(@ForAll("almostStrings") String text) {
        boolean isString;
        try {
            JsonValue value = Json.parse(text);
            isString = value.kind() == JsonValue.Kind.STRING && text.startsWith("\"") && text.endsWith("\"");
        } catch (IllegalArgumentException notJson) {
            isString = false;
        }

        assertThat(matches(strings.free(), text)).as(text).isEqualTo(isString);
    }

    @Property
    void otherStringsAreAllButTheGiven(
            @ForAll @Size(max = 4) List<@net.jqwik.api.From("texts") String> names, @ForAll("texts") String text) {
        Regex others = strings.except(
                regexes.union(names.stream().map(strings::content).toList()));

        assertThat(matches(others, inner(canonical(text)))).isEqualTo(!names.contains(text));
        for (String name : names) {
            assertThat(matches(others, inner(canonical(name)))).isFalse();
            assertThat(matches(others, inner(canonical(name)) + "\\u0061")).isFalse();
            assertThat(matches(others, inner(canonical(name + "~!")))).isEqualTo(!names.contains(name + "~!"));
        }
    }

    @Property
    void aCharacterIsInItsSetOnly(@ForAll("codePoints") int codePoint, @ForAll("codePoints") int first) {
        String content = inner(canonical(Character.toString(codePoint)));

        assertThat(matches(strings.character(CodePointSet.of(first, 0x10FFFF)), content))
                .isEqualTo(codePoint >= first);
        assertThat(matches(strings.character(CodePointSet.of(first, 0x10FFFF)), content + "x"))
                .isFalse();
    }

    @Test
    void surrogatesComeInPairsOnly() {
        for (String valid : List.of("\\ud83d\\udc32", "\\uD83D\\uDC32", "\\ud7ff", "\\ue000", "\\uDBFF\\uDFFF")) {
            assertThat(matches(strings.free(1, 1), "\"" + valid + "\""))
                    .as(valid)
                    .isTrue();
        }
        for (String wrong :
                List.of("\\ud83d", "\\udc32", "\\udc32\\ud83d", "\\ud83dx", "\\ud83d\\ud83d", "\\ud83d\\n")) {
            assertThat(matches(strings.free(), "\"" + wrong + "\"")).as(wrong).isFalse();
        }
        byte[] rawSurrogate = {'"', (byte) 0xED, (byte) 0xA0, (byte) 0xBD, '"'};
        assertThat(Texts.matches(regexes, strings.free(), rawSurrogate)).isFalse();
        assertThat(strings.literal("a\ud83d")).isSameAs(regexes.nothing());
        assertThat(strings.literal("\udc32\ud83d")).isSameAs(regexes.nothing());
    }

    @Test
    void hexDigitsOfEscapesMayBeOfEitherCase() {
        assertThat(matches(strings.literal("\u001f"), "\"\\u001f\"")).isTrue();
        assertThat(matches(strings.literal("\u001f"), "\"\\u001F\"")).isTrue();
        assertThat(matches(strings.literal("\u001f"), "\"\u001f\"")).isFalse();
        assertThat(matches(strings.literal("\n"), "\"\\u000a\"")).isFalse();
        assertThat(matches(strings.literal("/"), "\"\\/\"")).isFalse();
        assertThat(matches(strings.literal("\u007f"), "\"\u007f\"")).isTrue();
    }

    @Test
    void aFreeStringIsAsBeforeAfterEachCharacter() {
        for (Regex string : List.of(strings.free(), strings.quoted(strings.content()))) {
            Regex opened = regexes.derivative(string, '"');
            for (String character : List.of("a", "é", "€", "🐲", "\\n", "\\\"", "\\u001f")) {
                Regex left = opened;
                for (byte value : character.getBytes(StandardCharsets.UTF_8)) {
                    left = regexes.derivative(left, value & 0xFF);
                }
                assertThat(left).as(character).isSameAs(opened);
            }
        }
    }

    @Test
    void lengthsAndLiteralsThatExcludeEachOtherAreEmpty() {
        assertThat(regexes.isEmpty(regexes.intersection(List.of(strings.content("abc"), strings.content(0, 2)))))
                .isTrue();
        assertThat(regexes.isEmpty(regexes.intersection(List.of(strings.content("ab\n"), strings.content(3, 3)))))
                .isFalse();
        assertThat(regexes.isEmpty(strings.except(strings.content()))).isTrue();
        assertThat(strings.except(strings.content())).isSameAs(regexes.nothing());
    }

    private boolean matches(Regex set, String text) {
        return Texts.matches(regexes, set, text);
    }

    /** Writes a string as the JSON writer should: an independent copy of the rule. */
    static String canonical(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int c : text.codePoints().toArray()) {
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\b' -> json.append("\\b");
                case '\f' -> json.append("\\f");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> json.append(c < 0x20 ? String.format("\\u%04x", c) : Character.toString(c));
            }
        }
        return json.append('"').toString();
    }

    private static String inner(String quoted) {
        return quoted.substring(1, quoted.length() - 1);
    }

    private static String unicodeEscapes(int codePoint) {
        StringBuilder escapes = new StringBuilder();
        for (char unit : Character.toChars(codePoint)) {
            escapes.append(String.format("\\u%04X", (int) unit));
        }
        return escapes.toString();
    }

    @Provide
    Arbitrary<Integer> codePoints() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(0, 0x7F),
                Arbitraries.integers().between(0, 0x10FFFF).filter(c -> c < 0xD800 || c > 0xDFFF));
    }

    @Provide
    Arbitrary<String> texts() {
        return codePoints().list().ofMaxSize(6).map(StringTextTest::toText);
    }

    private static String toText(List<Integer> codePoints) {
        StringBuilder text = new StringBuilder();
        codePoints.forEach(text::appendCodePoint);
        return text.toString();
    }

    @Provide
    Arbitrary<String> almostStrings() {
        return Arbitraries.of(
                        "\\", "u", "\"", "0", "d", "D", "8", "c", "00e9", "\\ud83d", "\\udc32", "n", "/", "é", "\u0001",
                        "🐲")
                .list()
                .ofMaxSize(7)
                .map(parts -> "\"" + String.join("", parts) + "\"");
    }
}
