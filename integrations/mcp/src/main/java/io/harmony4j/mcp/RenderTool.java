package io.harmony4j.mcp;

import io.harmony4j.Role;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.tokenizer.Tokenizer;

/** {@code harmony_render}: a conversation as the tokens of a prompt. */
final class RenderTool {
    static final HarmonyTool TOOL = new HarmonyTool(
            "harmony_render",
            "Render a conversation into the tokens that gpt-oss models read. Returns count, tokens (ids), text, and dropped (indices of"
                    + " messages left out). Give conversation or messages.",
            """
            {"type": "object", "properties": {
            %s,
            "mode": {"type": "string", "enum": ["completion", "conversation", "training"], "description": "completion (default): a prompt, which ends where the assistant's next message begins. conversation: the messages alone. training: the last answer ends with <|return|>, and no analysis is left out unless analysis_policy says so."}
            }, "additionalProperties": false}""".formatted(ConversationArgument.PROPERTIES),
            RenderTool::render);

    private RenderTool() {}

    private static JsonObject render(ToolArguments arguments) {
        String mode = arguments.word("mode", "completion", "conversation", "training");
        ConversationArgument argument = ConversationArgument.of(arguments);
        HarmonyRenderer renderer = mode.equals("training") ? argument.rendererForTraining() : argument.renderer();
        int[] tokens = HarmonyTool.limited(
                switch (mode) {
                    case "conversation" -> renderer.render(argument.conversation());
                    case "training" -> renderer.renderForTraining(argument.conversation());
                    default -> renderer.renderForCompletion(argument.conversation(), Role.ASSISTANT);
                });
        int[] dropped = renderer.dropped(argument.conversation()).stream()
                .mapToInt(Integer::intValue)
                .toArray();
        return JsonObject.builder()
                .put("count", tokens.length)
                .put("tokens", JsonArray.ofIntegers(tokens))
                .put("text", Tokenizer.o200kHarmony().decode(tokens))
                .put("dropped", JsonArray.ofIntegers(dropped))
                .put("ignored", JsonArray.ofTexts(argument.ignored()))
                .build();
    }
}
