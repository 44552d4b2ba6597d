package io.harmony4j.engine;

import java.nio.file.Path;

/** A checkpoint is not as it should be. The message names the file, the tensor or key, what was expected and what was found. */
public final class CheckpointException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final transient Path file;

    CheckpointException(Path file, String problem) {
        super(file + ": " + problem);
        this.file = file;
    }

    /** Returns the file or folder that is at fault. */
    public Path file() {
        return file;
    }
}
