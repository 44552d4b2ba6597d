package io.harmony4j.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks again and again what the server answers without any other thread than that of its event loop. Of one {@link LoadLoop}. */
final class Probe implements LoadLoop.Client {
    private static final int PAUSE = 20;
    private static final byte[] QUESTION =
            "OPTIONS /health HTTP/1.1\r\nhost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final LoadLoop loop;
    private final List<Long> nanos = new ArrayList<>();
    private LoadLoop.@Nullable Wire wire;
    private long asked;

    Probe(LoadLoop loop) throws IOException {
        this.loop = loop;
        loop.open(this, 0);
    }

    /** Returns how long the answers took. */
    Latencies latencies() {
        return Latencies.ofNanos(nanos.stream().mapToLong(Long::longValue));
    }

    @Override
    public void connected(LoadLoop.Wire connection) {
        wire = connection;
        ask();
    }

    private void ask() {
        if (wire != null) {
            asked = System.nanoTime();
            wire.send(QUESTION);
        }
    }

    @Override
    public void received(byte[] bytes, int count) {
        if (bytes[count - 1] == '\n') {
            nanos.add(System.nanoTime() - asked);
            loop.after(PAUSE, this::ask);
        }
    }

    @Override
    public void closed() {
        wire = null;
    }
}
