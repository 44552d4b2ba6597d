package io.harmony4j.mcp;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A server's end of MCP's transport {@code stdio}: reads a line, lets the session handle it, writes the answer, reads the next.
 *
 * <p>The SDK's own transport stops at the first line that it cannot read, and leaves out what is not yet written when the input ends.
 */
final class LineTransport implements McpServerTransportProvider, McpServerTransport {
    /** The most bytes of a line: a client that writes without end must not fill the memory. */
    static final int MAX_LINE = 10_000_000;

    private static final int PARSE_ERROR = -32700;
    private static final int INVALID_REQUEST = -32600;

    private final InputStream in;
    private final OutputStream out;
    private @Nullable McpServerSession session;
    private @Nullable IOException failure;

    /** What the client has said so far of the three steps that begin a session. */
    private Stage stage = Stage.NEW;

    private enum Stage {
        NEW,
        ASKED,
        INITIALIZED
    }

    LineTransport(InputStream in, OutputStream out) {
        this.in = new BufferedInputStream(in);
        this.out = out;
    }

    @Override
    public void setSessionFactory(McpServerSession.Factory factory) {
        session = factory.create(this);
    }

    /**
     * Answers until the input ends.
     *
     * @throws IOException if a stream fails
     */
    void run() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean hasMore = true;
        while (hasMore && failure == null) {
            line.reset();
            long length = 0;
            int b = in.read();
            for (; b >= 0 && b != '\n'; b = in.read()) {
                if (length++ < MAX_LINE) {
                    line.write(b);
                }
            }
            hasMore = b >= 0;
            if (length > MAX_LINE) {
                refuse(
                        JsonValue.ofNull(),
                        INVALID_REQUEST,
                        "expected a message of at most " + MAX_LINE + " bytes but found " + length);
            } else {
                answer(line.toByteArray());
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void answer(byte[] line) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException e) {
            refuse(JsonValue.ofNull(), PARSE_ERROR, "expected UTF-8 but found other bytes");
            return;
        }
        if (text.isBlank()) {
            return;
        }
        JSONRPCMessage message;
        try {
            message = McpSchema.deserializeJsonRpcMessage(McpJson.mapper(), text);
        } catch (IOException | RuntimeException e) { // which one is for the SDK to say, and it has no rule
            refuse(text);
            return;
        }
        if (message instanceof JSONRPCRequest request && !mayAsk(request)) {
            if (request.method().equals(McpSchema.METHOD_PING)) { // which may come before everything else
                write(answer(id(request))
                        .put("result", JsonObject.EMPTY)
                        .build()
                        .toString());
                return;
            }
            refuse(id(request), INVALID_REQUEST, "expected the request initialize first but found " + request.method());
            return;
        }
        handle(message);
    }

    private static JsonValue id(JSONRPCRequest request) {
        return request.id() instanceof Number number
                ? JsonValue.of(number.longValue())
                : JsonValue.of(String.valueOf(request.id()));
    }

    /** Returns whether a request comes at its time. The session would wait for {@code initialized} without end; some clients leave it out. */
    private boolean mayAsk(JSONRPCRequest request) {
        if (request.method().equals(McpSchema.METHOD_INITIALIZE)) {
            stage = Stage.ASKED;
        } else if (stage == Stage.ASKED) {
            handle(new JSONRPCNotification(McpSchema.METHOD_NOTIFICATION_INITIALIZED));
        }
        return stage != Stage.NEW;
    }

    private void handle(JSONRPCMessage message) {
        if (message instanceof JSONRPCNotification notification
                && notification.method().equals(McpSchema.METHOD_NOTIFICATION_INITIALIZED)) {
            stage = Stage.INITIALIZED;
        }
        if (session != null) {
            // an error is a request's answer already; of a notification nobody wants to know
            session.handle(message).onErrorComplete().subscribe();
        }
    }

    /** Refuses a line that is no message. */
    private void refuse(String text) {
        JsonValue value;
        try {
            value = Json.parseAny(text);
        } catch (IllegalArgumentException e) {
            refuse(JsonValue.ofNull(), PARSE_ERROR, "expected JSON: " + e.getMessage());
            return;
        }
        JsonValue id = value.get("id");
        refuse(
                id.isString() || id.isInteger() ? id : JsonValue.ofNull(),
                INVALID_REQUEST,
                "expected a message of JSON-RPC 2.0, which has a method, or an id and a result or an error");
    }

    private void refuse(JsonValue id, int code, String message) {
        write(answer(id)
                .put(
                        "error",
                        JsonObject.builder()
                                .put("code", code)
                                .put("message", message)
                                .build())
                .build()
                .toString());
    }

    private static JsonObject.Builder answer(JsonValue id) {
        return JsonObject.builder().put("jsonrpc", McpSchema.JSONRPC_VERSION).put("id", id);
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        return Mono.fromRunnable(() -> write(McpJson.write(message)));
    }

    private synchronized void write(String message) {
        try {
            out.write((message + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            failure = e;
        }
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return McpJson.mapper().convertValue(data, type);
    }

    @Override
    public Mono<Void> notifyClients(String method, Object params) {
        return session == null ? Mono.empty() : session.sendNotification(method, params);
    }

    @Override
    public List<String> protocolVersions() {
        return McpServerTransportProvider.super.protocolVersions();
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.empty(); // the streams are the caller's
    }

    @Override
    public void close() {}
}
