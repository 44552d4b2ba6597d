package io.harmony4j.renderer;

import io.harmony4j.Author;
import io.harmony4j.Channel;
import io.harmony4j.Content;
import io.harmony4j.ContentType;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the chat template on Hugging Face makes of a conversation, were its messages those of a chat: instructions come from the beginning
 * alone, users have no names, a text beside calls is a thought, of calls in a row there is only the first, whose name all results get, and
 * arguments and results are JSON that Python writes. Messages on channels that a chat does not have, calls of built-in tools for instance,
 * stay as they are.
 */
final class HfNormaliser implements Normaliser {
    /** The content type of calls, which is text to the template. */
    private static final ContentType JSON = ContentType.of("json");

    private boolean hasSystem;
    private boolean hasDeveloper;
    private boolean hasBegun; // whether there is a message that is neither the system's nor the developer's
    private boolean isAfterCall;
    private @Nullable Recipient lastCall;

    @Override
    public @Nullable Message next(Message message) {
        boolean wasAfterCall = isAfterCall;
        isAfterCall = isFunctionCall(message);
        return switch (message.author().role()) {
            case SYSTEM, DEVELOPER -> instructions(message);
            case USER ->
                other(Message.of(Author.of(Role.USER), message.content().toArray(Content[]::new)));
            case TOOL -> other(result(message));
            case ASSISTANT -> {
                if (isAfterCall) {
                    yield wasAfterCall ? null : other(call(message));
                }
                yield other(isPreamble(message) ? message.withChannel(Channel.ANALYSIS) : message);
            }
        };
    }

    private Message other(Message message) {
        hasBegun = true;
        return message;
    }

    /** Returns the system's message as it is, and the developer's, which may also be a text of the system's. */
    private @Nullable Message instructions(Message message) {
        boolean isText = message.content().stream().allMatch(Content.Text.class::isInstance);
        boolean isDevelopers = isText || message.author().role() == Role.DEVELOPER;
        if (hasBegun || (isDevelopers ? hasDeveloper : hasSystem)) {
            return null;
        }
        hasDeveloper |= isDevelopers;
        hasSystem |= !isDevelopers;
        if (isText) {
            return Message.developer(Content.developer(message.text()));
        }
        return message;
    }

    private Message call(Message message) {
        lastCall = message.recipient();
        JsonValue arguments;
        try {
            arguments = Json.parseAny(message.text());
        } catch (IllegalArgumentException notJson) {
            arguments = JsonValue.of(message.text());
        }
        return new Message(message.author(), lastCall, text(arguments), Channel.COMMENTARY, JSON);
    }

    private Message result(Message message) {
        String name = message.author().name();
        if (lastCall == null || name == null || !Recipient.of(name).isFunction()) {
            return message;
        }
        return new Message(
                Author.of(Role.TOOL, lastCall.name()),
                Recipient.ASSISTANT,
                text(JsonValue.of(message.text())),
                Channel.COMMENTARY,
                null);
    }

    private static List<Content> text(JsonValue value) {
        return List.of(new Content.Text(PythonJson.write(value)));
    }

    private static boolean isFunctionCall(Message message) {
        return message.isToolCall()
                && message.recipient() != null
                && message.recipient().isFunction();
    }

    private static boolean isPreamble(Message message) {
        return message.recipient() == null && Channel.COMMENTARY.equals(message.channel());
    }
}
