package io.harmony4j.training;

import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** The files of one shard. Until it is whole they have other names. Not thread-safe. */
final class ShardWriter implements Closeable {
    private static final String UNFINISHED = ".tmp";
    private static final int PART = 1 << 16; // bytes

    private final Path folder;
    private final String name;
    private final ShardFormat format;
    private final List<FileChannel> files = new ArrayList<>();
    private final ShardLengths lengths = new ShardLengths();
    private long labels;
    private long unforced; // bytes

    /**
     * Begins a shard.
     *
     * @param number which one it is, from 0
     */
    ShardWriter(Path folder, int number, ShardFormat format) throws IOException {
        this.folder = folder;
        this.name = String.format(Locale.ROOT, "shard-%05d", number);
        this.format = format;
        for (Path file : unfinished(format.rowFiles())) {
            FileChannel out = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
            files.add(out);
            write(out, ByteBuffer.allocate(format.reservedBytes()));
        }
    }

    private List<Path> unfinished(List<String> endings) {
        return endings.stream()
                .map(ending -> folder.resolve(name + ending + UNFINISHED))
                .toList();
    }

    /**
     * Adds rows.
     *
     * @param encoded what the format makes of them
     */
    void write(List<Row> rows, List<ByteBuffer> encoded) throws IOException {
        for (int i = 0; i < files.size(); i++) {
            unforced += encoded.get(i).remaining();
            write(files.get(i), encoded.get(i));
        }
        for (Row row : rows) {
            lengths.add(row);
            labels += row.labels();
        }
    }

    /** Returns how many bytes were written since they were last to be on the disk. */
    long unforcedBytes() {
        return unforced;
    }

    /** Returns what has on the disk all that was written so far, and may run in another thread while more is written. */
    Callable<Void> forcing() {
        unforced = 0;
        return () -> {
            for (FileChannel file : files) {
                file.force(false);
            }
            return null;
        };
    }

    /** Writes in parts that stay in the processor's cache while they are copied to the system. */
    private static void write(FileChannel file, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            ByteBuffer part = bytes.slice(bytes.position(), Math.min(bytes.remaining(), PART));
            bytes.position(bytes.position() + file.write(part));
        }
    }

    /** Makes the files whole, has them on the disk, and gives them their names; returns what the manifest says of them. */
    JsonObject finish() throws IOException {
        close();
        format.finish(lengths, unfinished(format.rowFiles()), unfinished(format.indexFiles()));
        List<JsonObject> written = new ArrayList<>();
        for (List<String> endings : List.of(format.rowFiles(), format.indexFiles())) {
            for (String ending : endings) {
                written.add(finish(ending));
            }
        }
        return JsonObject.builder()
                .put("rows", lengths.rowCount())
                .put("samples", lengths.sampleCount())
                .put("tokens", lengths.tokens())
                .put("labels", labels)
                .put("files", JsonArray.of(written))
                .build();
    }

    @Override
    public void close() throws IOException {
        for (FileChannel file : files) {
            file.close();
        }
    }

    private JsonObject finish(String ending) throws IOException {
        Path whole = folder.resolve(name + ending);
        Path unfinished = folder.resolve(name + ending + UNFINISHED);
        String hash = Sha256.of(Files.newInputStream(unfinished));
        Durable.force(unfinished);
        Files.move(unfinished, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return JsonObject.builder()
                .put("name", name + ending)
                .put("bytes", Files.size(whole))
                .put("sha256", hash)
                .build();
    }
}
