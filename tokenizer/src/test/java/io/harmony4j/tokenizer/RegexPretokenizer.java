package io.harmony4j.tokenizer;

import com.ibm.icu.text.UnicodeSet;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The definition of {@link Pretokenizer}: o200k's pattern itself. The classes are spelled out from ICU4J's Unicode 16,
 * so that the pattern means the same on every JDK.
 */
final class RegexPretokenizer {
    private static final String LETTER_OR_NUMBER = ranges("[[:L:][:N:]]");
    private static final String UPPER = "[" + ranges("[[:Lu:][:Lt:][:Lm:][:Lo:][:M:]]") + "]";
    private static final String LOWER = "[" + ranges("[[:Ll:][:Lm:][:Lo:][:M:]]") + "]";
    private static final String SPACE = ranges("[:White_Space:]");
    private static final String PREFIX = "[^\\r\\n" + LETTER_OR_NUMBER + "]?";
    private static final String CONTRACTION = "(?iu:'s|'t|'re|'ve|'m|'ll|'d)?";

    private static final Pattern PATTERN = Pattern.compile(String.join(
            "|",
            PREFIX + UPPER + "*" + LOWER + "+" + CONTRACTION,
            PREFIX + UPPER + "+" + LOWER + "*" + CONTRACTION,
            "[" + ranges("[:N:]") + "]{1,3}",
            " ?[^" + SPACE + LETTER_OR_NUMBER + "]+[\\r\\n/]*",
            "[" + SPACE + "]*[\\r\\n]+",
            "[" + SPACE + "]+(?![^" + SPACE + "])",
            "[" + SPACE + "]+"));

    private RegexPretokenizer() {}

    static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        for (Matcher matcher = PATTERN.matcher(text); matcher.find(); ) {
            pieces.add(matcher.group());
        }
        return pieces;
    }

    private static String ranges(String set) {
        StringBuilder ranges = new StringBuilder();
        for (UnicodeSet.EntryRange range : new UnicodeSet(set).ranges()) {
            ranges.append(String.format("\\x{%x}-\\x{%x}", range.codepoint, range.codepointEnd));
        }
        return ranges.toString();
    }
}
