package io.harmony4j.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/**
 * Standard output that does not hide failures, as a {@code PrintWriter} does: the first one, such as a full disk or a
 * closed pipe, is thrown unchecked. What is written after that is dropped.
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

    /** Returns whether a failure means that the reader has seen enough, as {@code head} does: that is not an error. */
    static boolean isClosedPipe(Throwable failure) {
        Throwable cause = failure instanceof UncheckedIOException unchecked ? unchecked.getCause() : failure;
        return cause instanceof IOException
                && String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
    }
}
