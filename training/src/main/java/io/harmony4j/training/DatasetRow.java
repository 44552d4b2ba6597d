package io.harmony4j.training;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import io.harmony4j.renderer.TrainingSample;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A row of a data set, as it is read back from its files. Immutable. */
public final class DatasetRow {
    private final int[] tokens;
    private final int[] labels;
    private final List<Integer> starts;

    private DatasetRow(int[] tokens, int[] labels, List<Integer> starts) {
        this.tokens = tokens;
        this.labels = labels;
        this.starts = List.copyOf(starts);
    }

    /**
     * Reads a row.
     *
     * @param folder where the data set is
     * @param index the index of the row, from 0
     * @throws IndexOutOfBoundsException if there is no such row
     * @throws IllegalArgumentException if the files are not what the manifest says
     */
    public static DatasetRow read(Path folder, long index) throws IOException {
        JsonValue manifest =
                DatasetManifest.read(requireNonNull(folder, "folder")).toJson();
        long rest = index;
        for (JsonValue shard : manifest.get("shards").elements()) {
            long rows = shard.get("rows").longValue();
            if (rest >= 0 && rest < rows) {
                List<Path> files = shard.get("files").elements().stream()
                        .map(file -> folder.resolve(file.get("name").text()))
                        .toList();
                return read(manifest.get("options").get("layout").text(), files, Math.toIntExact(rest));
            }
            rest -= rows;
        }
        throw new IndexOutOfBoundsException(
                "expected the index of one of " + (index - rest) + " rows but found " + index);
    }

    private static DatasetRow read(String layout, List<Path> files, int row) throws IOException {
        return switch (Layout.of(layout)) {
            case JSONL, MEGATRON_BRIDGE -> ofJson(line(files.get(0), row));
            case NPY -> ofNumpy(files, row);
            case MEGATRON -> ofMegatron(files, row);
        };
    }

    private static JsonValue line(Path file, int row) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            for (int i = 0; i < row && line != null; i++) {
                line = lines.readLine();
            }
            if (line == null) {
                throw new IllegalArgumentException("expected a row " + row + " in " + file + " but found fewer");
            }
            return Json.parse(line);
        }
    }

    private static DatasetRow ofJson(JsonValue row) {
        int[] tokens = ints(row.get("input_ids"));
        if (row.get("labels").isNull()) {
            int[] mask = ints(row.get("loss_mask"));
            int[] labels = new int[tokens.length];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = i > 0 && mask[i - 1] == 1 ? tokens[i] : TrainingSample.IGNORED;
            }
            return new DatasetRow(
                    tokens,
                    labels,
                    Arrays.stream(ints(row.get("seq_start_id"))).boxed().toList());
        }
        List<Integer> starts = new ArrayList<>(List.of(0));
        int[] lengths = ints(row.get("seq_lengths"));
        for (int i = 0; i < lengths.length - 1; i++) {
            starts.add(starts.get(i) + lengths[i]);
        }
        return new DatasetRow(tokens, ints(row.get("labels")), starts);
    }

    private static int[] ints(JsonValue list) {
        return list.isNull()
                ? new int[0]
                : list.elements().stream().mapToInt(JsonValue::intValue).toArray();
    }

    private static DatasetRow ofNumpy(List<Path> files, int row) throws IOException {
        ByteBuffer offsets =
                bytes(file(files, ".offsets.npy"), NumpyFormat.HEADER + (long) Long.BYTES * row, 2 * Long.BYTES);
        long start = offsets.getLong();
        int length = Math.toIntExact(offsets.getLong() - start);
        long at = NumpyFormat.HEADER + Integer.BYTES * start;
        List<Integer> starts = new ArrayList<>();
        if (files.stream().anyMatch(file -> file.toString().endsWith(".samples.npy"))) {
            Path samples = file(files, ".samples.npy");
            ByteBuffer all =
                    bytes(samples, NumpyFormat.HEADER, Math.toIntExact(Files.size(samples) - NumpyFormat.HEADER));
            while (all.hasRemaining()) {
                long begin = all.getLong() - start;
                if (begin >= 0 && begin < length) {
                    starts.add((int) begin);
                }
            }
        } else {
            starts.add(0);
        }
        return new DatasetRow(
                ints(bytes(file(files, ".ids.npy"), at, Integer.BYTES * length)),
                ints(bytes(file(files, ".labels.npy"), at, Integer.BYTES * length)),
                starts);
    }

    private static DatasetRow ofMegatron(List<Path> files, int row) throws IOException {
        Path index = files.stream()
                .filter(file ->
                        file.toString().endsWith(".idx") && !file.toString().endsWith("_mask.idx"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected a file .idx but found " + files));
        ByteBuffer bytes = bytes(index, 0, Math.toIntExact(Files.size(index)));
        int sequences = Math.toIntExact(bytes.getLong(MegatronFormat.COUNTS));
        int lengths = MegatronFormat.COUNTS + 2 * Long.BYTES;
        int offsets = lengths + Integer.BYTES * sequences;
        int documents = offsets + Long.BYTES * sequences;
        int first = Math.toIntExact(bytes.getLong(documents + Long.BYTES * row));
        int last = Math.toIntExact(bytes.getLong(documents + Long.BYTES * (row + 1)));
        List<Integer> starts = new ArrayList<>();
        int length = 0;
        for (int i = first; i < last; i++) {
            starts.add(length);
            length += bytes.getInt(lengths + Integer.BYTES * i);
        }
        long at = bytes.getLong(offsets + Long.BYTES * first);
        String name = index.toString().replaceFirst("\\.idx$", "");
        int[] tokens = ints(bytes(Path.of(name + ".bin"), at, Integer.BYTES * length));
        ByteBuffer mask = bytes(Path.of(name + "_mask.bin"), at / Integer.BYTES, length);
        int[] labels = new int[length];
        for (int i = 0; i < length; i++) {
            labels[i] = mask.get() == 1 ? tokens[i] : TrainingSample.IGNORED;
        }
        return new DatasetRow(tokens, labels, starts);
    }

    private static Path file(List<Path> files, String ending) {
        return files.stream()
                .filter(file -> file.toString().endsWith(ending))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected a file " + ending + " but found " + files));
    }

    private static ByteBuffer bytes(Path file, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file)) {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, at + bytes.position()) < 0) {
                    throw new IllegalArgumentException(
                            "expected " + length + " bytes at " + at + " in " + file + " but found its end");
                }
            }
        }
        return bytes.flip();
    }

    private static int[] ints(ByteBuffer bytes) {
        int[] numbers = new int[bytes.remaining() / Integer.BYTES];
        bytes.asIntBuffer().get(numbers);
        return numbers;
    }

    /** Returns a copy of the tokens. */
    public int[] tokens() {
        return tokens.clone();
    }

    /** Returns a copy of the labels, one for each token: the token to learn at its place, or {@link TrainingSample#IGNORED}. */
    public int[] labels() {
        return labels.clone();
    }

    /** Returns the token indices at which the samples of the row begin. */
    public List<Integer> starts() {
        return starts;
    }

    @Override
    public String toString() {
        return tokens.length + " tokens of " + starts.size() + " samples";
    }
}
