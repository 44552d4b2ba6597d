package io.harmony4j.cli;

import io.harmony4j.parser.ParseEvent;
import java.io.PrintWriter;
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
            if (!(event instanceof ParseEvent.Repaired)) {
                print(out, event.toJsonObject());
            }
        };
    }

    private static void print(PrintWriter out, Object line) {
        out.println(line);
        out.flush();
    }
}
