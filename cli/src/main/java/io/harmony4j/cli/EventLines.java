package io.harmony4j.cli;

import io.harmony4j.Message;
import io.harmony4j.json.JsonObject;
import io.harmony4j.parser.Header;
import io.harmony4j.parser.ParseEvent;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Prints what a parser reads as lines of JSON, each as soon as it is known. */
final class EventLines {
    private EventLines() {}

    /** Returns a printer of complete messages. */
    static Consumer<ParseEvent> ofMessages(PrintWriter out) {
        return event -> {
            if (event instanceof ParseEvent.MessageEnded ended) {
                print(out, ended.message().toJson());
            }
        };
    }

    /** Returns a printer of all events but repairs. */
    static Consumer<ParseEvent> ofEvents(PrintWriter out) {
        return event -> {
            if (event instanceof ParseEvent.MessageStarted started) {
                print(out, started(started.header()));
            } else if (event instanceof ParseEvent.ContentDelta delta) {
                print(out, line("content_delta").put("text", delta.text()).build());
            } else if (event instanceof ParseEvent.MessageEnded ended) {
                print(out, ended(ended));
            }
        };
    }

    private static void print(PrintWriter out, Object line) {
        out.println(line);
        out.flush();
    }

    private static JsonObject.Builder line(String event) {
        return JsonObject.builder().put("event", event);
    }

    /** Returns the fields of a message that has no content yet. */
    private static JsonObject started(Header header) {
        Message empty =
                new Message(header.author(), header.recipient(), List.of(), header.channel(), header.contentType());
        JsonObject.Builder line = line("message_started");
        empty.toJsonObject().members().forEach((name, value) -> {
            if (!name.equals("content")) {
                line.put(name, value);
            }
        });
        return line.build();
    }

    private static JsonObject ended(ParseEvent.MessageEnded ended) {
        return line("message_ended")
                .put("ending", ended.ending().name().toLowerCase(Locale.ROOT))
                .put("message", ended.message().toJsonObject())
                .build();
    }
}
