package io.harmony4j.training;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.JsonObject;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One making of a data set. Workers turn blocks of lines into samples. Here these are arranged into rows, a window of them at a time, and cut into groups,
 * none of which is of two shards. Workers encode the groups, and here they are written, in order.
 */
final class DatasetWriter {
    /** How many samples are packed together, or more of the same block; so many tokens end a window, too. */
    private static final int WINDOW_SAMPLES = 100_000;

    private static final long WINDOW_TOKENS = 1L << 25;
    private static final int GROUP_TOKENS = 1 << 19;

    /** The disk works along: else it would stand still until a shard is whole, and all wait for it after the last one. */
    private static final long FORCED_BYTES = 1L << 26;

    private final DatasetOptions options;
    private final Workers workers;
    private final Path folder;
    private final JsonObject header;
    private final ShardFormat format;
    private final RowReader reader;
    private final SampleBuilder builder;

    private final Journal journal;

    /** What has been counted since the end of the last shard. */
    private StatisticsCounter counted = new StatisticsCounter();

    private long rejects;

    /** The samples that are arranged together, and where their lines begin. */
    private List<BlockSamples.Sample> window = new ArrayList<>();

    private long windowTokens;
    private @Nullable Position windowStart;

    /** The rows of the first window that are in a shard already. */
    private long rowsToSkip;

    /** Rows that are encoded together. */
    private List<Row> group = new ArrayList<>();

    private long groupTokens;
    private long shardTokens;
    private final Queue<Group> encoding = new ArrayDeque<>();
    private @Nullable ShardWriter shard;
    private int shardNumber;
    private @Nullable Closing closing;

    /** The last part of a shard that was to be on the disk. */
    private @Nullable Future<Void> forcing;

    /**
     * Rows that are being encoded.
     *
     * @param end what is to be noted once their shard is whole; null if more rows of it follow
     */
    private record Group(
            List<Row> rows,
            Future<List<ByteBuffer>> bytes,
            @Nullable ShardEnd end) {}

    private record ShardEnd(Journal.Mark next, StatisticsCounter counted) {}

    private record Closing(Future<JsonObject> shard, ShardEnd end) {}

    /**
     * @param header what is to be made
     * @param journal how far that has come
     */
    DatasetWriter(
            Tokenizer tokenizer,
            DatasetOptions options,
            Workers workers,
            Path folder,
            JsonObject header,
            Journal journal) {
        this.options = options;
        this.workers = workers;
        this.folder = folder;
        this.header = header;
        this.journal = journal;
        this.format = options.format();
        this.reader = new RowReader(new RowImporter(options.importing()));
        this.builder = new SampleBuilder(tokenizer, options.fittingSamples());
        this.rejects = journal.rejects();
        this.shardNumber = journal.shardCount();
        this.rowsToSkip = journal.mark().rows();
    }

    DatasetManifest run(List<RowSource> sources) throws IOException {
        try {
            return write(sources);
        } finally {
            if (shard != null) {
                shard.close(); // what is unfinished stays so
            }
        }
    }

    private DatasetManifest write(List<RowSource> sources) throws IOException {
        new BlockPipeline<>(
                        workers,
                        (source, block) -> BlockSamples.of(source, block, reader, builder::build, options.isStrict()),
                        this::add)
                .run(sources, journal.mark().window());
        Position end = new Position(sources.size(), 1);
        endWindow(end);
        if (shardTokens > 0) {
            encode(shardEnd(end, 0));
        }
        while (!encoding.isEmpty()) {
            write();
        }
        noteClosed();
        return journal.finish(header, counted);
    }

    private void add(Position start, Position next, BlockSamples block) throws IOException {
        if (windowStart == null) {
            windowStart = start;
        }
        if (rowsToSkip == 0) { // else it is counted already
            counted.addAll(block.statistics);
            journal.reject(block.rejects);
            rejects += block.rejects.size();
            requireFewRejects(block.rejects);
        }
        for (BlockSamples.Sample sample : block.samples) {
            window.add(sample);
            windowTokens += sample.length();
        }
        if (!options.isPacked() || window.size() >= WINDOW_SAMPLES || windowTokens >= WINDOW_TOKENS) {
            endWindow(next);
        }
    }

    private void requireFewRejects(List<Reject> last) {
        if (rejects > options.maxRejects()) {
            throw new IllegalArgumentException(
                    "expected at most " + options.maxRejects() + " rows that cannot be read but found " + rejects
                            + ", the last of them " + last.get(last.size() - 1));
        }
    }

    /**
     * Arranges the samples of the window into rows.
     *
     * @param next where the next window begins
     */
    private void endWindow(Position next) throws IOException {
        List<Row> rows = rows();
        for (int i = 0; i < rows.size(); i++) {
            if (rowsToSkip > i) {
                continue;
            }
            boolean isLast = i == rows.size() - 1;
            add(rows.get(i), isLast ? next : requireNonNull(windowStart), isLast ? 0 : i + 1);
        }
        rowsToSkip = 0;
        window = new ArrayList<>();
        windowTokens = 0;
        windowStart = null;
    }

    private List<Row> rows() {
        if (!options.isPacked()) {
            return window.stream().map(sample -> Row.of(List.of(sample))).toList();
        }
        int[] lengths = window.stream().mapToInt(BlockSamples.Sample::length).toArray();
        List<Row> rows = Packer.pack(lengths, options.packLength()).stream()
                .map(indices -> Row.of(indices.stream().map(window::get).toList()))
                .toList();
        if (rowsToSkip == 0) {
            rows.forEach(row -> counted.addPackedRow(options.packLength()));
        }
        return rows;
    }

    /**
     * Adds a row to the shard.
     *
     * @param window where making goes on if the shard ends with it
     * @param rows how many rows of that window are written then
     */
    private void add(Row row, Position window, long rows) throws IOException {
        group.add(row);
        groupTokens += row.tokens();
        shardTokens += row.tokens();
        if (shardTokens >= options.shardTokens()) {
            encode(shardEnd(window, rows));
            shardTokens = 0;
        } else if (groupTokens >= GROUP_TOKENS) {
            encode(null);
        }
    }

    private ShardEnd shardEnd(Position window, long rows) throws IOException {
        ShardEnd end = new ShardEnd(new Journal.Mark(window, rows, journal.rejectBytes()), counted);
        counted = new StatisticsCounter();
        return end;
    }

    private void encode(@Nullable ShardEnd end) throws IOException {
        if (encoding.size() >= workers.inFlight()) {
            write();
        }
        List<Row> rows = group;
        encoding.add(new Group(rows, workers.submit(() -> format.encode(rows)), end));
        group = new ArrayList<>();
        groupTokens = 0;
    }

    private void write() throws IOException {
        Group first = encoding.remove();
        if (shard == null) {
            shard = new ShardWriter(folder, shardNumber++, format);
        }
        shard.write(first.rows, Workers.get(first.bytes));
        if (shard.unforcedBytes() >= FORCED_BYTES) {
            awaitForcing();
            forcing = workers.inBackground(shard.forcing());
        }
        if (first.end != null) {
            awaitForcing(); // what the disk cannot do is said once, to the first who asks
            noteClosed();
            ShardWriter whole = shard;
            closing = new Closing(workers.inBackground(whole::finish), first.end);
            shard = null;
        }
    }

    private void awaitForcing() throws IOException {
        if (forcing != null) {
            Workers.get(forcing);
            forcing = null;
        }
    }

    /** Notes the shard that was closed last, once it is whole. */
    private void noteClosed() throws IOException {
        if (closing != null) {
            journal.add(Workers.get(closing.shard), closing.end.next, closing.end.counted);
            closing = null;
        }
    }
}
