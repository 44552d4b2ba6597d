package io.harmony4j.grammar;

import io.harmony4j.json.JsonPointer;
import io.harmony4j.json.JsonValue;

/**
 * A schema within a document. Values in different places are different subschemas.
 *
 * @param value an object, true or false; anything else counts as true
 * @param pointer where it stands: the JSON pointer from the document's root, as in {@code /properties/a}
 * @param resource the schema with an identifier that it belongs to
 */
record Subschema(JsonValue value, String pointer, SchemaDocument.Resource resource) {
    /** Returns the value of a keyword; JSON's null if it is not there. */
    JsonValue get(String keyword) {
        return value.get(keyword);
    }

    boolean has(String keyword) {
        return value.members().containsKey(keyword);
    }

    /** Returns whether a keyword is there and true. */
    boolean isTrue(String keyword) {
        return get(keyword).equals(JsonValue.of(true));
    }

    /** Returns whether this is the schema {@code false}, which nothing obeys. */
    boolean isFalse() {
        return value.isBoolean() && !value.booleanValue();
    }

    /** Returns the schema that is the value of a keyword. */
    Subschema child(String keyword) {
        return new Subschema(value.get(keyword), pointer + "/" + keyword, resource).inItsResource();
    }

    /** Returns a schema of a list or an object that is the value of a keyword. */
    Subschema child(String keyword, String name, JsonValue child) {
        return new Subschema(child, pointer + "/" + keyword + "/" + JsonPointer.step(name), resource).inItsResource();
    }

    private Subschema inItsResource() {
        SchemaDocument.Resource own = resource.document().resourceAt(pointer);
        return own == null ? this : new Subschema(value, pointer, own);
    }

    /** Returns a schema that is not written anywhere, made from this one. */
    Subschema derived(JsonValue other, String name) {
        return new Subschema(other, pointer + "#" + name, resource);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Subschema schema
                && pointer.equals(schema.pointer)
                && resource.document() == schema.resource.document();
    }

    @Override
    public int hashCode() {
        return pointer.hashCode();
    }
}
