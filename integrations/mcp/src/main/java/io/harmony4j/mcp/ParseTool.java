package io.harmony4j.mcp;

import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.parser.Diagnostic;
import io.harmony4j.parser.HarmonyFormatException;
import io.harmony4j.parser.HarmonyParser;
import io.harmony4j.parser.ParseOptions;
import io.harmony4j.parser.ParseResult;
import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.List;

/** {@code harmony_parse}: what a model wrote, as messages. */
final class ParseTool {
    private static final String NO_ROLE = "none";

    static final HarmonyTool TOOL = new HarmonyTool(
            "harmony_parse",
            "Parse what a gpt-oss model wrote. Returns messages, diagnostics (what had to be repaired), and finish_reason. Give text or"
                    + " tokens.",
            """
            {"type": "object", "properties": {
            "text": {"type": "string", "description": "The output, special tokens as text: <|channel|>final<|message|>Hi<|return|>"},
            "tokens": {"type": "array", "items": {"type": "integer"}, "description": "Instead of text: the output as token ids."},
            "role": {"type": "string", "description": "Whose message the prompt began, mostly assistant (default); none if the input begins with <|start|>."},
            "mode": {"type": "string", "enum": ["recover", "strict"], "description": "recover (default) repairs; strict fails at the first token that is not Harmony."},
            "tools": {"type": "array", "items": {"type": "string"}, "description": "Names of the declared functions, to repair misspelled ones."}
            }, "additionalProperties": false}""",
            ParseTool::parse);

    private ParseTool() {}

    private static JsonObject parse(ToolArguments arguments) {
        Tokenizer tokenizer = Tokenizer.o200kHarmony();
        int[] tokens = arguments.oneOf("text", "tokens").equals("text")
                ? tokenizer.encode(arguments.text("text").orElseThrow(), AllowedSpecial.ALL)
                : arguments.integers("tokens");
        ParseResult result;
        try {
            result = HarmonyParser.parse(HarmonyTool.limited(tokens), options(arguments));
        } catch (HarmonyFormatException e) {
            throw new IllegalArgumentException("not Harmony: " + e.getMessage(), e);
        }
        return JsonObject.builder()
                .put(
                        "messages",
                        JsonArray.of(result.messages().stream()
                                .map(Message::toJsonObject)
                                .toList()))
                .put(
                        "diagnostics",
                        JsonArray.of(result.diagnostics().stream()
                                .map(Diagnostic::toJsonObject)
                                .toList()))
                .put("finish_reason", result.finishReason().wireName())
                .build();
    }

    private static ParseOptions options(ToolArguments arguments) {
        List<Recipient> tools =
                arguments.texts("tools").stream().map(ParseTool::tool).toList();
        ParseOptions options = ParseOptions.DEFAULT.withTools(tools);
        if (!arguments.text("role").filter(NO_ROLE::equals).isPresent()) {
            options = options.withRole(
                    arguments.read("role", value -> Role.of(value.text())).orElse(Role.ASSISTANT));
        }
        return arguments.word("mode", "recover", "strict").equals("strict") ? options.strict() : options;
    }

    /** Returns a tool by its name; one without a namespace is a function. */
    private static Recipient tool(String name) {
        return name.indexOf('.') < 0 && !Recipient.of(name).isBuiltIn() ? Recipient.function(name) : Recipient.of(name);
    }
}
