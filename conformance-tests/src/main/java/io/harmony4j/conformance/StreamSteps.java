package io.harmony4j.conformance;

import io.harmony4j.Channel;
import io.harmony4j.ContentType;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.parser.Header;
import io.harmony4j.parser.MessageParser;
import io.harmony4j.parser.ParseEvent;
import io.harmony4j.parser.ParseOptions;
import io.harmony4j.parser.ParseResult;
import io.harmony4j.parser.StreamParser;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes down, after each token, what a client could know by then: the steps of the protocol's stream command. */
final class StreamSteps {
    private final StreamParser parser;
    private final List<JsonValue> steps = new ArrayList<>();

    /** Whether text that only the end of a message brings is no delta, as in openai/harmony. */
    private final boolean endHasNoDelta;

    private final StringBuilder content = new StringBuilder();
    private final StringBuilder delta = new StringBuilder();
    private @Nullable Role given;
    private @Nullable Header header;

    StreamSteps(Tokenizer tokenizer, ParseOptions options) {
        this.parser = new StreamParser(tokenizer, options, this::on);
        this.endHasNoDelta = options.isStrict();
        this.given = options.role();
    }

    void accept(int token) {
        delta.setLength(0);
        parser.accept(token);
        addStep();
    }

    /** Reads the end of the stream, in the way that the caller tells the parser of it. */
    void finish(Consumer<MessageParser> end) {
        delta.setLength(0);
        end.accept(parser);
        addStep();
    }

    private void on(ParseEvent event) {
        if (event instanceof ParseEvent.MessageStarted started) {
            header = started.header();
            given = null;
        } else if (event instanceof ParseEvent.ContentDelta more) {
            delta.append(more.text());
            content.append(more.text());
        } else if (event instanceof ParseEvent.MessageEnded) {
            header = null;
            content.setLength(0);
            if (endHasNoDelta) {
                delta.setLength(0);
            }
        }
    }

    private void addStep() {
        JsonObject.Builder step = JsonObject.builder();
        step.put(
                "state",
                switch (parser.state()) {
                    case EXPECT_START -> "ExpectStart";
                    case HEADER -> "Header";
                    case CONTENT -> "Content";
                });
        Role role = header == null ? given : header.author().role();
        Channel channel = header == null ? null : header.channel();
        Recipient recipient = header == null ? null : header.recipient();
        ContentType contentType = header == null ? null : header.contentType();
        step.put("role", role == null ? null : role.wireName());
        step.put("channel", channel == null ? null : channel.name());
        step.put("recipient", recipient == null ? null : recipient.name());
        step.put("content_type", contentType == null ? null : contentType.text());
        step.put("delta", delta.isEmpty() ? null : delta.toString());
        step.put("content", content.toString());
        step.put("messages", parser.messages().size());
        steps.add(step.build());
    }

    /** Returns the steps so far. */
    JsonArray toJson() {
        return JsonArray.of(steps);
    }

    /** Returns what has been read so far. */
    ParseResult result() {
        return parser.result();
    }
}
