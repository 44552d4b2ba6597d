package io.harmony4j.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A file, or standard input where its name is {@code -}.
 *
 * @param name the name as given
 */
record Input(String name) {
    private static final String STANDARD_INPUT = "-";

    /** Returns the input with the given name, or standard input if none was given. */
    static Input of(@Nullable String name) {
        return new Input(name == null ? STANDARD_INPUT : name);
    }

    boolean isStandardInput() {
        return name.equals(STANDARD_INPUT);
    }

    InputStream open() throws IOException {
        return isStandardInput() ? new Unclosable(System.in) : Files.newInputStream(path());
    }

    /** Opens it; each time bytes are read, it is told how many. */
    InputStream open(IntConsumer advance) throws IOException {
        return new FilterInputStream(open()) {
            @Override
            public int read() throws IOException {
                int read = super.read();
                advance.accept(read < 0 ? 0 : 1);
                return read;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int read = super.read(into, offset, length);
                advance.accept(Math.max(0, read));
                return read;
            }
        };
    }

    /** Returns the size in bytes, or -1 if it is not known. */
    long size() throws IOException {
        return isStandardInput() ? -1 : Files.size(path());
    }

    /**
     * Returns the text.
     *
     * @throws IllegalArgumentException if it is not UTF-8, with the byte offset
     */
    String text() throws IOException {
        try (InputStream in = open()) {
            byte[] bytes = in.readAllBytes();
            return TextReader.decode(bytes, 0, bytes.length, 0);
        }
    }

    /** Returns an exception that says where it happened: the name of this input, then the text of the cause. */
    IllegalArgumentException error(RuntimeException cause) {
        return new IllegalArgumentException(this + ": " + cause.getMessage(), cause);
    }

    private Path path() throws IOException {
        Path path = Path.of(name);
        if (Files.isDirectory(path)) {
            throw new IOException("expected a file but found a directory at " + name);
        }
        return path;
    }

    @Override
    public String toString() {
        return isStandardInput() ? "standard input" : name;
    }

    /** Standard input, which may be named twice; it is at its end the second time. */
    private static final class Unclosable extends FilterInputStream {
        Unclosable(InputStream in) {
            super(in);
        }

        @Override
        public void close() {}
    }
}
