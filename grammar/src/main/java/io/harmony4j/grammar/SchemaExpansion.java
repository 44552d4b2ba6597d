package io.harmony4j.grammar;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Resolves what schemas hand on to other schemas (references, {@code allOf}, choices, negations) into branches: a value satisfies the goals if it satisfies one
 * of the branches. Not thread-safe.
 */
final class SchemaExpansion {
    /** The most branches of one value. */
    private static final int MAX_BRANCHES = 4096;

    /** The keywords with which a value has several ways to obey. */
    private static final List<String> CHOICES =
            List.of("oneOf", "anyOf", "not", "if", "dependencies", "dependentSchemas");

    private static final JsonValue OBJECT = JsonObject.of("type", JsonValue.of("object"));

    private final ScalarTexts texts;
    private final SchemaProblems problems;
    private final boolean coerceOneOf;

    /** Whether no value obeys two schemas, as far as is easily seen. */
    private final BiPredicate<Subschema, Subschema> exclude;

    SchemaExpansion(
            ScalarTexts texts,
            SchemaProblems problems,
            boolean coerceOneOf,
            BiPredicate<Subschema, Subschema> exclude) {
        this.texts = texts;
        this.problems = problems;
        this.coerceOneOf = coerceOneOf;
        this.exclude = exclude;
    }

    /** Returns the branches of goals that all are to be satisfied. */
    List<SchemaBranch> branches(List<Goal> goals) {
        List<SchemaBranch> branches = new ArrayList<>();
        expand(goals, new SchemaBranch(texts, problems), branches);
        if (branches.size() > MAX_BRANCHES) {
            tooMany(goals);
        }
        return branches;
    }

    /** Adds the branches of a branch with more goals. */
    private void expand(List<Goal> goals, SchemaBranch branch, List<SchemaBranch> found) {
        List<Goal> left = goals;
        while (!left.isEmpty() && !branch.isEmpty() && found.size() <= MAX_BRANCHES) {
            Goal goal = left.get(0);
            List<Goal> rest = left.subList(1, left.size());
            if (goal instanceof Goal.Any any) {
                for (List<Goal> alternative : any.alternatives()) {
                    expand(join(alternative, rest), branch.copy(), found);
                }
                return;
            } else if (goal instanceof Goal.Holds holds) {
                if (holds.schema().isFalse()) {
                    return;
                }
                left = join(goals(holds.schema(), holds.references()), rest);
            } else {
                branch.add(goal);
                left = rest;
            }
        }
        if (!branch.isEmpty() && found.size() <= MAX_BRANCHES) {
            found.add(branch);
        }
    }

    private void tooMany(List<Goal> goals) {
        for (Goal goal : goals) {
            if (goal instanceof Goal.Holds holds) {
                Subschema schema = holds.schema();
                String keyword =
                        CHOICES.stream().filter(schema::has).findFirst().orElse("allOf");
                problems.unsupported(
                        schema,
                        keyword,
                        "more than " + MAX_BRANCHES + " combinations of choices for one value",
                        "write fewer anyOf and oneOf side by side");
                return;
            }
        }
    }

    private static List<Goal> join(List<Goal> first, List<Goal> second) {
        List<Goal> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    /** Returns what a schema consists of, in the order in which it is written. */
    private List<Goal> goals(Subschema schema, List<String> references) {
        List<Goal> goals = new ArrayList<>();
        schema.value().members().forEach((keyword, value) -> {
            if (keyword.equals("enum")) {
                goals.add(constants(schema, value.elements()));
            } else if (keyword.equals("const")) {
                goals.add(constants(schema, List.of(value)));
            } else if (Keywords.isDirect(keyword)) {
                Goal direct = new Goal.Direct(schema);
                if (!goals.contains(direct)) {
                    goals.add(direct);
                }
            } else if (Keywords.APPLICATOR.contains(keyword)) {
                goals.addAll(applied(schema, keyword, value, references));
            } else if (!Keywords.isKnown(keyword)) {
                problems.note("The keyword \"" + keyword + "\" at " + schema.pointer() + "/" + keyword
                        + " is unknown, and says nothing");
            }
        });
        return goals;
    }

    /** Returns that a value is one of some constants; arrays and objects become schemas that nothing else obeys. */
    private static Goal constants(Subschema schema, List<JsonValue> values) {
        List<List<Goal>> alternatives = new ArrayList<>();
        List<JsonValue> scalars =
                values.stream().filter(v -> !v.isObject() && !v.isArray()).toList();
        if (!scalars.isEmpty()) {
            alternatives.add(List.of(new Goal.Among(scalars)));
        }
        for (int i = 0; i < values.size(); i++) {
            JsonValue value = values.get(i);
            if (!scalars.contains(value)) {
                JsonValue only = value.isObject() ? onlyObject(value) : onlyArray(value);
                alternatives.add(List.of(new Goal.Holds(schema.derived(only, "constant/" + i))));
            }
        }
        return alternatives.size() == 1 && scalars.size() == values.size()
                ? alternatives.get(0).get(0)
                : new Goal.Any(alternatives);
    }

    private static JsonValue onlyObject(JsonValue value) {
        JsonObject.Builder properties = JsonObject.builder();
        value.members().forEach((name, member) -> properties.put(name, JsonObject.of("const", member)));
        return JsonObject.builder()
                .put("type", "object")
                .put("properties", properties.build())
                .put("required", JsonArray.ofTexts(value.members().keySet()))
                .put("additionalProperties", false)
                .build();
    }

    private static JsonValue onlyArray(JsonValue value) {
        List<JsonObject> items = value.elements().stream()
                .map(item -> JsonObject.of("const", item))
                .toList();
        return JsonObject.builder()
                .put("type", "array")
                .put("prefixItems", JsonArray.of(items))
                .put("items", false)
                .put("minItems", items.size())
                .build();
    }

    /**
     * Returns whether it cannot be told from a branch alone which schemas a value obeys: with {@code anyOf}, others than that of the branch may hold as well,
     * and what {@code not} holds says nothing about the names of properties.
     */
    boolean isOpen(Subschema schema) {
        return isOpen(schema, new HashSet<>());
    }

    private boolean isOpen(Subschema schema, Set<String> seen) {
        if (!seen.add(schema.pointer())) {
            return false;
        } else if (schema.has("anyOf") || schema.has("not")) {
            return true;
        }
        List<Subschema> next = new ArrayList<>();
        for (String keyword : List.of("allOf", "oneOf")) {
            next.addAll(schema.has(keyword) ? variants(schema, keyword, schema.get(keyword)) : List.of());
        }
        for (String keyword : List.of("if", "then", "else")) {
            next.addAll(schema.has(keyword) ? List.of(schema.child(keyword)) : List.of());
        }
        schema.get("dependentSchemas")
                .members()
                .forEach((name, value) -> next.add(schema.child("dependentSchemas", name, value)));
        Subschema target = schema.has("$ref") ? target(schema, schema.get("$ref")) : null;
        return next.stream().anyMatch(child -> isOpen(child, seen)) || (target != null && isOpen(target, seen));
    }

    private List<Goal> applied(Subschema schema, String keyword, JsonValue value, List<String> references) {
        return switch (keyword) {
            case "$ref" -> referred(schema, value, references);
            case "allOf" ->
                variants(schema, keyword, value).stream()
                        .map(variant -> (Goal) new Goal.Holds(variant, references))
                        .toList();
            case "anyOf" ->
                List.of(new Goal.Any(variants(schema, keyword, value).stream()
                        .map(variant -> List.<Goal>of(new Goal.Holds(variant, references)))
                        .toList()));
            case "oneOf" -> List.of(oneOf(schema, variants(schema, keyword, value), references));
            case "not" -> negation(schema, keyword, schema.child("not"), references);
            case "if" -> conditional(schema, references);
            case "dependentRequired", "dependentSchemas", "dependencies" -> dependencies(schema, keyword, value);
            default -> List.of(); // then and else belong to if
        };
    }

    private List<Subschema> variants(Subschema schema, String keyword, JsonValue value) {
        if (value.elements().isEmpty()) {
            problems.wrong(schema, keyword, "expected a list of at least one schema but found " + value);
        }
        List<Subschema> variants = new ArrayList<>();
        for (int i = 0; i < value.elements().size(); i++) {
            variants.add(
                    schema.child(keyword, Integer.toString(i), value.elements().get(i)));
        }
        return variants;
    }

    private List<Goal> referred(Subschema schema, JsonValue reference, List<String> references) {
        Subschema target = target(schema, reference);
        if (target == null) {
            problems.wrong(schema, "$ref", "expected a reference within the schema but found " + reference);
        } else if (references.contains(target.pointer())) {
            problems.wrong(
                    schema,
                    "$ref",
                    "expected a reference that leads to a value but found " + reference + ", which leads to itself");
        } else {
            return List.of(new Goal.Holds(target, with(references, target)));
        }
        return List.of();
    }

    private static @Nullable Subschema target(Subschema schema, JsonValue reference) {
        String text = reference.textOrNull();
        return text == null ? null : schema.resource().document().resolve(schema, text);
    }

    private static List<String> with(List<String> references, Subschema target) {
        List<String> more = new ArrayList<>(references);
        more.add(target.pointer());
        return more;
    }

    /** Returns that a value obeys one of several schemas, and no other: those that may hold together with it must fail. */
    private Goal oneOf(Subschema schema, List<Subschema> variants, List<String> references) {
        List<List<Goal>> alternatives = new ArrayList<>();
        for (Subschema variant : variants) {
            List<Goal> goals = new ArrayList<>(List.of(new Goal.Holds(variant, references)));
            for (Subschema other : variants) {
                // a question whether values exist may be answered for more values than there are
                if (!other.equals(variant) && !problems.isMuted() && !exclude.test(variant, other)) {
                    List<Goal> fails = coerceOneOf ? null : negated(other, references);
                    if (fails == null) {
                        cannotExclude(schema, variant, other);
                    } else {
                        goals.addAll(fails);
                    }
                }
            }
            alternatives.add(goals);
        }
        return new Goal.Any(alternatives);
    }

    private void cannotExclude(Subschema schema, Subschema variant, Subschema other) {
        String found =
                "\"oneOf\" with variants that may hold together, " + variant.pointer() + " and " + other.pointer();
        if (coerceOneOf) {
            problems.note("The " + found + ", is read as anyOf");
        } else {
            problems.unsupported(
                    schema,
                    "oneOf",
                    found,
                    "write anyOf, or give each variant a required property with a constant of its own");
        }
    }

    private List<Goal> negation(Subschema schema, String keyword, Subschema negated, List<String> references) {
        List<Goal> goals = negated(negated, references);
        if (goals == null) {
            problems.unsupported(
                    schema,
                    keyword,
                    "\"" + keyword + "\" with " + negated.value().members().keySet()
                            + ", whose opposite cannot be said",
                    "say what is allowed instead");
            return List.of();
        }
        return goals;
    }

    private List<Goal> conditional(Subschema schema, List<String> references) {
        if (!schema.has("then") && !schema.has("else")) {
            return List.of();
        }
        Subschema condition = schema.child("if");
        List<Goal> then = new ArrayList<>(List.of(new Goal.Holds(condition, references)));
        if (schema.has("then")) {
            then.add(new Goal.Holds(schema.child("then"), references));
        }
        List<Goal> otherwise = new ArrayList<>(negation(schema, "if", condition, references));
        if (schema.has("else")) {
            otherwise.add(new Goal.Holds(schema.child("else"), references));
        }
        return List.of(new Goal.Any(List.of(then, otherwise)));
    }

    private static List<Goal> dependencies(Subschema schema, String keyword, JsonValue value) {
        List<Goal> goals = new ArrayList<>();
        value.members().forEach((name, dependent) -> {
            Goal absent = new Goal.Holds(schema.derived(withoutProperty(name), keyword + "/absent/" + name));
            List<String> required = new ArrayList<>(List.of(name));
            dependent.elements().forEach(other -> required.add(other.text()));
            Goal present = new Goal.Holds(schema.derived(withProperties(required), keyword + "/present/" + name));
            List<Goal> then = new ArrayList<>(List.of(present));
            if (!dependent.isArray()) {
                then.add(new Goal.Holds(schema.child(keyword, name, dependent)));
            }
            goals.add(new Goal.Any(List.of(List.of(absent), then)));
        });
        return goals;
    }

    private static JsonValue withoutProperty(String name) {
        return JsonObject.of("properties", JsonObject.of(name, JsonValue.of(false)));
    }

    private static JsonValue withProperties(List<String> names) {
        return JsonObject.builder()
                .put("type", "object")
                .put("required", JsonArray.ofTexts(names))
                .build();
    }

    /** Returns what is satisfied if a schema is not obeyed; null if that cannot be said. */
    private @Nullable List<Goal> negated(Subschema schema, List<String> references) {
        if (schema.isFalse()) {
            return List.of();
        }
        List<List<Goal>> alternatives = new ArrayList<>();
        for (Map.Entry<String, JsonValue> member : schema.value().members().entrySet()) {
            List<List<Goal>> more = negated(schema, member.getKey(), member.getValue(), references);
            if (more == null) {
                return null;
            }
            alternatives.addAll(more);
        }
        return List.of(new Goal.Any(alternatives));
    }

    /** Returns the ways not to obey a keyword; null if they cannot be said. */
    private @Nullable List<List<Goal>> negated(
            Subschema schema, String keyword, JsonValue value, List<String> references) {
        return switch (keyword) {
            case "type", "enum", "const", "pattern", "format", "multipleOf" ->
                List.of(List.of(new Goal.Disobeys(schema, keyword)));
            case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum" ->
                value.isNumber()
                        ? opposite(schema, "number", oppositeBound(schema, keyword), value.decimalValue())
                        : List.of();
            case "minLength" ->
                opposite(schema, "string", "maxLength", value.decimalValue().subtract(BigDecimal.ONE));
            case "maxLength" ->
                opposite(schema, "string", "minLength", value.decimalValue().add(BigDecimal.ONE));
            case "minItems" ->
                opposite(schema, "array", "maxItems", value.decimalValue().subtract(BigDecimal.ONE));
            case "maxItems" ->
                opposite(schema, "array", "minItems", value.decimalValue().add(BigDecimal.ONE));
            case "minProperties" ->
                opposite(schema, "object", "maxProperties", value.decimalValue().subtract(BigDecimal.ONE));
            case "maxProperties" ->
                opposite(schema, "object", "minProperties", value.decimalValue().add(BigDecimal.ONE));
            case "required" ->
                value.elements().stream()
                        .map(name -> List.<Goal>of(
                                new Goal.Direct(schema.derived(OBJECT, "object")),
                                new Goal.Holds(schema.derived(withoutProperty(name.text()), "absent/" + name.text()))))
                        .toList();
            case "properties" -> negatedProperties(schema, value, references);
            case "$ref" -> negatedReference(schema, value, references);
            case "allOf" -> negatedVariants(variants(schema, keyword, value), references);
            case "anyOf" -> negatedAnyOf(variants(schema, keyword, value), references);
            case "not" -> List.of(List.of(new Goal.Holds(schema.child("not"), references)));
            default -> Keywords.isKnown(keyword) && !Keywords.ANNOTATION.contains(keyword) ? null : List.of();
        };
    }

    private static String oppositeBound(Subschema schema, String keyword) {
        return switch (keyword) {
            case "minimum" -> schema.isTrue("exclusiveMinimum") ? "maximum" : "exclusiveMaximum";
            case "maximum" -> schema.isTrue("exclusiveMaximum") ? "minimum" : "exclusiveMinimum";
            case "exclusiveMinimum" -> "maximum";
            default -> "minimum";
        };
    }

    private static List<List<Goal>> opposite(Subschema schema, String type, String keyword, BigDecimal value) {
        if (value.signum() < 0 && !type.equals("number")) {
            return List.of();
        }
        JsonValue derived = JsonObject.builder()
                .put("type", type)
                .put(keyword, Json.parseAny(value.toString()))
                .build();
        return List.of(List.of(new Goal.Direct(schema.derived(derived, "opposite/" + keyword + value))));
    }

    private @Nullable List<List<Goal>> negatedProperties(Subschema schema, JsonValue value, List<String> references) {
        List<List<Goal>> alternatives = new ArrayList<>();
        for (Map.Entry<String, JsonValue> property : value.members().entrySet()) {
            String name = property.getKey();
            if (negated(schema.child("properties", name, property.getValue()), references) == null) {
                return null;
            }
            JsonValue fails = JsonObject.builder()
                    .put("type", "object")
                    .put("required", JsonArray.ofTexts(List.of(name)))
                    .put("properties", JsonObject.of(name, JsonObject.of("not", property.getValue())))
                    .build();
            alternatives.add(List.of(new Goal.Direct(schema.derived(fails, "opposite/" + name))));
        }
        return alternatives;
    }

    private @Nullable List<List<Goal>> negatedReference(
            Subschema schema, JsonValue reference, List<String> references) {
        Subschema target = target(schema, reference);
        return target == null || references.contains(target.pointer())
                ? null
                : negatedVariants(List.of(target), with(references, target));
    }

    /** Returns the ways not to obey all of several schemas. */
    private @Nullable List<List<Goal>> negatedVariants(List<Subschema> variants, List<String> references) {
        List<List<Goal>> alternatives = new ArrayList<>();
        for (Subschema variant : variants) {
            List<Goal> goals = negated(variant, references);
            if (goals == null) {
                return null;
            }
            alternatives.add(goals);
        }
        return alternatives;
    }

    private @Nullable List<List<Goal>> negatedAnyOf(List<Subschema> variants, List<String> references) {
        List<List<Goal>> each = negatedVariants(variants, references);
        return each == null ? null : List.of(each.stream().flatMap(List::stream).toList());
    }
}
