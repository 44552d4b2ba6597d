package io.harmony4j.renderer;

import io.harmony4j.Message;
import io.harmony4j.Role;
import java.util.List;

/**
 * An earlier rendering, of which a later one takes over the messages that are the same in both. A message has its own tokens, whatever
 * else is in the conversation, but for a system message, which says whether there are function tools. Belongs to one rendering.
 */
final class EarlierRendering {
    private final Rendering earlier;
    private final boolean hasSameTools;

    private int message; // index of the next span of a message
    private int part; // index of the next span of a part

    /** @param hasSameTools whether the earlier conversation and the one that is rendered now both declare function tools, or both do not */
    EarlierRendering(Rendering earlier, boolean hasSameTools) {
        this.earlier = earlier;
        this.hasSameTools = hasSameTools;
    }

    /**
     * Writes a message if the earlier rendering has it in the same place; returns whether it has. Messages are asked for in their order.
     *
     * @param index its place in its conversation
     */
    boolean write(Message wanted, int index, TokenWriter out) {
        List<MessageSpan> spans = earlier.messages();
        while (message < spans.size() && spans.get(message).index() < index) {
            message++;
        }
        boolean isSame = message < spans.size()
                && spans.get(message).index() == index
                && spans.get(message).message().equals(wanted)
                && (hasSameTools || wanted.author().role() != Role.SYSTEM);
        if (isSame) {
            write(spans.get(message), out);
        }
        return isSame;
    }

    private void write(MessageSpan span, TokenWriter out) {
        out.message(span.index());
        int start = out.size();
        List<PartSpan> parts = earlier.parts();
        while (parts.get(part).start() < span.start()) {
            part++;
        }
        for (; parts.get(part).start() < span.end(); part++) {
            out.part(parts.get(part).part());
            out.again(earlier.shared(), parts.get(part).start(), parts.get(part).end());
        }
        out.messageEnds(span.message(), start, start + span.content() - span.start());
        out.part(PromptPart.END);
        out.special(MessageWriter.endOf(span.message())); // in a training example it may have been replaced
        out.messageTakenOver();
    }
}
