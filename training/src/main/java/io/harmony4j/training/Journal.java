package io.harmony4j.training;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far the making of a data set has come: a file in its folder, of a line for what is made and one for each shard that is whole. Once all are there,
 * the manifest takes its place.
 */
final class Journal {
    private static final String MANIFEST = DatasetManifest.FILE;
    private static final String UNFINISHED = "manifest.unfinished.jsonl";
    private static final String REJECTS = "rejects.jsonl";

    private final Path folder;
    private final List<JsonObject> shards = new ArrayList<>();
    private final StatisticsCounter statistics = new StatisticsCounter();
    private Mark mark = Mark.START;

    /**
     * Where making goes on after a shard.
     *
     * @param window where the samples begin that are arranged together with the next row
     * @param rows how many rows of these are written
     * @param rejectBytes how long the file of rejects is
     */
    record Mark(Position window, long rows, long rejectBytes) {
        static final Mark START = new Mark(Position.START, 0, 0);

        static Mark of(JsonValue json) {
            return new Mark(
                    new Position(json.get("source").intValue(), json.get("line").longValue()),
                    json.get("rows").longValue(),
                    json.get("reject_bytes").longValue());
        }

        JsonObject toJson() {
            return JsonObject.builder()
                    .put("source", window.source())
                    .put("line", window.line())
                    .put("rows", rows)
                    .put("reject_bytes", rejectBytes)
                    .build();
        }
    }

    private Journal(Path folder) {
        this.folder = folder;
    }

    /** Returns whether a folder has what a data set has. */
    static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(MANIFEST)) || Files.exists(folder.resolve(UNFINISHED));
    }

    /**
     * Returns the journal of a data set that is begun.
     *
     * @param header what is to be made
     */
    static Journal begin(Path folder, JsonObject header) throws IOException {
        Files.createDirectories(folder);
        Files.deleteIfExists(folder.resolve(MANIFEST));
        Files.deleteIfExists(folder.resolve(REJECTS));
        Journal journal = new Journal(folder);
        Durable.write(folder.resolve(UNFINISHED), header + "\n");
        return journal;
    }

    /**
     * Returns the journal of a data set that goes on, or a new one if there is none.
     *
     * @param header what is to be made
     * @throws IllegalArgumentException if something else was begun there
     */
    static Journal resume(Path folder, JsonObject header) throws IOException {
        Path file = folder.resolve(UNFINISHED);
        if (!Files.exists(file)) {
            return begin(folder, header);
        }
        String text = Files.readString(file, StandardCharsets.UTF_8);
        List<String> lines =
                text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        requireSame(folder, header, Json.parse(lines.get(0)));
        Journal journal = new Journal(folder);
        for (String line : lines.subList(1, lines.size())) {
            JsonValue shard = Json.parse(line);
            journal.note(
                    (JsonObject) shard.get("shard"),
                    Mark.of(shard.get("next")),
                    StatisticsCounter.ofState(shard.get("statistics")));
        }
        truncate(file, text.substring(0, text.lastIndexOf('\n') + 1).getBytes(StandardCharsets.UTF_8).length);
        if (Files.exists(folder.resolve(REJECTS))) {
            truncate(folder.resolve(REJECTS), journal.mark.rejectBytes);
        }
        return journal;
    }

    /**
     * Returns the manifest of a data set that is whole already, if there is one.
     *
     * @throws IllegalArgumentException if it is another
     */
    static Optional<DatasetManifest> whole(Path folder, JsonObject header) throws IOException {
        if (!Files.exists(folder.resolve(MANIFEST))) {
            return Optional.empty();
        }
        DatasetManifest manifest = DatasetManifest.read(folder);
        requireSame(folder, header, manifest.toJson());
        return Optional.of(manifest);
    }

    private static void requireSame(Path folder, JsonObject header, JsonValue found) {
        header.members().forEach((name, value) -> {
            if (!value.toString().equals(found.get(name).toString())) {
                throw new IllegalArgumentException("expected in " + folder + " what was begun with the " + name + " "
                        + value + " but found " + found.get(name)
                        + "; go on with those, or make the data set in another folder");
            }
        });
    }

    private static void truncate(Path file, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
            channel.force(true);
        }
    }

    /** Returns where making goes on. */
    Mark mark() {
        return mark;
    }

    /** Returns how many shards are whole. */
    int shardCount() {
        return shards.size();
    }

    /** Returns how many rows could not be read up to there. */
    long rejects() {
        return statistics.rejects();
    }

    /** Adds a row that could not be read to the file of rejects. */
    void reject(List<Reject> rejects) throws IOException {
        if (!rejects.isEmpty()) {
            StringBuilder lines = new StringBuilder();
            rejects.forEach(reject -> lines.append(reject.toJson()).append('\n'));
            Files.writeString(folder.resolve(REJECTS), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    /** Returns how long the file of rejects is. */
    long rejectBytes() throws IOException {
        Path file = folder.resolve(REJECTS);
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /**
     * Notes that a shard is whole.
     *
     * @param next where making goes on after it
     * @param more what has been counted since the shard before
     */
    void add(JsonObject shard, Mark next, StatisticsCounter more) throws IOException {
        if (Files.exists(folder.resolve(REJECTS))) {
            Durable.force(folder.resolve(REJECTS));
        }
        Durable.append(
                folder.resolve(UNFINISHED),
                JsonObject.builder()
                                .put("shard", shard)
                                .put("next", next.toJson())
                                .put("statistics", more.state())
                                .build()
                        + "\n");
        note(shard, next, more);
    }

    private void note(JsonObject shard, Mark next, StatisticsCounter more) {
        shards.add(shard);
        mark = next;
        statistics.addAll(more);
    }

    /**
     * Writes the manifest; the data set is whole.
     *
     * @param header what was to be made
     * @param more what has been counted since the last shard
     */
    DatasetManifest finish(JsonObject header, StatisticsCounter more) throws IOException {
        statistics.addAll(more);
        DatasetStatistics counted = statistics.statistics();
        JsonObject manifest = header.toBuilder()
                .put("rows", counted.rows())
                .put("samples", counted.samples())
                .put("tokens", counted.tokens())
                .put("labels", counted.labels())
                .put("rejects", statistics.rejects())
                .put("shards", JsonArray.of(shards))
                .put("statistics", counted.toJson())
                .build();
        Durable.write(folder.resolve(MANIFEST), Json.writeIndented(manifest) + "\n");
        Files.deleteIfExists(folder.resolve(UNFINISHED));
        return new DatasetManifest(manifest);
    }
}
