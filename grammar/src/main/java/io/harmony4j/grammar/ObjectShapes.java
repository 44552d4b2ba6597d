package io.harmony4j.grammar;

import io.harmony4j.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes the shape of objects that obey several schemas. A property must obey what each schema says about its name: under {@code properties}, under every
 * pattern that the name matches, or else under {@code additionalProperties}. Not thread-safe.
 */
final class ObjectShapes {
    /** The most patterns of names in one place: names are told apart by which of them they match. */
    private static final int MAX_PATTERNS = 8;

    /** The most properties that may come in any order: the sets of those that came are told apart. */
    private static final int MAX_IN_ANY_ORDER = 20;

    private final ScalarTexts texts;
    private final SchemaProblems problems;
    private final SchemaOptions options;
    private final SchemaExpansion expansion;
    private final Function<List<Goal>, ValueRule> rules;

    /** A pattern of names. */
    private record NamePattern(Subschema schema, Regex contents, Subschema value) {}

    ObjectShapes(
            ScalarTexts texts,
            SchemaProblems problems,
            SchemaOptions options,
            SchemaExpansion expansion,
            Function<List<Goal>, ValueRule> rules) {
        this.texts = texts;
        this.problems = problems;
        this.options = options;
        this.expansion = expansion;
        this.rules = rules;
    }

    /**
     * Returns the shape of objects that obey all of some schemas.
     *
     * @param whole the schema that says all there is about the object; null if several do
     */
    ObjectShape of(List<Subschema> schemas, @Nullable Subschema whole) {
        List<NamePattern> patterns = patterns(schemas);
        Regex allowed = allowedNames(schemas);
        Set<String> names = new LinkedHashSet<>();
        schemas.forEach(
                schema -> names.addAll(schema.get("properties").members().keySet()));
        Set<String> required = required(schemas);
        names.addAll(required);
        if (options.propertyOrder() == SchemaOptions.PropertyOrder.ANY && names.size() > MAX_IN_ANY_ORDER) {
            problems.wrong(
                    schemas.get(0),
                    "properties",
                    "expected at most " + MAX_IN_ANY_ORDER + " properties, since they may come in any order, but found "
                            + names.size());
        }
        Subschema unevaluated = unevaluated(schemas, whole);
        List<ObjectShape.Property> properties = new ArrayList<>();
        for (String name : names) {
            List<Goal> goals = goals(schemas, patterns, unevaluated, name);
            if (allowed != null && !matches(allowed, name)) {
                goals.add(never(schemas.get(0)));
            }
            Regex key = texts.constant(JsonValue.of(name));
            properties.add(new ObjectShape.Property(name, key, rules.apply(goals), required.contains(name)));
        }
        int min = min(schemas, required.size());
        return new ObjectShape(
                properties,
                extras(schemas, patterns, allowed, unevaluated, names),
                min,
                limit(schemas, "maxProperties", false),
                min > 1 ? new UniqueItems(texts) : null);
    }

    private static Goal never(Subschema schema) {
        return new Goal.Holds(schema.derived(JsonValue.of(false), "never"));
    }

    private List<NamePattern> patterns(List<Subschema> schemas) {
        List<NamePattern> patterns = new ArrayList<>();
        for (Subschema schema : schemas) {
            schema.get("patternProperties").members().forEach((pattern, value) -> {
                Subschema child = schema.child("patternProperties", pattern, value);
                try {
                    patterns.add(new NamePattern(schema, texts.pattern(pattern), child));
                } catch (TextConstraintException e) {
                    problems.unsupported(schema, "patternProperties", e.found(), e.remedy());
                }
            });
        }
        if (patterns.size() > MAX_PATTERNS) {
            problems.unsupported(
                    patterns.get(0).schema,
                    "patternProperties",
                    patterns.size() + " patterns for the names of one object",
                    "write at most " + MAX_PATTERNS);
            return List.of();
        }
        return patterns;
    }

    /** Returns the contents of names that {@code propertyNames} allows; null if it is not there. */
    private @Nullable Regex allowedNames(List<Subschema> schemas) {
        Regex allowed = null;
        for (Subschema schema : schemas) {
            if (schema.has("propertyNames")) {
                List<Goal> goals = List.of(new Goal.Holds(schema.child("propertyNames")));
                Regex contents = texts.union(expansion.branches(goals).stream()
                        .map(SchemaBranch::stringContents)
                        .toList());
                allowed = allowed == null ? contents : texts.both(allowed, contents);
            }
        }
        return allowed;
    }

    private Set<String> required(List<Subschema> schemas) {
        Set<String> required = new LinkedHashSet<>();
        for (Subschema schema : schemas) {
            for (JsonValue name : schema.get("required").elements()) {
                String text = name.textOrNull();
                if (text == null) {
                    problems.wrong(schema, "required", "expected the name of a property but found " + name);
                } else {
                    required.add(text);
                }
            }
        }
        return required;
    }

    /**
     * Returns the schema with {@code unevaluatedProperties}, if there is one. What is evaluated can be told if that schema says all there is about the object,
     * and if it is known which of the schemas that it hands on to hold.
     */
    private @Nullable Subschema unevaluated(List<Subschema> schemas, @Nullable Subschema whole) {
        Subschema found = null;
        for (Subschema schema : schemas) {
            if (schema.has("unevaluatedProperties")) {
                if (!schema.equals(whole) || expansion.isOpen(schema)) {
                    problems.unsupported(
                            schema,
                            "unevaluatedProperties",
                            "\"unevaluatedProperties\" beside anyOf, not, or other schemas for the same object",
                            "write additionalProperties");
                }
                found = schema;
            }
        }
        return found;
    }

    /** Returns what a property with a name must obey. */
    private List<Goal> goals(
            List<Subschema> schemas, List<NamePattern> patterns, @Nullable Subschema unevaluated, String name) {
        List<NamePattern> matching = patterns.stream()
                .filter(pattern -> matches(pattern.contents, name))
                .toList();
        return goals(
                schemas,
                matching,
                unevaluated,
                schema -> schema.get("properties").members().containsKey(name)
                        ? schema.child(
                                "properties", name, schema.get("properties").get(name))
                        : null);
    }

    /** Returns what a property must obey that matches some patterns, and that schemas may say something about by name. */
    private static List<Goal> goals(
            List<Subschema> schemas,
            List<NamePattern> matching,
            @Nullable Subschema unevaluated,
            Function<Subschema, @Nullable Subschema> byName) {
        List<Goal> goals = new ArrayList<>();
        for (Subschema schema : schemas) {
            int before = goals.size();
            Subschema named = byName.apply(schema);
            if (named != null) {
                goals.add(new Goal.Holds(named));
            }
            for (NamePattern pattern : matching) {
                if (pattern.schema.equals(schema)) {
                    goals.add(new Goal.Holds(pattern.value));
                }
            }
            if (goals.size() == before && schema.has("additionalProperties")) {
                goals.add(new Goal.Holds(schema.child("additionalProperties")));
            }
        }
        if (goals.isEmpty() && unevaluated != null) {
            goals.add(new Goal.Holds(unevaluated.child("unevaluatedProperties")));
        }
        return goals;
    }

    /** Returns the properties without names of their own, one entry for each set of patterns that a name may match. */
    private List<ObjectShape.Extra> extras(
            List<Subschema> schemas,
            List<NamePattern> patterns,
            @Nullable Regex allowed,
            @Nullable Subschema unevaluated,
            Set<String> names) {
        List<ObjectShape.Extra> extras = new ArrayList<>();
        for (int set = 0; set < 1 << patterns.size(); set++) {
            List<NamePattern> matching = new ArrayList<>();
            Regex contents = allowed == null ? texts.anyContent() : allowed;
            for (int i = 0; i < patterns.size(); i++) {
                Regex pattern = patterns.get(i).contents;
                boolean matches = ((set >> i) & 1) == 1;
                contents = matches ? texts.both(contents, pattern) : texts.without(contents, pattern);
                if (matches) {
                    matching.add(patterns.get(i));
                }
            }
            if (!names.isEmpty()) {
                contents = texts.without(
                        contents, texts.union(names.stream().map(texts::content).toList()));
            }
            boolean isFree = allowed == null && patterns.isEmpty() && names.isEmpty();
            if (!texts.regexes().isEmpty(contents)) {
                List<Goal> goals = goals(schemas, matching, unevaluated, schema -> null);
                extras.add(new ObjectShape.Extra(isFree ? texts.anyKey() : texts.keys(contents), rules.apply(goals)));
            }
        }
        return extras;
    }

    private boolean matches(Regex contents, String name) {
        Regexes regexes = texts.regexes();
        return !regexes.isEmpty(texts.both(contents, texts.content(name)));
    }

    private int min(List<Subschema> schemas, int required) {
        int min = limit(schemas, "minProperties", true);
        return min <= required ? 0 : min;
    }

    private int limit(List<Subschema> schemas, String keyword, boolean isMin) {
        int limit = isMin ? 0 : Regexes.UNBOUNDED;
        for (Subschema schema : schemas) {
            if (schema.has(keyword)) {
                int count = SchemaBranch.count(problems, schema, keyword, schema.get(keyword), limit);
                limit = isMin ? Math.max(limit, count) : Math.min(limit, count);
            }
        }
        return limit;
    }
}
