package io.harmony4j.training;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a data set is made of, and what is in it: its options, its inputs and its shards with their hashes, its statistics. Immutable. */
public final class DatasetManifest {
    static final String FILE = "manifest.json";

    private final JsonObject json;

    DatasetManifest(JsonObject json) {
        this.json = json;
    }

    /**
     * Reads the manifest of a data set.
     *
     * @param folder where the data set is
     * @throws java.nio.file.NoSuchFileException if there is none, or it is not whole
     * @throws IllegalArgumentException if the file is no manifest
     */
    public static DatasetManifest read(Path folder) throws IOException {
        Path file = requireNonNull(folder, "folder").resolve(FILE);
        JsonValue json = Json.parse(Files.readString(file, StandardCharsets.UTF_8));
        if (json instanceof JsonObject object && object.get("statistics") instanceof JsonObject) {
            return new DatasetManifest(object);
        }
        throw new IllegalArgumentException("expected a manifest in " + file + " but found other JSON");
    }

    /** Returns the statistics. */
    public DatasetStatistics statistics() {
        return new DatasetStatistics((JsonObject) json.get("statistics"));
    }

    /** Returns how many rows could not be read. */
    public long rejects() {
        return json.get("rejects").longValue();
    }

    /** Returns the manifest as JSON, as it is in the folder. */
    public JsonObject toJson() {
        return json;
    }

    @Override
    public String toString() {
        return json.get("shards").elements().size() + " shards, " + statistics();
    }
}
