package io.harmony4j.renderer;

import io.harmony4j.Content;
import io.harmony4j.Message;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;

/** Messages: header, content, and the token that ends them. */
final class MessageWriter {
    private final TokenWriter out;
    private final HeaderWriter header;
    private final PromptWriter prompt;
    private final boolean functionTools; // whether the conversation declares function tools

    MessageWriter(TokenWriter out, Dialect dialect, boolean functionTools) {
        this.out = out;
        this.header = new HeaderWriter(out, dialect.header());
        this.prompt = new PromptWriter(out, dialect.text());
        this.functionTools = functionTools;
    }

    /**
     * Writes a message.
     *
     * @param index its place in its conversation, for the error message
     * @throws IllegalArgumentException if it is a tool's message without the tool's name, or holds the content of a system or
     *     developer message and is none
     */
    void write(Message message, int index) {
        out.message(index);
        int start = out.size();
        header.write(message, index);
        int content = out.size();
        for (Content part : message.content()) {
            part(part, message.author().role(), index);
        }
        out.messageEnds(message, start, content);
        out.part(PromptPart.END);
        out.special(endOf(message));
    }

    private void part(Content part, Role role, int index) {
        if (part instanceof Content.Text text) {
            out.part(PromptPart.TEXT);
            out.text(text.text());
        } else if (part instanceof Content.System system) {
            requireRole(Role.SYSTEM, role, index);
            prompt.write(system, functionTools);
        } else if (part instanceof Content.Developer developer) {
            requireRole(Role.DEVELOPER, role, index);
            prompt.write(developer);
        }
    }

    private static void requireRole(Role expected, Role found, int index) {
        if (found != expected) {
            throw new IllegalArgumentException("expected %1$s content in a %1$s message but found it in a %2$s message"
                            .formatted(expected.wireName(), found.wireName())
                    + " at message " + index + "; give the message the role " + expected.wireName()
                    + ", or make its content text");
        }
    }

    /** Returns the token that ends a message within a conversation. */
    static SpecialToken endOf(Message message) {
        // parity: a call even where the recipient is "all", which the header does not show
        boolean call = message.author().role() == Role.ASSISTANT && message.recipient() != null;
        return call ? SpecialToken.CALL : SpecialToken.END;
    }
}
