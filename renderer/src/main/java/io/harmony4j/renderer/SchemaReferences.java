package io.harmony4j.renderer;

import io.harmony4j.json.JsonPointer;
import io.harmony4j.json.JsonValue;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code $ref} refers to in one schema, and under which name: what refers to itself has a name and a declaration of its own, and
 * everything that is referred to has one if the whole would be too long otherwise.
 */
final class SchemaReferences {
    /** How many steps are spent on finding out what refers to itself. */
    private static final int MAX_STEPS = 50_000;

    /** How many references may refer to nothing but each other. */
    private static final int MAX_CHAIN = 64;

    private static final String SELF = "Self";

    private static final Set<String> RESERVED =
            Set.of(("any unknown never null undefined string number boolean object symbol"
                            + " bigint void true false break case catch class const continue debugger default delete do else enum"
                            + " export extends finally for function if import in instanceof new return super switch this throw try"
                            + " typeof var while with implements interface let package private protected public static yield await"
                            + " async infer keyof unique readonly asserts abstract intrinsic is type declare namespace module global")
                    .split(" "));

    private final JsonValue root;
    private final boolean namesAll;

    /** Names that are not free. */
    private final Set<String> taken;

    private final Map<String, @Nullable Target> targets = new HashMap<>(); // by reference
    private final Map<List<String>, Set<Target>> outgoing = new HashMap<>(); // by path
    private final Map<List<String>, Boolean> recursive = new HashMap<>(); // by path
    private final Map<List<String>, String> names = new HashMap<>(); // by path
    private final Set<String> given = new HashSet<>(); // names
    private final Map<String, Integer> numbers = new HashMap<>(); // by name without number
    private final Deque<Target> undeclared = new ArrayDeque<>();
    private int steps;
    private boolean isStopped;

    /**
     * A place in the schema.
     *
     * @param path the steps from the root
     */
    record Target(List<String> path, JsonValue schema) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Target that && path.equals(that.path);
        }

        @Override
        public int hashCode() {
            return path.hashCode();
        }
    }

    /**
     * @param taken names of other types
     * @param namesAll whether everything that is referred to has a name
     */
    SchemaReferences(JsonValue root, Set<String> taken, boolean namesAll) {
        this.root = root;
        this.taken = taken;
        this.namesAll = namesAll;
    }

    /** Returns what a reference refers to; null if that is no schema of this document, or there is none because references go in a circle. */
    @Nullable
    Target target(String reference) {
        if (isStopped) {
            return null;
        }
        Target target = targets.computeIfAbsent(reference, this::find);
        return target == null || isCircular(target) ? null : target;
    }

    /** From here on, nothing is referred to. */
    void stop() {
        isStopped = true;
    }

    private boolean isCircular(Target target) {
        Set<Target> seen = new HashSet<>();
        Target next = target;
        while (next != null && SchemaMerge.isReference(next.schema) && seen.size() < MAX_CHAIN) {
            if (!seen.add(next)) {
                return true;
            }
            next = targets.computeIfAbsent(next.schema.get("$ref").text(), this::find);
        }
        return false;
    }

    /** Returns the name of what a reference refers to; null if its type is to be written in the reference's place. */
    @Nullable
    String name(Target target) {
        if (!namesAll && !recursive.computeIfAbsent(target.path, path -> isRecursive(target))) {
            return null;
        }
        return names.computeIfAbsent(target.path, path -> {
            undeclared.add(target);
            return freeName(path.isEmpty() ? SELF : path.get(path.size() - 1));
        });
    }

    /** Returns the names of all that have one. */
    Set<String> names() {
        return given;
    }

    /** Returns whether there is too much to look at for finding out what refers to itself. */
    boolean isTooMuch() {
        return steps > MAX_STEPS;
    }

    /** Returns the next of those that have a name and no declaration yet, in the order in which they got it; null if there is none. */
    @Nullable
    Target nextUndeclared() {
        return undeclared.poll();
    }

    private @Nullable Target find(String reference) {
        if (reference.isEmpty() || reference.equals("#")) {
            return new Target(List.of(), root);
        }
        if (!reference.startsWith("#/")) {
            return null;
        }
        List<String> path = new ArrayList<>();
        JsonValue value = root;
        for (String step : reference.substring(2).split("/", -1)) {
            String name = decoded(step);
            JsonValue next =
                    value.isArray() ? element(value, name) : value.members().get(name);
            if (next == null) {
                return null;
            }
            value = next;
            path.add(name);
        }
        return value.isObject() || value.isBoolean() ? new Target(List.copyOf(path), value) : null;
    }

    private static String decoded(String step) {
        String text = step;
        if (step.indexOf('%') >= 0) {
            try {
                text = URLDecoder.decode(step.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException notEncoded) {
                text = step;
            }
        }
        return JsonPointer.name(text);
    }

    private static @Nullable JsonValue element(JsonValue list, String index) {
        boolean isIndex = index.matches("0|[1-9][0-9]{0,8}");
        return isIndex && Integer.parseInt(index) < list.elements().size()
                ? list.elements().get(Integer.parseInt(index))
                : null;
    }

    private boolean isRecursive(Target target) {
        Set<Target> seen = new HashSet<>();
        Deque<Target> next = new ArrayDeque<>(List.of(target));
        while (!next.isEmpty() && !isTooMuch()) {
            for (Target found : outgoing(next.remove())) {
                if (found.equals(target)) {
                    return true;
                }
                if (seen.add(found)) {
                    next.add(found);
                }
                steps++;
            }
        }
        return false;
    }

    private Set<Target> outgoing(Target target) {
        Set<Target> known = outgoing.get(target.path);
        if (known == null) {
            known = new HashSet<>();
            collect(target.schema, known);
            outgoing.put(target.path, known);
        }
        return known;
    }

    /** Collects what is referred to where types are written. */
    private void collect(JsonValue schema, Set<Target> found) {
        steps++;
        if (!schema.isObject() || isTooMuch()) {
            return;
        }
        String reference = schema.get("$ref").textOrNull();
        Target target = reference == null ? null : target(reference);
        if (target != null) {
            found.add(target);
        }
        schema.get("properties").members().values().forEach(property -> collect(property, found));
        for (String keyword : List.of("items", "additionalItems", "additionalProperties")) {
            collect(schema.get(keyword), found);
        }
        for (String keyword : List.of("items", "prefixItems", "allOf", "anyOf", "oneOf")) {
            schema.get(keyword).elements().forEach(element -> collect(element, found));
        }
    }

    private String freeName(String step) {
        String base = step.replaceAll("[^A-Za-z0-9_$]", "_");
        if (base.isEmpty() || Character.isDigit(base.charAt(0))) {
            base = "_" + base;
        }
        String name = base;
        while (RESERVED.contains(name) || taken.contains(name) || !given.add(name)) {
            name = base + numbers.merge(base, 2, (last, first) -> last + 1);
        }
        return name;
    }
}
