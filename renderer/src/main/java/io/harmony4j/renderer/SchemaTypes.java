package io.harmony4j.renderer;

import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonSchema;
import io.harmony4j.json.JsonValue;
import io.harmony4j.renderer.SchemaReferences.Target;
import io.harmony4j.renderer.TypeNode.ArrayOf;
import io.harmony4j.renderer.TypeNode.Intersection;
import io.harmony4j.renderer.TypeNode.MapOf;
import io.harmony4j.renderer.TypeNode.ObjectOf;
import io.harmony4j.renderer.TypeNode.Tuple;
import io.harmony4j.renderer.TypeNode.Typed;
import io.harmony4j.renderer.TypeNode.Union;
import io.harmony4j.renderer.TypeNode.Variant;
import io.harmony4j.renderer.TypeNode.Word;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Schemas to types: what each keyword becomes. Belongs to one schema and what it refers to. */
final class SchemaTypes {
    /** How many references may be written in each other's place. */
    private static final int MAX_REFERENCE_DEPTH = 64;

    private static final String TYPE = "type";
    private static final String ALL_OF = "allOf";
    private static final String ITEMS = "items";
    private static final String ADDITIONAL_PROPERTIES = "additionalProperties";
    private static final String PROPERTY_NAMES = "propertyNames";
    private static final String MIN_ITEMS = "minItems";
    private static final String MAX_ITEMS = "maxItems";

    private final SchemaReferences references;

    /** The most characters of a text in which something is written in the place of a reference. */
    private final int limit;

    /** A lower bound of the characters of the types so far. */
    private long length;

    private int referenceDepth;
    private boolean hasReferences;
    private boolean isTooLong;

    SchemaTypes(SchemaReferences references, int limit) {
        this.references = references;
        this.limit = limit;
    }

    /** Returns whether the text is too long for what is written in the place of references. If so, no type means anything. */
    boolean isTooLong(long textLength) {
        isTooLong |=
                hasReferences && (textLength > limit || referenceDepth > MAX_REFERENCE_DEPTH || references.isTooMuch());
        return isTooLong;
    }

    /** Returns the type for a schema; any JSON is one, at worst of type {@code any}. */
    Typed typed(JsonValue schema) {
        return typed(schema, Set.of());
    }

    /** @param required further names of properties that must be there */
    private Typed typed(JsonValue schema, Set<String> required) {
        length += "any".length();
        if (isTooLong(length) || !(schema instanceof JsonObject object)) {
            TypeNode type = schema.equals(JsonValue.of(false)) ? TypeNode.NEVER : TypeNode.ANY;
            return new Typed(type, new JsonSchema(schema), List.of(), List.of());
        }
        int depthBefore = referenceDepth;
        Typed typed = new Work(object, required).run();
        referenceDepth = depthBefore;
        return typed;
    }

    private Word word(String text) {
        length += text.length();
        return new Word(text);
    }

    /** One schema at work. */
    private final class Work {
        private JsonObject schema;
        private final Set<String> required;

        /** Keywords that the type shows. */
        private final Set<String> expressed = new HashSet<>();

        private final List<String> constraints = new ArrayList<>();
        private final List<String> lines = new ArrayList<>();

        /** What is said of the items, to be the last of the constraints. */
        private final List<String> itemConstraints = new ArrayList<>();

        /** Types that all hold. */
        private final Set<TypeNode> parts = new LinkedHashSet<>();

        Work(JsonObject schema, Set<String> required) {
            this.schema = schema;
            this.required = new HashSet<>(required);
        }

        Typed run() {
            follow();
            List<JsonValue> all = schema.get(ALL_OF).elements();
            Set<String> elsewhere = requiredElsewhere(all);
            required.addAll(new JsonSchema(schema).required());
            required.addAll(elsewhere);
            TypeNode own = own();
            constraints.addAll(SchemaNotes.constraints(schema, expressed));
            constraints.addAll(itemConstraints);
            lines.addAll(SchemaNotes.lines(schema, expressed));
            if (!isRepeated()) {
                parts.add(own);
            }
            allOf(all, elsewhere);
            parts.add(variants("anyOf", elsewhere));
            parts.add(variants("oneOf", elsewhere));
            TypeNode type = combined();
            return new Typed(
                    new JsonSchema(schema).isNullable() ? TypeNode.nullable(type) : type,
                    new JsonSchema(schema),
                    constraints,
                    lines);
        }

        /** Puts in the place of a reference what it refers to, or the name of that. */
        private void follow() {
            while (true) {
                String reference = schema.get("$ref").textOrNull();
                if (reference != null) {
                    JsonObject beside = schema.without("$ref");
                    Target target = references.target(reference);
                    String name = target == null ? null : references.name(target);
                    if (target == null || name != null) {
                        schema = beside;
                        if (name == null) {
                            lines.add("$ref: " + SchemaNotes.bare(JsonValue.of(reference)));
                        } else {
                            parts.add(word(name));
                        }
                        return;
                    }
                    inline(target, beside);
                } else if (SchemaMerge.isOneOfAll(schema)) {
                    JsonValue only = schema.get(ALL_OF).elements().get(0);
                    schema = SchemaMerge.merged(only, schema.without(ALL_OF));
                } else {
                    return;
                }
            }
        }

        private void inline(Target target, JsonObject beside) {
            hasReferences = true;
            referenceDepth++;
            if (target.schema().equals(JsonValue.of(false))) {
                parts.add(TypeNode.NEVER);
            }
            schema = SchemaMerge.merged(target.schema(), beside);
        }

        /** Returns the names of properties that must be there according to a schema that does not declare them. */
        private Set<String> requiredElsewhere(List<JsonValue> all) {
            Set<String> names = new HashSet<>(required);
            List<JsonValue> schemas = new ArrayList<>(all);
            schemas.add(schema);
            for (JsonValue each : schemas) {
                Set<String> declared = each.get("properties").members().keySet();
                new JsonSchema(each)
                        .required().stream()
                                .filter(name -> !declared.contains(name))
                                .forEach(names::add);
            }
            return names;
        }

        /** Returns the type by the schema's own values, or else by its types. */
        private TypeNode own() {
            JsonValue constant = schema.members().get("const");
            if (constant != null) {
                return word(TypeScriptTokens.literal(constant));
            }
            List<JsonValue> values = schema.get("enum").elements();
            if (!values.isEmpty()) {
                return TypeNode.union(values.stream()
                        .map(value -> (TypeNode) word(TypeScriptTokens.literal(value)))
                        .toList());
            }
            List<String> types = types();
            if (types.isEmpty()) {
                return TypeNode.ANY;
            }
            if (types.contains("integer") && !types.contains("number")) {
                constraints.add("integer");
            }
            return TypeNode.union(types.stream().map(this::ofType).toList());
        }

        private List<String> types() {
            JsonSchema plain = new JsonSchema(schema);
            List<String> types = plain.type().map(List::of).orElse(plain.types());
            if (!types.isEmpty()) {
                return types;
            }
            if (schema.get("properties").isObject() || schema.members().containsKey(ADDITIONAL_PROPERTIES)) {
                return List.of("object");
            }
            boolean isArray = schema.members().containsKey(ITEMS)
                    || schema.get("prefixItems").isArray();
            return isArray ? List.of("array") : List.of();
        }

        private TypeNode ofType(String type) {
            return switch (type) {
                case "object" -> object();
                case "array" -> array();
                case "string", "number", "boolean" -> word(type);
                case "integer" -> word("number");
                case "null" -> TypeNode.NULL;
                default -> TypeNode.ANY;
            };
        }

        private TypeNode object() {
            Map<String, JsonValue> properties = schema.get("properties").members();
            JsonValue additional = schema.get(ADDITIONAL_PROPERTIES);
            if (properties.isEmpty()) {
                return map(additional);
            }
            Map<String, Typed> types = new LinkedHashMap<>();
            properties.forEach((name, property) -> {
                length += name.length() + 3;
                types.put(name, typed(property));
            });
            return new ObjectOf(types, required, additional.isObject() ? typed(additional) : null);
        }

        /** Returns the type of an object without known properties. */
        private TypeNode map(JsonValue additional) {
            boolean isClosed = additional.equals(JsonValue.of(false))
                    && schema.get("patternProperties").members().isEmpty();
            if (isClosed) {
                return new ObjectOf(Map.of(), Set.of(), null);
            }
            Set<String> keys = new LinkedHashSet<>();
            for (JsonValue key : schema.get(PROPERTY_NAMES).get("enum").elements()) {
                if (key.isString()) {
                    keys.add(word(TypeScriptTokens.literal(key)).text());
                }
            }
            if (!keys.isEmpty()) {
                expressed.add(PROPERTY_NAMES);
            }
            TypeNode values = TypeNode.ANY;
            if (additional.isObject()) {
                Typed value = typed(additional);
                values = value.type();
                addNotes(ADDITIONAL_PROPERTIES, SchemaNotes.all(value, true));
            }
            return new MapOf(List.copyOf(keys), values);
        }

        private TypeNode array() {
            List<JsonValue> first = schema.get("prefixItems").elements();
            JsonValue rest = schema.get(ITEMS);
            if (rest.isArray()) { // as until draft 2019-09
                first = rest.elements();
                rest = schema.get("additionalItems");
            }
            return first.isEmpty() ? arrayOf(rest) : tuple(first, rest);
        }

        private TypeNode arrayOf(JsonValue items) {
            Typed item = typed(items);
            boolean isObject = item.type() instanceof ObjectOf;
            List<String> notes = SchemaNotes.all(item, !isObject);
            if (notes.equals(List.of(String.join(", ", item.constraints())))) {
                itemConstraints.add(ITEMS + ": " + notes.get(0));
            } else {
                addNotes(ITEMS, notes);
            }
            List<String> comments = isObject
                    ? item.schema().description().map(TypeScriptTokens::lines).orElse(List.of())
                    : List.of();
            return new ArrayOf(item.type(), comments);
        }

        private TypeNode tuple(List<JsonValue> first, JsonValue rest) {
            int least = count(MIN_ITEMS, 0);
            int most = count(MAX_ITEMS, Integer.MAX_VALUE);
            int size = Math.min(first.size(), most);
            boolean isClosed = rest.equals(JsonValue.of(false)) || most <= first.size();
            if (least <= size) {
                expressed.add(MIN_ITEMS);
            }
            if (isClosed) {
                expressed.add(MAX_ITEMS);
            }
            List<TypeNode> elements = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                elements.add(element(ITEMS + "[" + i + "]", first.get(i)));
            }
            return new Tuple(elements, Math.min(least, size), isClosed ? null : element(ITEMS, rest));
        }

        private TypeNode element(String place, JsonValue element) {
            Typed typed = typed(element);
            addNotes(place, SchemaNotes.all(typed, true));
            return typed.type();
        }

        private void addNotes(String place, List<String> notes) {
            if (!notes.isEmpty()) {
                lines.add(place + ": " + String.join("; ", notes));
            }
        }

        /** Returns a count of the schema; the given one if it has none. */
        private int count(String keyword, int otherwise) {
            JsonValue count = schema.get(keyword);
            return count.isNumber() ? (int) Math.max(0, Math.min(count.doubleValue(), Integer.MAX_VALUE)) : otherwise;
        }

        /** Returns whether the type of the schema is one word that each of its variants says again. */
        private boolean isRepeated() {
            JsonValue type = schema.get(TYPE);
            boolean isWord = type.isString() && !Set.of("object", "array").contains(type.text());
            boolean hasValues =
                    schema.members().containsKey("const") || schema.members().containsKey("enum");
            return isWord
                    && !hasValues
                    && (saysAgain(schema.get("anyOf").elements(), type)
                            || saysAgain(schema.get("oneOf").elements(), type));
        }

        private static boolean saysAgain(List<JsonValue> variants, JsonValue type) {
            return !variants.isEmpty()
                    && variants.stream().allMatch(variant -> variant.get(TYPE).equals(type));
        }

        private void allOf(List<JsonValue> all, Set<String> elsewhere) {
            List<TypeNode> types = new ArrayList<>();
            for (JsonValue part : all) {
                Typed typed = typed(part, elsewhere);
                typed.constraints().stream()
                        .filter(constraint -> !constraints.contains(constraint))
                        .forEach(constraints::add);
                boolean isKnown = schema.get("description").equals(part.get("description"));
                Typed unconstrained = new Typed(typed.type(), typed.schema(), List.of(), typed.lines());
                lines.addAll(SchemaNotes.all(unconstrained, !isKnown));
                types.add(typed.type());
            }
            types.removeIf(TypeNode.ANY::equals);
            ObjectOf merged = merged(types);
            if (merged != null) {
                parts.add(merged);
            } else {
                parts.addAll(types);
            }
        }

        /** Returns one object for several; null if not all of them are objects, or two have a property of the same name. */
        private static @Nullable ObjectOf merged(List<TypeNode> types) {
            Map<String, Typed> properties = new LinkedHashMap<>();
            Set<String> required = new HashSet<>();
            int count = 0;
            for (TypeNode type : types) {
                if (!(type instanceof ObjectOf object) || object.others() != null) {
                    return null;
                }
                properties.putAll(object.properties());
                required.addAll(object.required());
                count += object.properties().size();
            }
            return properties.isEmpty() || properties.size() < count ? null : new ObjectOf(properties, required, null);
        }

        /** Returns the union of variants; any if there are none. */
        private TypeNode variants(String keyword, Set<String> elsewhere) {
            List<Variant> variants = new ArrayList<>();
            boolean saysMore = false;
            for (JsonValue variant : schema.get(keyword).elements()) {
                Typed typed = typed(variant, elsewhere);
                JsonValue description = typed.schema().value().get("description");
                variants.add(new Variant(
                        typed.type(), SchemaNotes.all(typed, !description.equals(schema.get("description")))));
                saysMore |= !Set.of("required").containsAll(variant.members().keySet());
            }
            if (variants.isEmpty()) {
                return TypeNode.ANY;
            }
            TypeNode union = TypeNode.unionOf(variants);
            if (isAny(union) && saysMore && parts.stream().anyMatch(part -> !part.equals(TypeNode.ANY))) {
                lines.add(SchemaNotes.line(keyword, schema.get(keyword)));
            }
            return union;
        }

        /** Returns what holds if all parts do. A part that may be anything says nothing beside another. */
        private TypeNode combined() {
            Set<TypeNode> telling = new LinkedHashSet<>();
            for (TypeNode part : parts) {
                if (part instanceof Intersection nested) {
                    telling.addAll(nested.parts());
                } else if (!isAny(part) && !part.equals(TypeNode.FREE_OBJECT)) {
                    telling.add(part);
                }
            }
            if (telling.isEmpty()) {
                if (parts.contains(TypeNode.FREE_OBJECT)) {
                    return TypeNode.FREE_OBJECT;
                }
                return parts.stream()
                        .filter(part -> !part.equals(TypeNode.ANY))
                        .findFirst()
                        .orElse(TypeNode.ANY);
            }
            return telling.size() == 1 ? telling.iterator().next() : new Intersection(List.copyOf(telling));
        }

        private static boolean isAny(TypeNode type) {
            return type.equals(TypeNode.ANY) || (type instanceof Union union && union.has(TypeNode.ANY));
        }
    }
}
