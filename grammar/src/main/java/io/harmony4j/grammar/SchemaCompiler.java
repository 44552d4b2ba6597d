package io.harmony4j.grammar;

import io.harmony4j.json.JsonSchema;
import io.harmony4j.json.JsonValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes rules of JSON Schemas. A rule stands for a list of goals that one value must satisfy: the same goals are the same rule, so that a schema may refer to
 * itself. Not thread-safe; one for each grammar.
 *
 * @see <a href="https://json-schema.org/draft/2020-12/json-schema-validation">JSON Schema 2020-12: validation</a>
 */
final class SchemaCompiler {
    /** The most rules of one grammar. */
    private static final int MAX_RULES = 100_000;

    /** How many schemas in one another are looked into to see that two exclude each other. */
    private static final int MAX_EXCLUSION_DEPTH = 3;

    private final Regexes regexes;
    private final ScalarTexts texts;
    private final JsonPunctuation punctuation;
    private final SchemaOptions options;
    private final SchemaProblems problems;
    private final SchemaExpansion expansion;
    private final ObjectShapes objectShapes;
    private final Map<List<Goal>, ValueRule> rules = new LinkedHashMap<>();
    private final Map<ValueRule, List<Goal>> goals = new HashMap<>();
    private final Map<ArrayShape, Subschema> unchecked = new LinkedHashMap<>(); // arrays whose items should differ
    private final Deque<ValueRule> pending = new ArrayDeque<>();
    private final Map<ValueRule, String> roots = new LinkedHashMap<>();

    SchemaCompiler(Regexes regexes, SchemaOptions options) {
        this.regexes = regexes;
        this.texts = new ScalarTexts(regexes);
        this.punctuation = JsonPunctuation.of(regexes, options.whiteSpace());
        this.options = options;
        this.problems = new SchemaProblems(options.lenient());
        this.expansion = new SchemaExpansion(
                texts,
                problems,
                options.coerceOneOf(),
                (a, b) -> problems.quietly(() -> isImpossible(List.of(a, b), MAX_EXCLUSION_DEPTH)));
        this.objectShapes = new ObjectShapes(texts, problems, options, expansion, this::rule);
    }

    /**
     * Returns what obeys a schema; what it is made of is known after {@link #finish}.
     *
     * @param name whose schema it is, for messages
     */
    List<Symbol> compile(JsonSchema schema, String name) {
        ValueRule rule = rule(List.of(new Goal.Holds(new SchemaDocument(schema.value()).root())));
        roots.put(rule, name);
        Regex around = options.spaceAround() ? punctuation.space() : regexes.empty();
        return List.of(around, rule, around);
    }

    /**
     * Makes all rules, and returns what a user should know about them.
     *
     * @throws UnsupportedSchemaException if something cannot be enforced
     * @throws UnsatisfiableSchemaException if no value obeys a schema
     * @throws IllegalArgumentException if a schema is too large
     */
    List<String> finish() {
        for (ValueRule rule = pending.poll(); rule != null; rule = pending.poll()) {
            make(rule);
        }
        checkUnique();
        problems.throwIfAny();
        findPossible();
        problems.throwIfAny();
        rules.values().forEach(ValueRule::prune);
        roots.forEach((rule, name) -> {
            if (!rule.isPossible()) {
                throw new UnsatisfiableSchemaException(name);
            }
        });
        return problems.notes();
    }

    private ValueRule rule(List<Goal> of) {
        List<Goal> distinct = List.copyOf(new LinkedHashSet<>(of));
        ValueRule known = rules.get(distinct);
        if (known != null) {
            return known;
        }
        if (rules.size() >= MAX_RULES) {
            throw new IllegalArgumentException(
                    "expected schemas that need at most " + MAX_RULES + " rules but found larger ones");
        }
        ValueRule made = new ValueRule(punctuation, options.propertyOrder(), regexes.nothing());
        rules.put(distinct, made);
        goals.put(made, distinct);
        pending.add(made);
        return made;
    }

    private void make(ValueRule rule) {
        List<Goal> of = goals.getOrDefault(rule, List.of());
        List<Regex> scalars = new ArrayList<>();
        List<ArrayShape> arrays = new ArrayList<>();
        List<ObjectShape> objects = new ArrayList<>();
        for (SchemaBranch branch : expansion.branches(of)) {
            branch.checkOthers();
            scalars.add(branch.scalars());
            if (branch.allows(JsonValue.Kind.ARRAY)) {
                arrays.add(arrayShape(branch.arrays()));
            }
            if (branch.allows(JsonValue.Kind.OBJECT)) {
                objects.add(objectShapes.of(branch.objects(), whole(of)));
            }
        }
        rule.is(regexes.union(scalars), arrays, objects);
    }

    /** Returns the schema that is all that is to be obeyed, or null. */
    private static @Nullable Subschema whole(List<Goal> of) {
        return of.size() == 1 && of.get(0) instanceof Goal.Holds holds ? holds.schema() : null;
    }

    private ArrayShape arrayShape(List<Subschema> schemas) {
        int min = 0;
        int max = Regexes.UNBOUNDED;
        int prefix = 0;
        Subschema unique = null;
        for (Subschema schema : schemas) {
            if (schema.has("minItems")) {
                min = Math.max(min, SchemaBranch.count(problems, schema, "minItems", schema.get("minItems"), 0));
            }
            if (schema.has("maxItems")) {
                max = Math.min(
                        max,
                        SchemaBranch.count(problems, schema, "maxItems", schema.get("maxItems"), Regexes.UNBOUNDED));
            }
            prefix = Math.max(prefix, prefixItems(schema).size());
            unique = schema.isTrue("uniqueItems") ? schema : unique;
        }
        List<ValueRule> first = new ArrayList<>();
        for (int i = 0; i < prefix; i++) {
            first.add(item(schemas, i));
        }
        ValueRule rest = item(schemas, prefix);
        if (unique == null || max <= 1) {
            return new ArrayShape(first, rest, min, max, null);
        } else if (!first.isEmpty()) {
            cannotTellApart(unique);
            return new ArrayShape(first, rest, min, max, null);
        }
        ArrayShape shape = new ArrayShape(first, rest, min, max, new UniqueItems(texts));
        unchecked.put(shape, unique);
        return shape;
    }

    private void cannotTellApart(Subschema schema) {
        problems.unsupported(
                schema,
                "uniqueItems",
                "\"uniqueItems\" for items that may be arrays or objects, or that differ in kind by their places",
                "let items be strings, numbers or constants");
    }

    /** Takes down the arrays whose items should differ and may be arrays or objects; possible after it is known what all items are. */
    private void checkUnique() {
        unchecked.forEach((shape, schema) -> {
            if (!shape.rest().arrays().isEmpty() || !shape.rest().objects().isEmpty()) {
                cannotTellApart(schema);
            }
        });
    }

    /** Returns the rule of the item with an index. */
    private ValueRule item(List<Subschema> schemas, int index) {
        List<Goal> all = new ArrayList<>();
        for (Subschema schema : schemas) {
            List<Subschema> prefix = prefixItems(schema);
            Subschema rest = restItems(schema);
            if (index < prefix.size()) {
                all.add(new Goal.Holds(prefix.get(index)));
            } else if (rest != null) {
                all.add(new Goal.Holds(rest));
            }
        }
        return rule(all);
    }

    private static List<Subschema> prefixItems(Subschema schema) {
        String keyword = schema.get("items").isArray() ? "items" : "prefixItems"; // a list until draft 2019-09
        List<Subschema> items = new ArrayList<>();
        for (JsonValue item : schema.get(keyword).elements()) {
            items.add(schema.child(keyword, Integer.toString(items.size()), item));
        }
        return items;
    }

    private static @Nullable Subschema restItems(Subschema schema) {
        if (schema.get("items").isArray()) {
            return schema.has("additionalItems") ? schema.child("additionalItems") : null;
        }
        return schema.has("items") ? schema.child("items") : null;
    }

    /** Returns whether it is easily seen that no value obeys all of some schemas. */
    private boolean isImpossible(List<Subschema> schemas, int depth) {
        List<Goal> all =
                schemas.stream().map(schema -> (Goal) new Goal.Holds(schema)).toList();
        return isGoalImpossible(all, depth);
    }

    private boolean isGoalImpossible(List<Goal> all, int depth) {
        return expansion.branches(all).stream().allMatch(branch -> isBranchImpossible(branch, depth));
    }

    private boolean isBranchImpossible(SchemaBranch branch, int depth) {
        return regexes.isEmpty(branch.scalars())
                && (!branch.allows(JsonValue.Kind.ARRAY) || isShapeImpossible(arrayShape(branch.arrays()), depth))
                && (!branch.allows(JsonValue.Kind.OBJECT)
                        || isShapeImpossible(objectShapes.of(branch.objects(), null), depth));
    }

    private boolean isShapeImpossible(ArrayShape shape, int depth) {
        if (shape.min() > shape.max()) {
            return true;
        }
        for (int i = 0; i < Math.min(shape.min(), shape.prefix().size() + 1); i++) {
            if (depth > 0 && isGoalImpossible(goals.getOrDefault(shape.item(i), List.of()), depth - 1)) {
                return true;
            }
        }
        return false;
    }

    private boolean isShapeImpossible(ObjectShape shape, int depth) {
        return shape.min() > shape.max()
                || (depth > 0
                        && shape.properties().stream()
                                .filter(ObjectShape.Property::required)
                                .anyMatch(property ->
                                        isGoalImpossible(goals.getOrDefault(property.value(), List.of()), depth - 1)));
    }

    /** Finds the rules that some value satisfies: those whose parts are found already, again and again until there are no more. */
    private void findPossible() {
        boolean found = true;
        while (found) {
            found = false;
            for (ValueRule rule : rules.values()) {
                if (!rule.isPossible() && isPossible(rule)) {
                    rule.setPossible();
                    found = true;
                }
            }
        }
    }

    private boolean hasScalar(ValueRule rule) {
        try {
            return !regexes.isEmpty(rule.scalars());
        } catch (Regexes.TooComplexException e) {
            for (Goal goal : goals.getOrDefault(rule, List.of())) {
                if (goal instanceof Goal.Holds holds) {
                    problems.wrong(holds.schema(), "", String.valueOf(e.getMessage()));
                }
            }
            return true;
        }
    }

    private boolean isPossible(ValueRule rule) {
        return hasScalar(rule)
                || rule.arrays().stream()
                        .map(ArrayShape::possible)
                        .anyMatch(shape -> shape.min() <= shape.max() && !shape.lacksValues())
                || rule.objects().stream()
                        .anyMatch(shape ->
                                !shape.isImpossible() && !shape.possible().isImpossible());
    }
}
