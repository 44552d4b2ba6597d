package io.harmony4j.bench;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A JSON Schema with texts of values that obey it, and of others.
 *
 * @param name the file's name, and the line in a file of many
 */
record SchemaCase(String name, JsonValue schema, List<String> valid, List<String> invalid) {
    /**
     * Returns the cases in a folder, in the order of the files' names.
     *
     * @throws IllegalArgumentException if there are none
     */
    static List<SchemaCase> read(Path folder) throws IOException {
        List<SchemaCase> cases = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(".json")) {
                    cases.add(of(name, Json.parseAny(Files.readAllBytes(file))));
                } else if (name.endsWith(".jsonl")) {
                    int line = 0;
                    for (String text : Files.readAllLines(file)) {
                        line++;
                        cases.add(of(name + ":" + line, Json.parseAny(text)));
                    }
                }
            }
        }
        if (cases.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected .json or .jsonl files with schemas but found none in " + folder);
        }
        return cases;
    }

    private static SchemaCase of(String name, JsonValue json) {
        List<String> valid = new ArrayList<>();
        List<String> invalid = new ArrayList<>();
        for (JsonValue test : json.get("tests").elements()) {
            String text = test.get("text").textOrNull();
            (test.get("valid").booleanValue() ? valid : invalid)
                    .add(text != null ? text : test.get("data").toString());
        }
        return new SchemaCase(name, json.get("schema"), valid, invalid);
    }
}
