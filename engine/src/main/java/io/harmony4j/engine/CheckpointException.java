package io.harmony4j.engine;

import java.nio.file.Path;

/**
 * A checkpoint is not as it should be, or what it computes are no numbers. The message names the file, the tensor or key, what was
 * expected and what was found.
 */
public final class CheckpointException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** How many characters are kept of the start and of the end of a problem: names and texts in a file may have any length. */
    private static final int MAX_PART = 500;

    private final transient Path file;

    CheckpointException(Path file, String problem) {
        super(file + ": " + shortened(problem));
        this.file = file;
    }

    private static String shortened(String problem) {
        return problem.length() <= 2 * MAX_PART
                ? problem
                : problem.substring(0, MAX_PART) + " ... " + problem.substring(problem.length() - MAX_PART);
    }

    /** Returns the file or folder that is at fault. */
    public Path file() {
        return file;
    }
}
