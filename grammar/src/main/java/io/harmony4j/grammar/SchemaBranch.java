package io.harmony4j.grammar;

import io.harmony4j.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What schemas that all hold say about a value, without choices between schemas: which kinds of values are left, the bounds of numbers, the constraints on
 * strings, and the schemas that say something about arrays and objects. Not thread-safe.
 */
final class SchemaBranch {
    /** The word of {@code type} for numbers without a fraction. */
    private static final String INTEGER = "integer";

    private final ScalarTexts texts;
    private final SchemaProblems problems;
    private final Set<JsonValue.Kind> kinds = EnumSet.allOf(JsonValue.Kind.class);
    private boolean onlyIntegers;
    private final List<NumberBound> bounds = new ArrayList<>();
    private final List<BigDecimal> multiples = new ArrayList<>();
    private final List<Regex> contents = new ArrayList<>(); // of strings
    private int minLength; // in code points
    private int maxLength = Regexes.UNBOUNDED;
    private @Nullable List<JsonValue> constants; // scalars; null if there is no enum
    private final List<JsonValue> others = new ArrayList<>(); // scalars that the value is not
    private final List<Other> structuredOthers = new ArrayList<>();
    private final List<BigDecimal> noMultiples = new ArrayList<>();
    private final List<Subschema> arrays = new ArrayList<>();
    private final List<Subschema> objects = new ArrayList<>();

    /** An array or object that the value is not. */
    private record Other(Subschema schema, String keyword, JsonValue value) {}

    SchemaBranch(ScalarTexts texts, SchemaProblems problems) {
        this.texts = texts;
        this.problems = problems;
    }

    SchemaBranch copy() {
        SchemaBranch copy = new SchemaBranch(texts, problems);
        copy.kinds.retainAll(kinds);
        copy.onlyIntegers = onlyIntegers;
        copy.bounds.addAll(bounds);
        copy.multiples.addAll(multiples);
        copy.contents.addAll(contents);
        copy.minLength = minLength;
        copy.maxLength = maxLength;
        copy.constants = constants;
        copy.others.addAll(others);
        copy.structuredOthers.addAll(structuredOthers);
        copy.noMultiples.addAll(noMultiples);
        copy.arrays.addAll(arrays);
        copy.objects.addAll(objects);
        return copy;
    }

    /** Returns whether no value is left. */
    boolean isEmpty() {
        return kinds.isEmpty();
    }

    boolean allows(JsonValue.Kind kind) {
        return kinds.contains(kind);
    }

    /** Returns the schemas that say something about arrays, in order. */
    List<Subschema> arrays() {
        return arrays;
    }

    /** Returns the schemas that say something about objects, in order. */
    List<Subschema> objects() {
        return objects;
    }

    /** Adds a goal that is not made of others. */
    void add(Goal goal) {
        if (goal instanceof Goal.Among among) {
            addConstants(among.constants());
        } else if (goal instanceof Goal.Disobeys disobeys) {
            addOpposite(disobeys.schema(), disobeys.keyword());
        } else if (goal instanceof Goal.Direct direct) {
            addDirect(direct.schema());
        } else {
            throw new IllegalArgumentException("expected a goal that is not made of others but found " + goal);
        }
    }

    private void addDirect(Subschema schema) {
        Set<String> keywords = schema.value().members().keySet();
        schema.value().members().forEach((keyword, value) -> {
            if (Keywords.SCALAR.contains(keyword)) {
                addScalar(schema, keyword, value);
            } else if (Keywords.REFUSED.contains(keyword)) {
                refuse(schema, keyword);
            }
        });
        if (keywords.stream().anyMatch(Keywords.ARRAY::contains)) {
            arrays.add(schema);
        }
        if (keywords.stream().anyMatch(Keywords.OBJECT::contains)) {
            objects.add(schema);
        }
    }

    private void addOpposite(Subschema schema, String keyword) {
        JsonValue value = schema.get(keyword);
        switch (keyword) {
            case "enum" -> addOthers(schema, keyword, value.elements());
            case "const" -> addOthers(schema, keyword, List.of(value));
            case "type" -> addOtherTypes(schema, value);
            case "multipleOf" -> addNoMultiple(schema, keyword, value.decimalValue());
            default -> {
                kinds.retainAll(Set.of(JsonValue.Kind.STRING));
                SchemaBranch branch = new SchemaBranch(texts, problems);
                branch.addScalar(schema, keyword, value);
                branch.contents.forEach(contents -> this.contents.add(texts.exceptContents(contents)));
                if (branch.contents.isEmpty()) {
                    kinds.clear(); // it says nothing, so nothing disobeys it
                }
            }
        }
    }

    private void refuse(Subschema schema, String keyword) {
        boolean needsContains = keyword.equals("minContains") || keyword.equals("maxContains");
        if (!needsContains || schema.has("contains")) {
            problems.unsupported(
                    schema,
                    keyword,
                    "\"" + keyword + "\", which is not known before the end of the value",
                    "say it in the description");
        }
    }

    private void addScalar(Subschema schema, String keyword, JsonValue value) {
        switch (keyword) {
            case "type" -> addType(schema, value);
            case "enum", "const" -> {} // goals of their own
            case "minLength" -> minLength = Math.max(minLength, count(schema, keyword, value, 0));
            case "maxLength" -> maxLength = Math.min(maxLength, count(schema, keyword, value, Regexes.UNBOUNDED));
            case "pattern" -> addContents(schema, keyword, () -> texts.pattern(value.text()));
            case "format" -> addFormat(schema, value);
            default -> addNumeric(schema, keyword, value);
        }
    }

    private void addType(Subschema schema, JsonValue value) {
        Set<JsonValue.Kind> named = EnumSet.noneOf(JsonValue.Kind.class);
        boolean anyNumber = false;
        boolean integer = false;
        for (JsonValue type : value.isArray() ? value.elements() : List.of(value)) {
            String word = type.textOrNull();
            if (INTEGER.equals(word)) {
                integer = true;
                named.add(JsonValue.Kind.NUMBER);
            } else {
                JsonValue.Kind kind = kind(word);
                anyNumber |= kind == JsonValue.Kind.NUMBER;
                if (kind == null) {
                    problems.wrong(schema, "type", "expected the name of a type but found " + type);
                } else {
                    named.add(kind);
                }
            }
        }
        kinds.retainAll(named);
        onlyIntegers = onlyIntegers || (integer && !anyNumber);
    }

    private static JsonValue.@Nullable Kind kind(@Nullable String word) {
        for (JsonValue.Kind kind : JsonValue.Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(word)) {
                return kind;
            }
        }
        return null;
    }

    /** Leaves the constants that are scalars; those that are not are schemas of their own. */
    private void addConstants(List<JsonValue> values) {
        List<JsonValue> known = constants;
        constants = values.stream()
                .filter(value -> !value.isObject() && !value.isArray())
                .filter(value -> known == null || known.stream().anyMatch(other -> areEqual(value, other)))
                .toList();
        kinds.retainAll(constants.stream().map(JsonValue::kind).toList());
    }

    /** Leaves out constants. */
    private void addOthers(Subschema schema, String keyword, List<JsonValue> values) {
        for (JsonValue value : values) {
            if (value.isObject() || value.isArray()) {
                structuredOthers.add(new Other(schema, keyword, value));
            } else {
                others.add(value);
            }
        }
    }

    private void addNoMultiple(Subschema schema, String keyword, BigDecimal divisor) {
        kinds.retainAll(Set.of(JsonValue.Kind.NUMBER));
        BigDecimal checked = attempt(schema, keyword, () -> texts.checkMultiple(divisor));
        if (checked != null) {
            noMultiples.add(checked);
        }
    }

    /** Leaves the kinds that a list of types does not name; numbers are left with a fraction if it names integers only. */
    private void addOtherTypes(Subschema schema, JsonValue types) {
        SchemaBranch named = new SchemaBranch(texts, problems);
        named.addType(schema, types);
        Set<JsonValue.Kind> left = EnumSet.complementOf(EnumSet.copyOf(named.kinds));
        if (named.onlyIntegers) {
            left.add(JsonValue.Kind.NUMBER);
            noMultiples.add(BigDecimal.ONE);
        }
        kinds.retainAll(left);
    }

    /** Takes down constants that are to be left out and cannot be, since they are arrays or objects. */
    void checkOthers() {
        for (Other other : structuredOthers) {
            if (allows(other.value.kind())) {
                problems.unsupported(
                        other.schema,
                        other.keyword,
                        "\"not\" with the constant " + other.value,
                        "say what is allowed instead");
            }
        }
    }

    static boolean areEqual(JsonValue a, JsonValue b) {
        return (a.isNumber() && b.isNumber()) ? a.decimalValue().compareTo(b.decimalValue()) == 0 : a.equals(b);
    }

    private void addFormat(Subschema schema, JsonValue value) {
        String name = value.textOrNull();
        if (name == null) {
            return;
        }
        StringFormat format = StringFormat.of(name);
        switch (format.kind()) {
            case ASSERTED -> contents.add(texts.format(format));
            case NOT_BUILT ->
                problems.unsupported(
                        schema, "format", "the format \"" + name + "\", which is not built in", "write a pattern");
            case ANNOTATION ->
                problems.note(
                        "The format \"" + name + "\" at " + schema.pointer() + "/format is unknown, and says nothing");
        }
    }

    private interface Constraint<T> {
        T make();
    }

    private void addContents(Subschema schema, String keyword, Constraint<Regex> constraint) {
        Regex made = attempt(schema, keyword, constraint);
        if (made != null) {
            contents.add(made);
        }
    }

    private <T> @Nullable T attempt(Subschema schema, String keyword, Constraint<T> constraint) {
        try {
            return constraint.make();
        } catch (TextConstraintException e) {
            if (e.reason() == TextConstraintException.Reason.NOT_VALID) {
                problems.wrong(schema, keyword, e.found());
            } else {
                problems.unsupported(schema, keyword, e.found(), e.remedy());
            }
            return null;
        } catch (IllegalArgumentException e) { // another kind of value than the keyword has
            problems.wrong(schema, keyword, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private void addNumeric(Subschema schema, String keyword, JsonValue value) {
        if (value.isBoolean()) { // exclusive bounds of draft 4 belong to the other keyword
            return;
        }
        boolean isMultiple = keyword.equals("multipleOf");
        NumberBound bound =
                isMultiple ? null : attempt(schema, keyword, () -> bound(schema, keyword, value.decimalValue()));
        BigDecimal multiple =
                isMultiple ? attempt(schema, keyword, () -> texts.checkMultiple(value.decimalValue())) : null;
        if (bound != null) {
            bounds.add(bound);
        }
        if (multiple != null) {
            multiples.add(multiple);
        }
    }

    private static NumberBound bound(Subschema schema, String keyword, BigDecimal value) {
        return switch (keyword) {
            case "minimum" -> schema.isTrue("exclusiveMinimum") ? NumberBound.above(value) : NumberBound.atLeast(value);
            case "maximum" -> schema.isTrue("exclusiveMaximum") ? NumberBound.below(value) : NumberBound.atMost(value);
            case "exclusiveMinimum" -> NumberBound.above(value);
            default -> NumberBound.below(value);
        };
    }

    private int count(Subschema schema, String keyword, JsonValue value, int otherwise) {
        return count(problems, schema, keyword, value, otherwise);
    }

    /** Returns a count of at least 0 that may be written as 2.0; one that is larger than any length is {@link Regexes#UNBOUNDED}. */
    static int count(SchemaProblems problems, Subschema schema, String keyword, JsonValue value, int otherwise) {
        if (!value.isNumber()
                || value.decimalValue().signum() < 0
                || value.decimalValue().stripTrailingZeros().scale() > 0) {
            problems.wrong(schema, keyword, "expected a whole number that is not negative but found " + value);
            return otherwise;
        }
        return value.decimalValue().min(BigDecimal.valueOf(Regexes.UNBOUNDED)).intValue();
    }

    /** Returns the texts of the values that are neither arrays nor objects. */
    Regex scalars() {
        List<Regex> all = new ArrayList<>();
        if (constants != null) {
            constants.forEach(value -> all.add(constant(value)));
        } else {
            if (allows(JsonValue.Kind.NULL)) {
                all.add(texts.constant(JsonValue.ofNull()));
            }
            if (allows(JsonValue.Kind.BOOLEAN)) {
                all.add(texts.constant(JsonValue.of(true)));
                all.add(texts.constant(JsonValue.of(false)));
            }
            if (allows(JsonValue.Kind.NUMBER)) {
                all.add(numbers());
            }
            if (allows(JsonValue.Kind.STRING)) {
                all.add(strings());
            }
        }
        return texts.except(
                texts.union(all),
                others.stream().filter(other -> allows(other.kind())).toList(),
                onlyIntegers);
    }

    private Regex constant(JsonValue value) {
        if (!allows(value.kind())) {
            return texts.none();
        } else if (value.isNumber()) {
            Regex allowed = numbers();
            return texts.both(texts.numberConstant(value.decimalValue(), onlyIntegers), allowed);
        }
        return value.isString() ? texts.both(texts.constant(value), strings()) : texts.constant(value);
    }

    private Regex numbers() {
        return texts.number(onlyIntegers, bounds, multiples, noMultiples);
    }

    private Regex strings() {
        return texts.strings(contents, minLength, maxLength);
    }

    /** Returns the canonical contents of the strings that are left. */
    Regex stringContents() {
        if (!allows(JsonValue.Kind.STRING)) {
            return texts.none();
        }
        Function<JsonValue, Regex> content = value -> value.isString() ? texts.content(value.text()) : texts.none();
        Regex free = texts.contents(contents, minLength, maxLength);
        Regex named = constants == null
                ? free
                : texts.both(free, texts.union(constants.stream().map(content).toList()));
        return others.isEmpty()
                ? named
                : texts.without(named, texts.union(others.stream().map(content).toList()));
    }
}
