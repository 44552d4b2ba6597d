package io.harmony4j.mcp;

import io.harmony4j.json.JsonObject;
import io.harmony4j.tokenizer.Tokenizer;

/** {@code harmony_count}: how many tokens a text or a prompt has. */
final class CountTool {
    static final HarmonyTool TOOL = new HarmonyTool(
            "harmony_count",
            "Count tokens as gpt-oss models do: of a text, or of the prompt of a conversation. Returns count. Give text, conversation or"
                    + " messages.",
            """
            {"type": "object", "properties": {
            "text": {"type": "string", "description": "A text; special tokens in it count as ordinary text."},
            %s
            }, "additionalProperties": false}""".formatted(ConversationArgument.PROPERTIES),
            CountTool::count);

    private CountTool() {}

    private static JsonObject count(ToolArguments arguments) {
        String given = arguments.oneOf("text", ConversationArgument.CONVERSATION, ConversationArgument.MESSAGES);
        int count = given.equals("text")
                ? Tokenizer.o200kHarmony().count(arguments.text("text").orElseThrow())
                : ConversationArgument.of(arguments).countForCompletion();
        return JsonObject.builder().put("count", count).build();
    }
}
