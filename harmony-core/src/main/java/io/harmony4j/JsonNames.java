package io.harmony4j;

/** The names of the format's JSON: fields, and the values of {@code type}. */
final class JsonNames {
    static final String MESSAGES = "messages";

    static final String ROLE = "role";
    static final String NAME = "name";
    static final String RECIPIENT = "recipient";
    static final String CONTENT = "content";
    static final String CHANNEL = "channel";
    static final String CONTENT_TYPE = "content_type";
    static final String SAMPLED_TOKENS = "sampled_tokens"; // an extension: only histories of tokens read it

    static final String TYPE = "type";
    static final String TEXT = "text";
    static final String SYSTEM_CONTENT = "system_content";
    static final String DEVELOPER_CONTENT = "developer_content";

    static final String MODEL_IDENTITY = "model_identity";
    static final String REASONING_EFFORT = "reasoning_effort";
    static final String TOOLS = "tools";
    static final String CONVERSATION_START_DATE = "conversation_start_date";
    static final String KNOWLEDGE_CUTOFF = "knowledge_cutoff";
    static final String CHANNEL_CONFIG = "channel_config";
    static final String INSTRUCTIONS = "instructions";
    static final String RESPONSE_FORMATS = "response_formats"; // an extension: openai/harmony ignores it

    static final String VALID_CHANNELS = "valid_channels";
    static final String CHANNEL_REQUIRED = "channel_required";

    static final String DESCRIPTION = "description";
    static final String PARAMETERS = "parameters";
    static final String SCHEMA = "schema";

    private JsonNames() {}
}
