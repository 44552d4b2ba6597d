package io.harmony4j.conformance;

import io.harmony4j.Recipient;
import io.harmony4j.ToolChoice;
import io.harmony4j.grammar.ExportFormat;
import io.harmony4j.grammar.GrammarCheck;
import io.harmony4j.grammar.GrammarExport;
import io.harmony4j.grammar.GrammarOptions;
import io.harmony4j.grammar.GrammarTool;
import io.harmony4j.grammar.HarmonyGrammar;
import io.harmony4j.grammar.SchemaOptions;
import io.harmony4j.grammar.UnsatisfiableSchemaException;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/** Commands of the driver on what a model may write. */
final class GrammarOperations {
    private final Tokenizer tokenizer;

    GrammarOperations(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /** Whether a turn is allowed. */
    void accepts(Request request, JsonObject.Builder reply) {
        HarmonyGrammar grammar = HarmonyGrammar.of(options(request.fields().get("config")));
        write(grammar.check(request.tokensOrText(tokenizer)), reply);
    }

    /** Whether a JSON text obeys a schema. */
    void schema(Request request, JsonObject.Builder reply) {
        JsonValue schema = Json.parseAny(request.text("schemaJson"));
        GrammarCheck check;
        try {
            HarmonyGrammar grammar = HarmonyGrammar.ofValue(schema, SchemaOptions.DEFAULT.withSpaceAround(true));
            check = grammar.check(tokenizer.encode(request.text("text")));
        } catch (UnsatisfiableSchemaException e) {
            check = new GrammarCheck(false, false, 0, "nothing");
        }
        write(check, reply);
    }

    /** The grammar of a turn in the notation of another runtime. */
    void export(Request request, JsonObject.Builder reply) {
        String name = request.text("format");
        ExportFormat format = ExportFormat.find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected one of the formats " + ExportFormat.wireNames() + " but found \"" + name + "\""));
        GrammarExport export =
                HarmonyGrammar.of(options(request.fields().get("config"))).export(format);
        reply.put("grammar", export.text());
        reply.put("notes", JsonArray.ofTexts(export.notes()));
        reply.put(
                "stop_tokens",
                JsonArray.ofIntegers(
                        export.stopTokens().stream().mapToInt(Integer::intValue).toArray()));
    }

    private static void write(GrammarCheck check, JsonObject.Builder reply) {
        reply.put("accepts", check.isComplete());
        reply.put("prefix", check.isPrefix());
        reply.put("at", check.at());
    }

    private static GrammarOptions options(JsonValue config) {
        List<GrammarTool> tools = new ArrayList<>();
        for (JsonValue tool : config.get("tools").elements()) {
            tools.add(function(tool));
        }
        config.get("builtin").members().forEach((name, schema) -> {
            Recipient recipient = Recipient.of(name);
            tools.add(schema.isObject() ? GrammarTool.strict(recipient, schema) : GrammarTool.text(recipient));
        });
        GrammarOptions options = GrammarOptions.DEFAULT
                .withTools(tools)
                .withToolChoice(choice(config.get("tool_choice")))
                .withParallelCalls(config.get("parallel_tool_calls").equals(JsonValue.of(true)));
        JsonValue format = config.get("response_format");
        return switch (format.isNull() ? "text" : format.get("type").text()) {
            case "text" -> options;
            case "json_object" -> options.withAnyObjectAsAnswer();
            default -> options.withAnswer(format.get("json_schema").get("schema"));
        };
    }

    private static GrammarTool function(JsonValue tool) {
        Recipient recipient = Recipient.function(tool.get("name").text());
        JsonValue parameters = tool.get("parameters");
        if (parameters.isNull()) {
            return GrammarTool.withoutParameters(recipient);
        }
        return tool.get("strict").equals(JsonValue.of(true))
                ? GrammarTool.strict(recipient, parameters)
                : GrammarTool.anyObject(recipient);
    }

    private static ToolChoice choice(JsonValue choice) {
        if (choice.isObject()) {
            Recipient tool = Recipient.function(choice.get("name").text());
            return new ToolChoice(ToolChoice.Mode.NAMED, List.of(tool));
        }
        return switch (choice.isNull() ? "auto" : choice.text()) {
            case "auto" -> ToolChoice.AUTO;
            case "none" -> ToolChoice.NONE;
            case "required" -> ToolChoice.REQUIRED;
            default -> throw choice.unexpected("auto, none, required, or an object with a name", "tool_choice");
        };
    }
}
