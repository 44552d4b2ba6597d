package io.harmony4j.engine;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The JSON objects of a checkpoint's files. */
final class JsonFile {
    /** The longest file that is read, in bytes; a configuration has some thousands, the index of a large model less than a million. */
    private static final long MAX_SIZE = 1 << 24;

    private JsonFile() {}

    /**
     * Returns the object that a file holds.
     *
     * @throws CheckpointException if it holds anything else
     * @throws UncheckedIOException if it cannot be read
     */
    static JsonObject read(Path path) {
        MappedFile.requireFile(path);
        try {
            MappedFile.requireSize(path, Files.size(path), MAX_SIZE);
            return parse(path, "", Files.readAllBytes(path));
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Returns the object that a part of a file holds.
     *
     * @param part which part, for messages: as in {@code "header: "}
     * @throws CheckpointException if it holds anything else
     */
    static JsonObject parse(Path path, String part, byte[] utf8) {
        JsonValue value;
        try {
            value = Json.parseAny(new String(utf8, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(path, part + e.getMessage());
        }
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new CheckpointException(
                path, part + value.unexpected("a JSON object").getMessage());
    }
}
