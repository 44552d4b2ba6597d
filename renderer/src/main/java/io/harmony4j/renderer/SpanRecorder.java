package io.harmony4j.renderer;

import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.tokenizer.EncodedText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records what the tokens of one rendering are there for. */
final class SpanRecorder {
    private final List<MessageSpan> messages = new ArrayList<>();
    private final List<PartSpan> parts = new ArrayList<>();

    /** Parts of the text that comes next, by where in it they begin. */
    private final List<Mark> marks = new ArrayList<>();

    private PromptPart part = PromptPart.START;
    private int message;
    private int start; // the token index where the part began
    private int takenOver; // how many messages are

    /**
     * The beginning of a part.
     *
     * @param part the part
     * @param offset where in a text it begins, in UTF-16 code units
     */
    private record Mark(PromptPart part, int offset) {}

    /** Says that another message begins. */
    void message(int index, int size) {
        endPart(size);
        message = index;
    }

    /** Says that the message is complete. */
    void messageEnded(Message whole, int messageStart, int content, int end) {
        messages.add(new MessageSpan(message, whole, messageStart, content, end));
    }

    /** Says that a part begins where there are so many tokens. */
    void part(PromptPart next, int size) {
        endPart(size);
        part = next;
    }

    /** Says that a part begins at the given place of the text that comes next. */
    void partInText(PromptPart next, int offset) {
        marks.add(new Mark(next, offset));
    }

    /** Returns whether parts begin within the text that comes next. */
    boolean hasPartsInText() {
        return !marks.isEmpty();
    }

    /** Says which text has come, and how many tokens there were before. */
    void text(EncodedText text, int before) {
        int token = 0;
        for (Mark mark : marks) {
            while (token < text.size() && text.offset(token) < mark.offset) {
                token++;
            }
            part(mark.part, before + token);
        }
        marks.clear();
    }

    private void endPart(int end) {
        if (end > start) {
            parts.add(new PartSpan(part, message, start, end));
            start = end;
        }
    }

    /** Says that the message that has just been written is taken over from an earlier rendering. */
    void takenOver() {
        takenOver++;
    }

    /** Returns the rendering of these tokens. */
    Rendering finish(int[] tokens, HarmonyRenderer renderer, Conversation conversation) {
        return finish(tokens, conversation.messages().size(), new Rendering.Source(renderer, conversation));
    }

    /**
     * Returns the rendering of these tokens.
     *
     * @param count how many messages there are, those among them that were left out
     * @param source what was rendered, unless it is a chat
     */
    Rendering finish(int[] tokens, int count, Rendering.@Nullable Source source) {
        endPart(tokens.length);
        return new Rendering(tokens, messages, parts, dropped(count), count, source, messages.size() - takenOver);
    }

    /** Returns the indices of the messages that were not written. */
    private List<Integer> dropped(int count) {
        List<Integer> dropped = new ArrayList<>();
        int next = 0;
        for (MessageSpan span : messages) {
            for (; next < span.index(); next++) {
                dropped.add(next);
            }
            next = span.index() + 1;
        }
        for (; next < count; next++) {
            dropped.add(next);
        }
        return List.copyOf(dropped);
    }
}
