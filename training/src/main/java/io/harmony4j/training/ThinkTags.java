package io.harmony4j.training;

import org.jspecify.annotations.Nullable;

/**
 * A chain of thought that stands before an answer in its text: {@code <think>...</think>}.
 *
 * @param thought what stands between the tags, without white space around it; empty if there are no tags at the beginning
 * @param rest what follows; null if nothing follows a thought
 */
record ThinkTags(String thought, @Nullable String rest) {
    private static final String BEGIN = "<think>";
    private static final String END = "</think>";

    static ThinkTags split(String text) {
        String begun = text.stripLeading();
        int end = begun.startsWith(BEGIN) ? begun.indexOf(END) : -1;
        if (end < 0) {
            return new ThinkTags("", text);
        }
        String thought = begun.substring(BEGIN.length(), end).strip();
        String rest = begun.substring(end + END.length()).stripLeading();
        return new ThinkTags(thought, rest.isEmpty() && !thought.isEmpty() ? null : rest);
    }
}
