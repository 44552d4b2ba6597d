package io.harmony4j.renderer;

import io.harmony4j.json.JsonFields;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.renderer.Finding.Code;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Findings among the fields of a conversation's JSON: those that the format does not have, and that its reader ignores. */
final class FieldLint {
    /** What chat clients, Responses, ShareGPT and data sets have, and where it goes in this format. */
    private static final Set<String> FOREIGN = Set.of(
            "tool_calls",
            "tool_call_id",
            "tool_choice",
            "parallel_tool_calls",
            "function",
            "functions",
            "function_call",
            "strict",
            "reasoning",
            "reasoning_content",
            "reasoning_details",
            "thinking",
            "refusal",
            "audio",
            "annotations",
            "image_url",
            "input_audio",
            "file",
            "model",
            "input",
            "output",
            "instructions",
            "response_format",
            "reasoning_effort",
            "temperature",
            "top_p",
            "max_tokens",
            "max_completion_tokens",
            "max_output_tokens",
            "stream",
            "store",
            "call_id",
            "arguments",
            "summary",
            "status",
            "conversations",
            "conversation",
            "from",
            "value",
            "weight",
            "train",
            "tools",
            "system",
            "prompt",
            "completion",
            "chosen",
            "rejected",
            "inputSchema",
            "input_schema");

    /** What the tokens were that a message was sampled as, which readers other than a history's ignore. */
    private static final String SAMPLED_TOKENS = "sampled_tokens";

    private final Findings findings;

    private FieldLint(Findings findings) {
        this.findings = findings;
    }

    /** Checks the JSON of a conversation that has been read: its kinds of values are those that they must be. */
    static void check(JsonValue conversation, Findings findings) {
        FieldLint lint = new FieldLint(findings);
        lint.fields(-1, conversation, "", "messages");
        List<JsonValue> messages = conversation.get("messages").elements();
        for (int i = 0; i < messages.size(); i++) {
            lint.message(i, messages.get(i));
        }
    }

    private void message(int index, JsonValue message) {
        String pointer = Findings.message(index);
        fields(
                index,
                message,
                pointer,
                "role",
                "name",
                "recipient",
                "content",
                "channel",
                "content_type",
                SAMPLED_TOKENS);
        List<JsonValue> parts = message.get("content").elements();
        for (int k = 0; k < parts.size(); k++) {
            part(index, parts.get(k), pointer + "/content/" + k);
        }
    }

    private void part(int index, JsonValue part, String pointer) {
        switch (String.valueOf(part.get("type").textOrNull())) {
            case "system_content" -> {
                fields(
                        index,
                        part,
                        pointer,
                        "type",
                        "model_identity",
                        "reasoning_effort",
                        "tools",
                        "conversation_start_date",
                        "knowledge_cutoff",
                        "channel_config");
                fields(
                        index,
                        part.get("channel_config"),
                        pointer + "/channel_config",
                        "valid_channels",
                        "channel_required");
            }
            case "developer_content" -> {
                fields(index, part, pointer, "type", "instructions", "tools", "response_formats");
                List<JsonValue> formats = part.get("response_formats").elements();
                for (int i = 0; i < formats.size(); i++) {
                    fields(index, formats.get(i), pointer + "/response_formats/" + i, "name", "description", "schema");
                }
            }
            default -> fields(index, part, pointer, "type", "text");
        }
        part.get("tools").members().forEach((key, namespace) -> {
            String place = Findings.member(pointer + "/tools", key);
            fields(index, namespace, place, "name", "description", "tools");
            List<JsonValue> tools = namespace.get("tools").elements();
            for (int t = 0; t < tools.size(); t++) {
                fields(index, tools.get(t), place + "/tools/" + t, "name", "description", "parameters");
            }
        });
    }

    private void fields(int index, JsonValue object, String pointer, String... known) {
        if (!(object instanceof JsonObject)) {
            return;
        }
        JsonFields fields = JsonFields.ofObject(object, "an object", pointer, known);
        for (String name : fields.others()) {
            unknown(index, Findings.member(pointer, name), name, fields.nearest(name));
        }
    }

    private void unknown(int index, String pointer, String name, Optional<String> nearest) {
        String ignored = "the field \"" + name + "\" is ignored";
        if (FOREIGN.contains(name)) {
            findings.add(
                    index,
                    Code.FOREIGN_FIELD,
                    pointer,
                    ignored + ": another format has it",
                    "read the conversation as what it is, as harmony import and harmony render --from do");
        } else if (nearest.isPresent()) {
            findings.add(index, Code.MISSPELT_FIELD, pointer, ignored, "did you mean \"" + nearest.get() + "\"?");
        } else {
            findings.add(
                    index, Code.UNKNOWN_FIELD, pointer, ignored, "leave it out, or keep it outside the conversation");
        }
    }
}
