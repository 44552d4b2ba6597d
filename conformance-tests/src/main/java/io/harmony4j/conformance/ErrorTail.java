package io.harmony4j.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The end of what was written to standard error; more is not kept. For several threads. */
final class ErrorTail {
    private static final int KEPT_BYTES = 8192;

    private final byte[] kept = new byte[KEPT_BYTES]; // a ring
    private long total; // bytes, of which the last ones are kept

    /** Reads a stream to its end. */
    void readAll(InputStream in) throws IOException {
        byte[] buffer = new byte[KEPT_BYTES];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            add(buffer, n);
        }
    }

    private synchronized void add(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            kept[(int) (total++ % KEPT_BYTES)] = bytes[i];
        }
    }

    /** Returns the number of bytes that were written in all. */
    synchronized long total() {
        return total;
    }

    /** Returns the last bytes as text, at most so many; without white space at its ends. */
    synchronized String last(int bytes) {
        int length = (int) Math.min(Math.min(bytes, KEPT_BYTES), total);
        byte[] tail = new byte[length];
        for (int i = 0; i < length; i++) {
            tail[i] = kept[(int) ((total - length + i) % KEPT_BYTES)];
        }
        return new String(tail, StandardCharsets.UTF_8).strip();
    }
}
