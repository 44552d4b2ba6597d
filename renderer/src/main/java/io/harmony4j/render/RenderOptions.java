package io.harmony4j.render;

/**
 * How to render. An immutable value.
 *
 * <pre>{@code
 * RenderOptions.DEFAULT.keepAnalysis(true)
 * }</pre>
 *
 * @param keepAnalysis whether the chain of thought stays in a conversation where the default leaves it out: messages on the
 *     analysis channel before the first message on the final channel, if the assistant's last message is on the final channel.
 *     Does not matter for single messages.
 * @param conversationHasFunctionTools whether a single system message is rendered as one of a conversation that declares
 *     function tools, with a line on the channel of their calls. For whole conversations the renderer looks itself.
 */
public record RenderOptions(boolean keepAnalysis, boolean conversationHasFunctionTools) {
    /** What the models expect: analysis is left out once it is answered; a single message stands for itself. */
    public static final RenderOptions DEFAULT = new RenderOptions(false, false);

    /** Returns a copy that keeps analysis, or not. */
    public RenderOptions keepAnalysis(boolean keep) {
        return new RenderOptions(keep, conversationHasFunctionTools);
    }

    /** Returns a copy for single messages of conversations with function tools, or without. */
    public RenderOptions conversationHasFunctionTools(boolean has) {
        return new RenderOptions(keepAnalysis, has);
    }
}
