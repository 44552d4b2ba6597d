package io.harmony4j.generation;

/** Why a model stopped, with the words of OpenAI's API. */
public enum FinishReason {
    /** A stop token came: the model was done. */
    STOP("stop"),
    /** The limit of tokens, or the end of the context, was reached. */
    LENGTH("length"),
    /** The model called tools. A generator of tokens, which cannot tell, says {@link #STOP}. */
    TOOL_CALLS("tool_calls"),
    /** It was cancelled from outside; OpenAI's API has no word for it. */
    CANCELLED("cancelled");

    private final String wireName;

    FinishReason(String wireName) {
        this.wireName = wireName;
    }

    /** Returns the word for this reason in JSON, as in {@code tool_calls}. */
    public String wireName() {
        return wireName;
    }
}
