package io.harmony4j.parse;

import io.harmony4j.Author;
import io.harmony4j.Channel;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import org.jspecify.annotations.Nullable;

/** What a message is for a client of a chat API. */
enum ChatPart {
    /** Chain of thought: on analysis, or to the assistant itself. */
    REASONING,
    /** For the user, whatever its channel. */
    CONTENT,
    /** A call of a tool, whatever its channel. */
    TOOL_CALL,
    /** Not the assistant's, and not shown. */
    HIDDEN;

    static ChatPart of(Author author, @Nullable Recipient recipient, @Nullable Channel channel) {
        if (author.role() != Role.ASSISTANT) {
            return HIDDEN;
        }
        if (recipient != null && recipient.isTool()) {
            return TOOL_CALL;
        }
        return Channel.ANALYSIS.equals(channel) || Recipient.ASSISTANT.equals(recipient) ? REASONING : CONTENT;
    }
}
