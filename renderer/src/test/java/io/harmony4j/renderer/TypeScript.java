package io.harmony4j.renderer;

import io.harmony4j.json.Json;

/** What is written for schemas given as JSON. The expected texts are those of openai/harmony. */
final class TypeScript {
    private TypeScript() {}

    /** Returns the type for a schema. */
    static String ofSchema(String schema) {
        return TypeScriptWriter.write(Json.parse(schema));
    }

    /** Returns the faithful type for a schema whose quotes are single ones. */
    static SchemaType faithfulOf(String schema) {
        return HarmonyRenderer.faithfulTypeScript(schema.replace('\'', '"'));
    }

    /** Returns the type for an object with the property p, whose schema is given. */
    static String ofProperty(String schema) {
        return ofSchema("{\"type\":\"object\",\"properties\":{\"p\":" + schema + "}}");
    }
}
