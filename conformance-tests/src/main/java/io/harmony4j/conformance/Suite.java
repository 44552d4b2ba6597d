package io.harmony4j.conformance;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
public record Suite(String version, List<TestVector> vectors) {
    private static final String INDEX = "suite.json";

    public Suite {
        requireNonNull(version, "version");
        vectors = List.copyOf(requireNonNull(vectors, "vectors"));
    }

    /** Reads the suite from the class path: {@code vectors/suite.json} and the files it lists. */
    public static Suite load() {
        List<TestVector> vectors = new ArrayList<>();
        for (String file : files()) {
            JsonValue content = read(file);
            String category = content.get("category").text();
            content.get("vectors").elements().forEach(vector -> vectors.add(TestVector.of(category, vector)));
        }
        return new Suite(read(INDEX).get("suite").text(), vectors);
    }

    /**
     * Reads a file of vectors that is not part of the suite.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Suite read(Path file) throws IOException {
        requireNonNull(file, "file");
        JsonValue content;
        String text = Files.readString(file);
        try {
            content = Json.parseAny(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    file + ": expected a file of vectors in JSON but found: " + e.getMessage(), e);
        }
        String category = Lenient.text(content.get("category"));
        List<TestVector> vectors = new ArrayList<>();
        for (JsonValue vector : content.get("vectors").elements()) {
            vectors.add(TestVector.of(category, vector));
        }
        if (category.isEmpty() || vectors.isEmpty()) {
            throw new IllegalArgumentException(
                    file + ": expected a file of vectors with the fields category and vectors but found neither");
        }
        return new Suite(file.getFileName().toString(), vectors);
    }

    /** Returns the names of the files with vectors, as in {@code parse/given-role.json}. */
    static List<String> files() {
        return read(INDEX).get("files").elements().stream().map(JsonValue::text).toList();
    }

    private static JsonValue read(String file) {
        try (InputStream in = requireNonNull(Suite.class.getResourceAsStream("/vectors/" + file), file)) {
            return Json.parseAny(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("reading the vectors of " + file, e);
        }
    }
}
