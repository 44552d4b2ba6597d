package io.harmony4j.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads one answer of HTTP/1.1, in pieces as they come.
 *
 * <pre>HEAD --blank line--> LENGTH | SIZE --> CHUNK --> SIZE … --> END --> DONE</pre>
 */
final class HttpReader {
    private enum State {
        HEAD,
        LENGTH,
        SIZE,
        CHUNK,
        CHUNK_END,
        END,
        DONE
    }

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final StringBuilder line = new StringBuilder();
    private State state = State.HEAD;
    private int status;
    private boolean isChunked;
    private boolean isRetryNamed;
    private boolean isLast;
    private int left;

    /** Reads bytes of the answer; returns how many, all of them unless it is done before. */
    int read(byte[] bytes, int start, int end) {
        int i = start;
        while (i < end && state != State.DONE) {
            if (state == State.LENGTH || state == State.CHUNK) {
                int count = Math.min(left, end - i);
                body.write(bytes, i, count);
                left -= count;
                i += count;
                if (left == 0) {
                    state = state == State.LENGTH ? State.DONE : State.CHUNK_END;
                }
            } else if (bytes[i++] == '\n') {
                endLine(line.toString().stripTrailing());
                line.setLength(0);
            } else {
                line.append((char) bytes[i - 1]);
            }
        }
        return i - start;
    }

    private void endLine(String text) {
        switch (state) {
            case HEAD -> header(text);
            case SIZE -> {
                left = Integer.parseInt(text, 16);
                state = left == 0 ? State.END : State.CHUNK;
            }
            case CHUNK_END -> state = State.SIZE;
            default -> state = State.DONE; // the line after the last chunk
        }
    }

    private void header(String text) {
        String header = text.toLowerCase(Locale.ROOT);
        if (status == 0) {
            status = Integer.parseInt(text.split(" ", -1)[1]);
        } else if (header.startsWith("content-length:")) {
            left = Integer.parseInt(header.substring(15).strip());
        } else if (header.startsWith("transfer-encoding:")) {
            isChunked = header.contains("chunked");
        } else if (header.startsWith("retry-after:")) {
            isRetryNamed = true;
        } else if (header.equals("connection: close")) {
            isLast = true;
        } else if (text.isEmpty()) {
            state = isChunked ? State.SIZE : left == 0 ? State.DONE : State.LENGTH;
        }
    }

    /** Returns whether anything has come. */
    boolean hasBegun() {
        return status != 0 || line.length() > 0;
    }

    boolean isDone() {
        return state == State.DONE;
    }

    /** Returns the status; 0 before it has come. */
    int status() {
        return status;
    }

    /** Returns whether the answer says when to come again. */
    boolean isRetryNamed() {
        return isRetryNamed;
    }

    /** Returns whether the connection ends with this answer. */
    boolean isLast() {
        return isLast;
    }

    /** Returns what has come of the body. */
    String body() {
        return body.toString(StandardCharsets.UTF_8);
    }
}
