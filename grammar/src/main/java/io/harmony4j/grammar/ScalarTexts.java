package io.harmony4j.grammar;

import io.harmony4j.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The texts of JSON values that are neither arrays nor objects. Not thread-safe. */
final class ScalarTexts {
    private final Regexes regexes;
    private final StringText strings;
    private final NumberText numbers;

    ScalarTexts(Regexes regexes) {
        this.regexes = regexes;
        this.strings = new StringText(regexes);
        this.numbers = new NumberText(regexes);
    }

    Regexes regexes() {
        return regexes;
    }

    Regex none() {
        return regexes.nothing();
    }

    Regex union(Collection<Regex> sets) {
        return regexes.union(sets);
    }

    Regex both(Regex set, Regex other) {
        return regexes.intersection(List.of(set, other));
    }

    Regex without(Regex set, Regex other) {
        return regexes.difference(set, other);
    }

    /** Returns the text of null, true, false, or a string. */
    Regex constant(JsonValue value) {
        return value.isString() ? strings.literal(value.text()) : regexes.literal(value.toString());
    }

    Regex numberConstant(BigDecimal value, boolean onlyIntegers) {
        return numbers.equalTo(value, onlyIntegers);
    }

    /**
     * Returns numbers.
     *
     * @param noMultiples what they are no multiples of
     */
    Regex number(
            boolean onlyIntegers, List<NumberBound> bounds, List<BigDecimal> multiples, List<BigDecimal> noMultiples) {
        Regex all = numbers.number(onlyIntegers, bounds, multiples);
        for (BigDecimal divisor : noMultiples) {
            Regex plain = numbers.number(onlyIntegers, List.of(), List.of(divisor));
            // without exponent, as multiples are written
            all = without(both(all, numbers.decimal()), plain);
        }
        return all;
    }

    /**
     * Returns a number if a multiple of it can be told.
     *
     * @throws TextConstraintException if not
     */
    BigDecimal checkMultiple(BigDecimal value) {
        numbers.number(false, List.of(), List.of(value));
        return value;
    }

    /** Returns the strings with quotes that have contents of all sets, and one of some lengths in code points. */
    Regex strings(List<Regex> contents, int min, int max) {
        return contents.isEmpty() ? strings.free(min, max) : strings.quoted(contents(contents, min, max));
    }

    /**
     * Returns the contents that all sets have, of some lengths in code points. If one is a number of characters of some kind, as that of many patterns, the
     * lengths are limits of that number.
     */
    Regex contents(List<Regex> contents, int min, int max) {
        List<Regex> all = new ArrayList<>();
        int least = min;
        int most = max;
        for (Regex content : contents) {
            if (content.shape() instanceof Regex.Repeat repeat
                    && strings.isCharacter(repeat.of())
                    && (least > 0 || most < Regexes.UNBOUNDED)) {
                least = Math.max(least, repeat.min());
                most = Math.min(most, repeat.max());
                all.add(regexes.repeat(repeat.of(), least, most));
                least = 0;
                most = Regexes.UNBOUNDED;
            } else {
                all.add(content);
            }
        }
        if (all.isEmpty() || least > 0 || most < Regexes.UNBOUNDED) {
            all.add(strings.content(least, most));
        }
        return regexes.intersection(all);
    }

    Regex exceptContents(Regex contents) {
        return strings.except(contents);
    }

    Regex content(String value) {
        return strings.content(value);
    }

    /** Returns the contents that match a pattern of JSON Schema. */
    Regex pattern(String pattern) {
        return strings.pattern(pattern);
    }

    Regex format(StringFormat format) {
        return format.content(strings);
    }

    /** Returns strings with any content but those of the given names; in any writing if there are no names. */
    Regex keys(Regex contents) {
        return strings.quoted(contents);
    }

    Regex anyKey() {
        return strings.free();
    }

    Regex anyContent() {
        return strings.content();
    }

    /** Returns the texts of a set but for some values, in all their writings. */
    Regex except(Regex set, List<JsonValue> values, boolean onlyIntegers) {
        Regex left = set;
        for (JsonValue value : values) {
            if (value.isString()) {
                // strings that are equal may be written differently, so only one writing is left
                Regex canonical = strings.quoted(strings.except(strings.content(value.text())));
                Regex notStrings = regexes.complement(regexes.sequence(regexes.literal("\""), regexes.anything()));
                left = both(left, union(List.of(canonical, notStrings)));
            } else if (value.isNumber()) {
                Regex notNumbers = regexes.complement(numbers.any());
                left = both(
                        left, union(List.of(numbers.differentFrom(value.decimalValue(), onlyIntegers), notNumbers)));
            } else {
                left = without(left, constant(value));
            }
        }
        return left;
    }
}
