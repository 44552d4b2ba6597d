package io.harmony4j.conformance;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Vectors: all of this version, or those of a file.
 *
 * @param version the version of the suite, as in {@code 0.1.0}, or the name of the file
 * @param vectors the vectors, in the order of their files
 */
public record Suite(String version, List<Vector> vectors) {
    private static final String INDEX = "suite.json";
    private static final JsonMapper JSON = new JsonMapper();

    public Suite {
        requireNonNull(version, "version");
        vectors = List.copyOf(vectors);
    }

    /** Reads the suite from the class path: {@code vectors/suite.json} and the files it lists. */
    public static Suite load() {
        List<Vector> vectors = new ArrayList<>();
        for (String file : files()) {
            JsonNode content = read(file);
            String category = content.path("category").textValue();
            content.path("vectors").forEach(vector -> vectors.add(Vector.of(category, vector)));
        }
        return new Suite(read(INDEX).path("suite").textValue(), vectors);
    }

    /**
     * Reads a file of vectors that is not part of the suite.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Suite read(Path file) throws IOException {
        JsonNode content;
        try {
            content = JSON.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    file + ": expected a file of vectors in JSON but found: " + e.getOriginalMessage(), e);
        }
        String category = content.path("category").asText();
        List<Vector> vectors = new ArrayList<>();
        for (JsonNode vector : content.path("vectors")) {
            vectors.add(Vector.of(category, vector));
        }
        if (category.isEmpty() || vectors.isEmpty()) {
            throw new IllegalArgumentException(
                    file + ": expected a file of vectors with the fields category and vectors but found neither");
        }
        return new Suite(file.getFileName().toString(), vectors);
    }

    /** Returns the names of the files with vectors, as in {@code parse/given-role.json}. */
    static List<String> files() {
        List<String> files = new ArrayList<>();
        read(INDEX).path("files").forEach(file -> files.add(file.textValue()));
        return files;
    }

    private static JsonNode read(String file) {
        try (InputStream in = requireNonNull(Suite.class.getResourceAsStream("/vectors/" + file), file)) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("reading the vectors of " + file, e);
        }
    }
}
