package io.harmony4j.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/**
 * Standard output that does not hide its end, as a {@code PrintWriter} does: the first failure to write, be it a full
 * disk or a closed pipe, is thrown unchecked. What is written after that is dropped.
 */
final class StandardOutput extends FilterOutputStream {
    private boolean hasFailed;

    StandardOutput(OutputStream stream) {
        super(stream);
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (!hasFailed) {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                hasFailed = true;
                throw new UncheckedIOException("expected to write all output but found: " + e.getMessage(), e);
            }
        }
    }

    /** Returns whether a failure says that the reader has seen enough, as {@code head} has: no reason to complain. */
    static boolean isClosedPipe(Throwable failure) {
        Throwable cause = failure instanceof UncheckedIOException unchecked ? unchecked.getCause() : failure;
        return cause instanceof IOException
                && String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
    }
}
