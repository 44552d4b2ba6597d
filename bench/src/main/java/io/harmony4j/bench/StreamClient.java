package io.harmony4j.bench;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A client as it should be: asks, reads the whole stream, and asks again on the same connection. Of one {@link LoadLoop}. */
final class StreamClient implements LoadLoop.Client {
    private final Supplier<@Nullable LoadScript> scripts;
    private final List<Exchange> exchanges = new ArrayList<>();
    private LoadLoop.@Nullable Wire wire;
    private HttpReader reader = new HttpReader();
    private @Nullable Exchange exchange;
    private boolean isClosed;

    /**
     * Starts to exchange.
     *
     * @param scripts gives what is asked for next; null at the end
     */
    StreamClient(LoadLoop loop, Supplier<@Nullable LoadScript> scripts) throws IOException {
        this.scripts = scripts;
        loop.open(this, 0);
    }

    /** A question and what came of it; times are of {@link System#nanoTime}. */
    static final class Exchange {
        final LoadScript script;
        final long start = System.nanoTime();
        long firstByte;
        long end;
        int status;
        boolean isRetryNamed;
        String text = "";
        boolean hasEnd;
        boolean hasError;
        final List<Long> arrivals = new ArrayList<>();

        Exchange(LoadScript script) {
            this.script = script;
        }

        boolean isAnswered() {
            return status == 200 && hasEnd && text.equals(script.text());
        }

        /** Returns whether words of another answer have come. */
        boolean isMixed() {
            return status == 200 && !script.text().startsWith(text);
        }

        /** Returns whether it was neither answered nor told why not. */
        boolean isLost() {
            return !hasEnd && !hasError;
        }
    }

    /** Returns what has been asked. */
    List<Exchange> exchanges() {
        return exchanges;
    }

    /** Returns whether there is nothing more to ask, or the connection is gone. */
    boolean isDone() {
        return exchange == null && (isClosed || wire != null);
    }

    @Override
    public void connected(LoadLoop.Wire connection) {
        wire = connection;
        ask();
    }

    private void ask() {
        exchange = null;
        LoadScript script = isClosed ? null : scripts.get();
        if (script != null && wire != null) {
            exchange = new Exchange(script);
            exchanges.add(exchange);
            reader = new HttpReader();
            wire.send(request(script, exchanges.size() % 2 == 1));
        }
    }

    /** Returns a request for a stream of either API. */
    static byte[] request(LoadScript script, boolean isChat) {
        JsonObject.Builder json = JsonObject.builder().put("stream", true);
        if (isChat) {
            json.put("messages", Json.parseAny("[{\"role\":\"user\",\"content\":\"" + script.prompt() + "\"}]"));
        } else {
            json.put("input", script.prompt()).put("store", false);
        }
        String body = json.build().toString();
        return ("POST " + (isChat ? "/v1/chat/completions" : "/v1/responses")
                        + " HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: "
                        + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void received(byte[] bytes, int count) {
        Exchange current = exchange;
        if (current == null) {
            return;
        }
        long now = System.nanoTime();
        if (!reader.hasBegun()) {
            current.firstByte = now;
        }
        current.arrivals.add(now);
        reader.read(bytes, 0, count);
        if (reader.isDone()) {
            end(current);
            isClosed |= reader.isLast();
            ask();
        }
    }

    @Override
    public void closed() {
        isClosed = true;
        if (exchange != null) {
            end(exchange);
            exchange = null;
        }
    }

    private void end(Exchange current) {
        current.end = System.nanoTime();
        current.status = reader.status();
        current.isRetryNamed = reader.isRetryNamed();
        StringBuilder text = new StringBuilder();
        for (String line : reader.body().split("\n", -1)) {
            if (line.equals("data: [DONE]")) {
                current.hasEnd = reader.isDone();
            } else if (line.startsWith("data: {")) {
                readEvent(line.substring(6), text, current);
            }
        }
        current.hasError |= current.status >= 400 && reader.isDone();
        current.text = text.toString();
    }

    private void readEvent(String line, StringBuilder text, Exchange current) {
        JsonValue event;
        try {
            event = Json.parse(line);
        } catch (IllegalArgumentException e) {
            return; // the beginning of an event, after which the connection ended
        }
        JsonValue delta = event.get("delta");
        if (!event.get("error").isNull()) {
            current.hasError = true;
        } else if (event.get("object").isString()) {
            delta = event.get("choices").elements().get(0).get("delta").get("content");
        } else {
            switch (event.get("type").text()) {
                case "response.completed" -> current.hasEnd = reader.isDone();
                case "response.failed", "error" -> current.hasError = true;
                case "response.output_text.delta" -> {
                    // its delta is text
                }
                default -> {
                    return;
                }
            }
        }
        if (delta.isString()) {
            text.append(delta.text());
        }
    }
}
