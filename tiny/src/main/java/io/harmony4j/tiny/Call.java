package io.harmony4j.tiny;

import io.harmony4j.Channel;
import io.harmony4j.ContentType;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import org.jspecify.annotations.Nullable;

/**
 * A call of a tool and its answer.
 *
 * @param recipient the tool
 * @param arguments JSON, or a program for Python
 * @param result the tool's answer
 * @param before the thought that leads to the call
 * @param preamble what the user is told before the call, if the developer wants that
 */
record Call(Recipient recipient, String arguments, String result, Thought before, String preamble) {
    /** The built-in tool; the model calls it while it thinks. */
    static final Recipient PYTHON = Recipient.of("python");

    private static final ContentType CODE = new ContentType("code", false);

    /** Returns the same call with a thought before the one that leads to it. */
    Call after(Thought thought) {
        return new Call(recipient, arguments, result, thought.then(before), preamble);
    }

    Message request() {
        if (!isPython()) {
            return Message.call(recipient, arguments);
        }
        return Message.analysis(arguments).withRecipient(recipient).withContentType(CODE);
    }

    /** Returns the tool's message, on the channel of the call. */
    Message answer() {
        return Message.tool(recipient, result).withChannel(channel());
    }

    /** Returns why the tool failed, or null if it did not. */
    @Nullable
    String error() {
        return isPython()
                ? ToolAnswer.errorLine(result)
                : ToolAnswer.read(result).error();
    }

    private boolean isPython() {
        return recipient.equals(PYTHON);
    }

    private Channel channel() {
        return isPython() ? Channel.ANALYSIS : Channel.COMMENTARY;
    }
}
