package io.harmony4j.renderer;

/** What a token of a prompt is there for: the rule of the format that wrote it. */
public enum PromptPart {
    /** {@code <|start|>}. */
    START("start", "begins a message"),
    /** A role, and the name of a user; or the name of a tool. */
    AUTHOR("author", "says who wrote the message: a role, or a tool by its name"),
    /** {@code  to=functions.get_weather}. */
    RECIPIENT("recipient", "says whom the message is for; a tool here makes it a call"),
    /** {@code <|channel|>} and a name. */
    CHANNEL("channel", "says which channel the message is on: analysis, commentary or final"),
    /** A type, after {@code <|constrain|>} if the model must keep to it. */
    CONTENT_TYPE("content_type", "says what the content is, such as JSON"),
    /** {@code <|message|>}. */
    MESSAGE("message", "ends the header; the content follows"),
    /** Text of the conversation, as it is. */
    TEXT("text", "is text of the conversation"),
    /** The first line of a system message. */
    IDENTITY("identity", "tells the model who it is"),
    /** The knowledge cutoff and the current date. */
    DATES("dates", "tells where the model's knowledge ends, and what day it is"),
    /** {@code Reasoning: medium}. */
    REASONING("reasoning", "tells how long to think"),
    /** The tools of a system message. */
    BUILT_IN_TOOLS("built_in_tools", "declares the built-in tools: browser and python"),
    /** {@code # Valid channels: …}. */
    VALID_CHANNELS("valid_channels", "lists the channels that the model may write on"),
    /** The instructions of a developer message, with their heading. */
    INSTRUCTIONS("instructions", "is the developer's instructions, elsewhere called the system prompt"),
    /** The tools of a developer message. */
    TOOLS("tools", "declares the developer's tools, as TypeScript"),
    /** The response formats of a developer message. */
    RESPONSE_FORMATS("response_formats", "says what the answer must look like, as a JSON Schema"),
    /** {@code <|end|>}, {@code <|call|>} or {@code <|return|>}. */
    END("end", "ends the message"),
    /** {@code <|start|>} and a role, after the last message. */
    NEXT_MESSAGE("next_message", "begins the message that the model is to write");

    private final String wireName;
    private final String description;

    PromptPart(String wireName, String description) {
        this.wireName = wireName;
        this.description = description;
    }

    /** Returns the word for this part in JSON, as in {@code content_type}. */
    public String wireName() {
        return wireName;
    }

    /** Returns what a token of this part does, for human readers, as in {@code begins a message}. */
    public String description() {
        return description;
    }
}
