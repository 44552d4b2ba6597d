package io.harmony4j.conformance;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.SchemaType;

/** Commands of the driver on the TypeScript of a tool's parameters. */
final class SchemaOperations {
    private SchemaOperations() {}

    /** What openai/harmony writes. */
    static void schema(Request request, JsonObject.Builder reply) {
        reply.put("typescript", HarmonyRenderer.typeScript(request.text("schemaJson")));
    }

    /** What shows all of the schema, and how that compares with what openai/harmony writes. */
    static void faithfulSchema(Request request, JsonObject.Builder reply) {
        String schema = Json.write(request.fields().get("schema"));
        SchemaType type = HarmonyRenderer.faithfulTypeScript(schema);
        String reference = HarmonyRenderer.typeScript(schema);
        reply.put("typescript", type.text());
        reply.put("helpers", JsonArray.ofTexts(type.helpers()));
        reply.put("equals_reference", type.text().equals(reference));
        reply.put("reference_text_is_valid_typescript", TypeScriptSyntax.isType(reference));
    }
}
