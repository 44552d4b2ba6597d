package io.harmony4j.generation;

/** Thrown by a generator whose model cannot read so long a prompt; nothing has been generated. */
public final class PromptTooLongException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final int promptTokens;
    private final int contextLength;

    /**
     * @param promptTokens how many tokens the prompt has
     * @param contextLength how many the model can read
     */
    public PromptTooLongException(int promptTokens, int contextLength) {
        super("expected a prompt of at most " + contextLength + " tokens, the model's context, but found "
                + promptTokens + "; leave out old messages, or shorten what tools answer");
        this.promptTokens = promptTokens;
        this.contextLength = contextLength;
    }

    /** Returns how many tokens the prompt has. */
    public int promptTokens() {
        return promptTokens;
    }

    /** Returns how many tokens the model can read. */
    public int contextLength() {
        return contextLength;
    }
}
