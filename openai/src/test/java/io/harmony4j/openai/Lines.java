package io.harmony4j.openai;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import java.util.List;

/** Conversations as lines that a test can show: author, recipient, channel and text of each message but the first, the system's. */
final class Lines {
    private Lines() {}

    static List<String> of(Conversation conversation) {
        List<Message> messages = conversation.messages();
        return of(messages.subList(1, messages.size()));
    }

    static List<String> of(List<Message> messages) {
        return messages.stream().map(Lines::of).toList();
    }

    private static String of(Message message) {
        String name = message.author().name();
        StringBuilder line = new StringBuilder(message.author().role().wireName());
        line.append(name == null ? "" : ":" + name);
        line.append(message.recipient() == null ? "" : " to=" + message.recipient());
        line.append(message.channel() == null ? "" : " " + message.channel());
        line.append(message.contentType() == null ? "" : " " + message.contentType());
        for (Content part : message.content()) {
            line.append(" | ");
            if (part instanceof Content.Text text) {
                line.append(text.text());
            } else if (part instanceof Content.Developer developer) {
                line.append(developer.instructions() == null ? "" : developer.instructions());
                if (developer.tools() != null) {
                    developer.tools().values().forEach(space -> line.append(' ').append(space.recipients()));
                }
                developer.responseFormats().forEach(format -> line.append(" = ").append(format.schema()));
            }
        }
        return line.toString();
    }
}
