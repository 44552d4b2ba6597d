package io.harmony4j.training;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.Set;
import java.util.function.Consumer;

/** How a data set is made. Immutable. */
public final class DatasetOptions {
    private static final int SHARD = 1 << 25; // tokens, some half a gigabyte as lines of JSON

    private final ImportOptions importing;
    private SampleOptions sampling = SampleOptions.DEFAULT;
    private Layout layout = Layout.JSONL;
    private int packLength;
    private boolean isWeighted;
    private Set<Column> columns = Set.of();
    private long shardTokens = SHARD;
    private boolean isStrict;
    private long maxRejects = Long.MAX_VALUE;
    private int threads = Runtime.getRuntime().availableProcessors();

    /** What a line of {@link Layout#JSONL} may have beside tokens, labels and weights. */
    public enum Column {
        /** The {@code id} of the row in the input, as a text; file and line, as in {@code chat.jsonl:7}, if it has none. Packed rows have a list of them. */
        ID("id"),
        /** Where each message is: its index in the conversation, and the token indices at which it starts, its content starts and it ends. */
        SPANS("spans");

        private final String wireName;

        Column(String wireName) {
            this.wireName = wireName;
        }

        /** Returns the name of the column, which is the word for it on the command line. */
        public String wireName() {
            return wireName;
        }
    }

    private DatasetOptions(ImportOptions importing) {
        this.importing = importing;
    }

    private DatasetOptions with(Consumer<DatasetOptions> change) {
        DatasetOptions copy = new DatasetOptions(importing);
        copy.sampling = sampling;
        copy.layout = layout;
        copy.packLength = packLength;
        copy.isWeighted = isWeighted;
        copy.columns = columns;
        copy.shardTokens = shardTokens;
        copy.isStrict = isStrict;
        copy.maxRejects = maxRejects;
        copy.threads = threads;
        change.accept(copy);
        return copy;
    }

    /**
     * Returns options by which samples of {@link SampleOptions#DEFAULT} are written as lines of JSON, by as many threads as there are processors; no
     * number of rejects is too many.
     *
     * @param importing how rows are read
     */
    public static DatasetOptions of(ImportOptions importing) {
        return new DatasetOptions(requireNonNull(importing, "importing"));
    }

    /** Returns a copy that makes other samples. */
    public DatasetOptions withSampling(SampleOptions newSampling) {
        requireNonNull(newSampling, "newSampling");
        return with(options -> options.sampling = newSampling);
    }

    /** Returns a copy that writes in another layout. */
    public DatasetOptions withLayout(Layout newLayout) {
        requireNonNull(newLayout, "newLayout");
        return with(options -> options.layout = newLayout);
    }

    /**
     * Returns a copy that packs several samples into a row, as {@link Packer} does; samples longer than a row are too long.
     *
     * @param tokens the most tokens of a row; 0 to pack nothing
     * @throws IllegalArgumentException if that is negative
     */
    public DatasetOptions withPackLength(int tokens) {
        requireAtLeast(0, tokens, "a length of rows");
        return with(options -> options.packLength = tokens);
    }

    /** Returns a copy that writes the weights of tokens, or not; only {@link Layout#JSONL} and {@link Layout#NPY} have room for them. */
    public DatasetOptions withWeights(boolean areWritten) {
        return with(options -> options.isWeighted = areWritten);
    }

    /** Returns a copy that writes these columns, too, in the order of {@link Column}; only {@link Layout#JSONL} has room for them. */
    public DatasetOptions withColumns(Set<Column> more) {
        Set<Column> copy = Set.copyOf(requireNonNull(more, "more"));
        return with(options -> options.columns = copy);
    }

    /**
     * Returns a copy with shards of another size.
     *
     * @param tokens how many tokens a shard has at least, but for the last one
     * @throws IllegalArgumentException if that is not positive
     */
    public DatasetOptions withShardTokens(long tokens) {
        requireAtLeast(1, tokens, "a size of shards");
        return with(options -> options.shardTokens = tokens);
    }

    /** Returns a copy that rejects rows with fields that are in no message, or not. */
    public DatasetOptions withStrict(boolean rejects) {
        return with(options -> options.isStrict = rejects);
    }

    /**
     * Returns a copy that gives up when there are more rejects.
     *
     * @param rows how many there may be
     * @throws IllegalArgumentException if that is negative
     */
    public DatasetOptions withMaxRejects(long rows) {
        requireAtLeast(0, rows, "a number of rejects");
        return with(options -> options.maxRejects = rows);
    }

    /**
     * Returns a copy that works with another number of threads. What is written does not depend on it.
     *
     * @throws IllegalArgumentException if that is not positive
     */
    public DatasetOptions withThreads(int count) {
        requireAtLeast(1, count, "a number of threads");
        return with(options -> options.threads = count);
    }

    private static void requireAtLeast(long least, long number, String what) {
        if (number < least) {
            throw new IllegalArgumentException("expected " + what + " of at least " + least + " but found " + number);
        }
    }

    /** Returns how rows are read. */
    public ImportOptions importing() {
        return importing;
    }

    /** Returns how samples are made. */
    public SampleOptions sampling() {
        return sampling;
    }

    /** Returns how samples are made of which each fits into a row. */
    SampleOptions fittingSamples() {
        return isPacked() && packLength < sampling.maxLength() ? sampling.withMaxLength(packLength) : sampling;
    }

    /** Returns how samples are written. */
    public Layout layout() {
        return layout;
    }

    ShardFormat format() {
        return layout.format(isPacked(), isWeighted, columns);
    }

    /** Returns the most tokens of a row into which several samples are packed; 0 if none are. */
    public int packLength() {
        return packLength;
    }

    boolean isPacked() {
        return packLength > 0;
    }

    /** Returns whether the weights of tokens are written. */
    public boolean hasWeights() {
        return isWeighted;
    }

    /** Returns the columns that are written beside tokens, labels and weights. */
    public Set<Column> columns() {
        return columns;
    }

    /** Returns how many tokens a shard has at least, but for the last one. */
    public long shardTokens() {
        return shardTokens;
    }

    /** Returns whether rows with fields that are in no message are rejected. */
    public boolean isStrict() {
        return isStrict;
    }

    /** Returns how many rejects there may be. */
    public long maxRejects() {
        return maxRejects;
    }

    /** Returns how many threads work. */
    public int threads() {
        return threads;
    }

    /** Returns all that decides what is written. */
    JsonObject toJson() {
        return JsonObject.builder()
                .put("importing", importing.toString())
                .put("samples", sampling.toString())
                .put("layout", layout.wireName())
                .put("pack_length", packLength)
                .put("loss_weights", isWeighted)
                .put("columns", columnNames())
                .put("shard_tokens", shardTokens)
                .put("strict", isStrict)
                .build();
    }

    private JsonArray columnNames() {
        return JsonArray.of(columns.stream()
                .sorted()
                .map(Column::wireName)
                .map(JsonValue::of)
                .toList());
    }
}
