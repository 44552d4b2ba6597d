package io.harmony4j.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** A client as it should not be. It goes on until it is stopped, with one connection after the other. Of one {@link LoadLoop}. */
final class HostileClient implements LoadLoop.Client {
    /** What it does. */
    enum Kind {
        LEAVES,
        HALF_CLOSES,
        READS_ONE_BYTE_A_SECOND,
        SAYS_NOTHING,
        SLOW_HEADERS,
        SLOW_BODY,
        LONG_BODY,
        LONG_CHUNKS,
        BROKEN_JSON,
        DEEP_JSON,
        LONG_HEADERS,
        GARBAGE,
        PIPELINES
    }

    private static final int SECOND = 1000;
    private static final int AGAIN = 250;
    private static final byte[] CHUNK =
            ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);

    private final LoadLoop loop;
    private final Kind kind;
    private final LoadScript script;
    private LoadLoop.Wire wire;
    private boolean isStopped;
    private boolean hasLeft;
    private int events;
    private long left;

    HostileClient(LoadLoop loop, Kind kind, LoadScript script) throws IOException {
        this.loop = loop;
        this.kind = kind;
        this.script = script;
        this.wire = open();
    }

    private LoadLoop.Wire open() throws IOException {
        return loop.open(this, kind == Kind.READS_ONE_BYTE_A_SECOND ? 4096 : 0);
    }

    /** Returns the number of what it asked for. */
    int number() {
        return script.number();
    }

    /** Returns when it has left, by {@link System#nanoTime}; 0 if it has not. */
    long left() {
        return left;
    }

    void stop() {
        isStopped = true;
        wire.close();
    }

    @Override
    public void connected(LoadLoop.Wire connection) {
        switch (kind) {
            case LEAVES -> connection.send(StreamClient.request(script, true));
            case HALF_CLOSES -> {
                connection.send(StreamClient.request(script, false));
                connection.endOutput();
            }
            case READS_ONE_BYTE_A_SECOND -> {
                connection.send(StreamClient.request(script, true));
                connection.read(false);
                loop.after(SECOND, this::readByte);
            }
            case SAYS_NOTHING -> {
                // as its name says
            }
            case SLOW_HEADERS -> slowly("POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\nx-a: ", 0);
            case SLOW_BODY -> {
                send(post("content-length: 100000"));
                slowly("{\"messages\":[", 0);
            }
            case LONG_BODY -> {
                send(post("content-length: 20000000"));
                send("x".repeat(100_000));
            }
            case LONG_CHUNKS -> {
                send(post("transfer-encoding: chunked"));
                chunks(0);
            }
            case BROKEN_JSON -> send(post("content-length: 13") + "{\"messages\":[");
            case DEEP_JSON -> send(post("content-length: 1000000") + "[".repeat(1_000_000));
            case LONG_HEADERS -> send("GET /health HTTP/1.1\r\nhost: localhost\r\nx-a: " + "x".repeat(100_000));
            case GARBAGE -> {
                byte[] bytes = new byte[4000];
                new Random(script.number()).nextBytes(bytes);
                connection.send(bytes);
            }
            case PIPELINES -> {
                send("GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n".repeat(50));
                loop.after(SECOND, this::leave);
            }
            default -> throw new AssertionError(kind);
        }
    }

    private static String post(String header) {
        return "POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\n" + header + "\r\n\r\n";
    }

    private void send(String text) {
        wire.send(text.getBytes(StandardCharsets.UTF_8));
    }

    private void slowly(String text, int position) {
        if (!isStopped && !hasLeft) {
            send(position < text.length() ? text.substring(position, position + 1) : "a");
            loop.after(SECOND, () -> slowly(text, position + 1));
        }
    }

    private void chunks(int count) {
        if (!isStopped && !hasLeft && count < 200) {
            wire.send(CHUNK);
            loop.after(20, () -> chunks(count + 1));
        }
    }

    private void readByte() {
        if (!isStopped && !hasLeft) {
            if (wire.readSome(1) < 0) {
                again();
            } else {
                loop.after(SECOND, this::readByte);
            }
        }
    }

    @Override
    public void received(byte[] bytes, int count) {
        events++;
        if (kind == Kind.LEAVES && events == 5) {
            left = System.nanoTime();
            wire.close();
            hasLeft = true;
        } else if (kind != Kind.LEAVES && kind != Kind.PIPELINES) { // it has its answer
            leave();
        }
    }

    private void leave() {
        wire.close();
        again();
    }

    @Override
    public void closed() {
        again();
    }

    private void again() {
        if (!isStopped && !hasLeft) {
            hasLeft = true;
            loop.after(AGAIN, this::reopen);
        }
    }

    private void reopen() {
        if (!isStopped) {
            hasLeft = false;
            events = 0;
            try {
                wire = open();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
