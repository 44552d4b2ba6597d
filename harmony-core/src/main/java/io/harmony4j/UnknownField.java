package io.harmony4j;

import io.harmony4j.json.JsonFields;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What to say about a field that the format's JSON does not have, and that its reader ignores. */
final class UnknownField {
    /** Where the format says what other formats say in a field of this name; names without case and {@code _}. */
    private static final Map<String, String> REMEDIES = remedies();

    private UnknownField() {}

    /** Returns a sentence that names the field, its place, and, if known, what it may be meant for. */
    static String describe(JsonFields fields, String name) {
        return fields.unexpectedName(name)
                + fields.nearest(name)
                        .map(nearest -> "; did you mean \"" + nearest + "\"?")
                        .orElseGet(() -> remedy(name));
    }

    private static String remedy(String name) {
        String remedy = REMEDIES.get(key(name));
        return remedy == null ? "" : "; " + remedy;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT).replace("_", "");
    }

    private static Map<String, String> remedies() {
        Map<String, String> remedies = new HashMap<>();
        fieldsOf(remedies, "a conversation", JsonNames.MESSAGES);
        fieldsOf(remedies, "a message", JsonNames.ROLE, JsonNames.RECIPIENT, JsonNames.CHANNEL, JsonNames.CONTENT_TYPE);
        fieldsOf(
                remedies,
                "content of the type \"" + JsonNames.SYSTEM_CONTENT + '"',
                JsonNames.MODEL_IDENTITY,
                JsonNames.REASONING_EFFORT,
                JsonNames.CONVERSATION_START_DATE,
                JsonNames.KNOWLEDGE_CUTOFF,
                JsonNames.CHANNEL_CONFIG);
        fieldsOf(
                remedies,
                "content of the type \"" + JsonNames.DEVELOPER_CONTENT + '"',
                JsonNames.INSTRUCTIONS,
                JsonNames.TOOLS,
                JsonNames.RESPONSE_FORMATS);
        fieldsOf(remedies, "a channel config", JsonNames.VALID_CHANNELS, JsonNames.CHANNEL_REQUIRED);
        fieldsOf(remedies, "a tool", JsonNames.PARAMETERS);
        remedies.put("inputschema", "the JSON Schema of a tool's arguments is its field \"parameters\"");
        remedies.put("author", "\"role\" and \"name\" of the author are fields of the message itself");
        for (String calls : List.of("toolcalls", "functioncall")) {
            remedies.put(calls, "a call is a message of its own, whose \"recipient\" is the tool");
        }
        remedies.put("toolcallid", "a tool's answer has the tool's full name as its \"name\"");
        for (String thoughts : List.of("reasoningcontent", "thinking")) {
            remedies.put(thoughts, "a chain of thought is a message of its own, on the channel \"analysis\"");
        }
        return remedies;
    }

    private static void fieldsOf(Map<String, String> remedies, String owner, String... names) {
        for (String name : names) {
            remedies.put(key(name), "\"" + name + "\" is a field of " + owner);
        }
    }
}
