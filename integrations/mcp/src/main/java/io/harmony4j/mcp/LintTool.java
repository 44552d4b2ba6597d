package io.harmony4j.mcp;

import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.ConversationLinter;
import io.harmony4j.renderer.ConversationLinter.Purpose;
import io.harmony4j.renderer.Finding;
import java.util.List;

/** {@code harmony_lint}: what may not be meant as it is in a conversation. */
final class LintTool {
    private static final int MAX_FINDINGS = 1000;

    static final HarmonyTool TOOL = new HarmonyTool(
            "harmony_lint",
            "Find mistakes in a Harmony conversation: calls without results, fields that are ignored, schemas that the prompt does not"
                    + " show. Returns findings (code, severity, pointer, message, suggestion; the first 1000). Give conversation.",
            """
            {"type": "object", "properties": {
            "conversation": {"type": "object", "description": "A Harmony conversation, as in {\\"messages\\":[{\\"role\\":\\"user\\",\\"content\\":\\"Hi\\"}]}."},
            "purpose": {"type": "string", "enum": ["prompt", "training"], "description": "What the conversation is for. Default prompt."},
            "analysis_policy": {"type": "string", "enum": %s, "description": "Which messages on the channel analysis are left out. Default reference."}
            }, "required": ["conversation"], "additionalProperties": false}""".formatted(ConversationArgument.policies()),
            LintTool::lint);

    private LintTool() {}

    private static JsonObject lint(ToolArguments arguments) {
        AnalysisPolicy policy = arguments
                .read("analysis_policy", value -> AnalysisPolicy.of(value.text()))
                .orElse(AnalysisPolicy.REFERENCE);
        Purpose purpose =
                arguments.word("purpose", "prompt", "training").equals("training") ? Purpose.TRAINING : Purpose.PROMPT;
        arguments.oneOf(ConversationArgument.CONVERSATION);
        ConversationLinter linter =
                ConversationLinter.DEFAULT.withPolicy(policy).withPurpose(purpose);
        List<Finding> findings = arguments
                .read(
                        ConversationArgument.CONVERSATION,
                        value -> linter.lint(arguments.json(ConversationArgument.CONVERSATION)))
                .orElseThrow();
        return JsonObject.builder()
                .put(
                        "findings",
                        JsonArray.of(findings.stream()
                                .limit(MAX_FINDINGS)
                                .map(Finding::toJsonObject)
                                .toList()))
                .put("left_out", Math.max(0, findings.size() - MAX_FINDINGS))
                .build();
    }
}
