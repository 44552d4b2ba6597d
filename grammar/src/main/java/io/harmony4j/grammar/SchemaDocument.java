package io.harmony4j.grammar;

import io.harmony4j.json.JsonPointer;
import io.harmony4j.json.JsonValue;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A schema and all that it refers to: its identifiers and anchors. References are to the document itself; nothing is fetched.
 *
 * @see <a href="https://json-schema.org/draft/2020-12/json-schema-core#section-8">JSON Schema 2020-12: identifiers and references</a>
 */
final class SchemaDocument {
    /** Keywords whose value is a schema; {@code items} may be a list of them, too. */
    private static final Set<String> WITH_SCHEMA = Set.of(
            "additionalItems",
            "additionalProperties",
            "contains",
            "else",
            "if",
            "items",
            "not",
            "propertyNames",
            "then",
            "unevaluatedItems",
            "unevaluatedProperties",
            "contentSchema");

    /** Keywords whose value is a list of schemas. */
    private static final Set<String> WITH_LIST = Set.of("allOf", "anyOf", "items", "oneOf", "prefixItems");

    /** Keywords whose value is an object of schemas. */
    private static final Set<String> WITH_SCHEMAS =
            Set.of("$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties", "properties");

    private static final URI NO_BASE = URI.create("");

    private final Map<String, Resource> byPointer = new HashMap<>();
    private final Map<URI, Resource> byIdentifier = new HashMap<>();
    private final Map<String, Subschema> byAnchor = new HashMap<>(); // identifier and anchor
    private final List<Subschema> all = new ArrayList<>();
    private final Subschema root;

    /** A schema with an identifier of its own, or the root. */
    record Resource(SchemaDocument document, URI base, JsonValue value, String pointer) {
        @Override
        public String toString() {
            return base.toString();
        }
    }

    SchemaDocument(JsonValue schema) {
        Resource top = new Resource(this, base(NO_BASE, schema), schema, "");
        byPointer.put("", top);
        byIdentifier.put(top.base, top);
        byIdentifier.putIfAbsent(NO_BASE, top);
        this.root = new Subschema(schema, "", top);
        index(root);
    }

    Subschema root() {
        return root;
    }

    /** Returns all schemas that stand in this document, a schema before those in it. */
    List<Subschema> all() {
        return Collections.unmodifiableList(all);
    }

    /** Returns the schema with an identifier of its own that stands in a place, or null. */
    @Nullable
    Resource resourceAt(String pointer) {
        return byPointer.get(pointer);
    }

    private static URI base(URI outer, JsonValue schema) {
        String id = schema.get("$id").textOrNull();
        if (id == null) {
            id = schema.get("id").textOrNull(); // draft 4
        }
        if (id == null || id.startsWith("#")) {
            return outer;
        }
        try {
            return withoutFragment(outer.resolve(id));
        } catch (IllegalArgumentException e) {
            return outer;
        }
    }

    private static URI withoutFragment(URI uri) {
        String text = uri.toString();
        int hash = text.indexOf('#');
        return hash < 0 ? uri : URI.create(text.substring(0, hash));
    }

    private void index(Subschema schema) {
        all.add(schema);
        for (String keyword : List.of("$anchor", "$dynamicAnchor")) {
            String anchor = schema.get(keyword).textOrNull();
            if (anchor != null) {
                byAnchor.putIfAbsent(schema.resource().base + "#" + anchor, schema);
            }
        }
        String id = schema.get("$id").textOrNull();
        if (id != null && id.startsWith("#")) {
            byAnchor.putIfAbsent(schema.resource().base + id, schema); // drafts 6 and 7
        }
        schema.value().members().forEach((keyword, value) -> {
            if (WITH_SCHEMA.contains(keyword) && !value.isArray()) {
                indexChild(schema, "/" + keyword, value);
            } else if (WITH_LIST.contains(keyword)) {
                for (int i = 0; i < value.elements().size(); i++) {
                    indexChild(schema, "/" + keyword + "/" + i, value.elements().get(i));
                }
            } else if (WITH_SCHEMAS.contains(keyword)) {
                value.members()
                        .forEach((name, child) ->
                                indexChild(schema, "/" + keyword + "/" + JsonPointer.step(name), child));
            }
        });
    }

    private void indexChild(Subschema parent, String path, JsonValue value) {
        String pointer = parent.pointer() + path;
        URI base = base(parent.resource().base, value);
        Resource resource = parent.resource();
        if (!base.equals(resource.base)) {
            resource = new Resource(this, base, value, pointer);
            byPointer.put(pointer, resource);
            byIdentifier.putIfAbsent(base, resource);
        }
        index(new Subschema(value, pointer, resource));
    }

    /**
     * Returns the schema that a reference is to; null if it is not in this document.
     *
     * @param from the schema with the reference
     */
    @Nullable
    Subschema resolve(Subschema from, String reference) {
        int hash = reference.indexOf('#');
        String fragment = hash < 0 ? "" : decoded(reference.substring(hash + 1));
        Resource resource = resource(from, hash < 0 ? reference : reference.substring(0, hash));
        if (resource == null) {
            return null;
        } else if (fragment.isEmpty()) {
            return new Subschema(resource.value, resource.pointer, resource);
        } else if (!fragment.startsWith("/")) {
            return byAnchor.get(resource.base + "#" + fragment);
        }
        return follow(resource, fragment);
    }

    private static String decoded(String fragment) {
        return URLDecoder.decode(fragment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private @Nullable Resource resource(Subschema from, String reference) {
        if (reference.isEmpty()) {
            return from.resource();
        }
        try {
            return byIdentifier.get(withoutFragment(from.resource().base.resolve(reference)));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Follows a JSON pointer, through schemas with identifiers of their own, too. */
    private static @Nullable Subschema follow(Resource start, String pointer) {
        Resource resource = start;
        JsonValue value = start.value;
        StringBuilder path = new StringBuilder(start.pointer);
        for (String token : pointer.substring(1).split("/", -1)) {
            String name = JsonPointer.name(token);
            JsonValue next = step(value, name);
            if (next == null) {
                return null;
            }
            value = next;
            path.append('/').append(token);
            Resource own = start.document.byPointer.get(path.toString());
            resource = own == null ? resource : own;
        }
        return new Subschema(value, path.toString(), resource);
    }

    private static @Nullable JsonValue step(JsonValue value, String name) {
        if (value.isObject()) {
            return value.members().get(name);
        }
        boolean isIndex = value.isArray() && name.matches("0|[1-9]\\d{0,8}");
        return isIndex && Integer.parseInt(name) < value.elements().size()
                ? value.elements().get(Integer.parseInt(name))
                : null;
    }
}
