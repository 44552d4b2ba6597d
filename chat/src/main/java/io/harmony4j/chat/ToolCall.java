package io.harmony4j.chat;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Recipient;

/**
 * A call of a tool, as a chat client sees it.
 *
 * <pre>{@code
 * Message.tool(call.recipient(), result)      // what answers it
 * }</pre>
 *
 * @param id what the tool's answer is to refer to
 * @param recipient the tool, as the model addressed it
 * @param arguments the arguments, exactly as the model wrote them
 */
public record ToolCall(String id, Recipient recipient, String arguments) {
    public ToolCall {
        requireNonNull(id, "id");
        requireNonNull(recipient, "recipient");
        requireNonNull(arguments, "arguments");
    }

    /** Returns the tool's name, without {@code functions.}. */
    public String name() {
        return recipient.toolName();
    }
}
