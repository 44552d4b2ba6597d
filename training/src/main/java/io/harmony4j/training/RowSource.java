package io.harmony4j.training;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where rows come from: lines of JSON, which may be compressed with gzip or zstd; what is there says so itself. */
public interface RowSource {
    /** Returns the name, by which errors and the manifest call it. */
    String name();

    /** Returns the bytes from the start. */
    InputStream open() throws IOException;

    /** Returns whether {@link #open} gives the same bytes each time. What does not can be read once, and its making cannot be resumed. */
    boolean isRepeatable();

    /** Returns a file, whose name is the path as it is given. */
    static RowSource of(Path file) {
        requireNonNull(file, "file");
        return new RowSource() {
            @Override
            public String name() {
                return file.toString();
            }

            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(file);
            }

            @Override
            public boolean isRepeatable() {
                return true;
            }
        };
    }
}
