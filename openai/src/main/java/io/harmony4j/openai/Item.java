package io.harmony4j.openai;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Recipient;
import io.harmony4j.ToolNamespace;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonValue;
import io.harmony4j.parser.Header;
import java.util.ArrayList;
import java.util.List;

/** One message of the assistant on its way into an answer, with what has come of it. Belongs to one {@link TurnItems}. */
final class Item {
    private final Kind kind;
    private final Header header;
    private final StringBuilder text = new StringBuilder();
    private final List<JsonValue> logProbabilities = new ArrayList<>();
    private boolean isCut;

    /** What a message is for a client. */
    enum Kind {
        /** Chain of thought. */
        REASONING,
        /** Content: what is said to the user. */
        MESSAGE,
        /** A call of a tool whose arguments are meant to be JSON. */
        FUNCTION_CALL,
        /** A call of a tool that takes free text. */
        CUSTOM_CALL,
        /** Code that the server runs. */
        PYTHON_CALL,
        /** A search, or another look at the web, that the server takes. */
        WEB_CALL;

        boolean isCall() {
            return this != REASONING && this != MESSAGE;
        }

        /** Returns whether it is a call of a tool that the server runs itself. */
        boolean isHosted() {
            return this == PYTHON_CALL || this == WEB_CALL;
        }

        /** Returns what a call of a tool is that the server runs itself. */
        static Kind hosted(Recipient tool) {
            return tool.name().equals(ToolNamespace.PYTHON) ? PYTHON_CALL : WEB_CALL;
        }
    }

    Item(Kind kind, Header header) {
        this.kind = kind;
        this.header = header;
    }

    Kind kind() {
        return kind;
    }

    /** Returns the phase of a message. */
    Phase phase() {
        return Phase.of(header);
    }

    /** Returns the tool that is called. */
    Recipient tool() {
        return requireNonNull(header.recipient(), "recipient");
    }

    /** Returns the text so far: of a call the arguments, or the free text. */
    String text() {
        return text.toString();
    }

    /** Returns the length of the text so far, in UTF-16 code units. */
    int length() {
        return text.length();
    }

    /** Returns an entry for each token of the text so far, if there are any. */
    JsonArray logProbabilities() {
        return JsonArray.of(logProbabilities);
    }

    /** Returns whether the model was cut off before the item was complete. */
    boolean isCut() {
        return isCut;
    }

    void add(String more, List<JsonValue> entries) {
        text.append(more);
        logProbabilities.addAll(entries);
    }

    void cut() {
        isCut = true;
    }
}
