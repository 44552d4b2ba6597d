package io.harmony4j.training;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.JsonObject;

/** How a data set is made. Immutable. */
public final class DatasetOptions {
    private static final int SHARD = 1 << 25; // tokens, some half a gigabyte as lines of JSON

    private final ImportOptions importing;
    private final SampleOptions sampling;
    private final Layout layout;
    private final int packLength;
    private final boolean isWeighted;
    private final long shardTokens;
    private final boolean isStrict;
    private final long maxRejects;
    private final int threads;

    private DatasetOptions(
            ImportOptions importing,
            SampleOptions sampling,
            Layout layout,
            int packLength,
            boolean isWeighted,
            long shardTokens,
            boolean isStrict,
            long maxRejects,
            int threads) {
        this.importing = importing;
        this.sampling = sampling;
        this.layout = layout;
        this.packLength = packLength;
        this.isWeighted = isWeighted;
        this.shardTokens = shardTokens;
        this.isStrict = isStrict;
        this.maxRejects = maxRejects;
        this.threads = threads;
    }

    /**
     * Returns options by which samples of {@link SampleOptions#DEFAULT} are written as lines of JSON, by as many threads as there are processors; no
     * number of rejects is too many.
     *
     * @param importing how rows are read
     */
    public static DatasetOptions of(ImportOptions importing) {
        return new DatasetOptions(
                requireNonNull(importing, "importing"),
                SampleOptions.DEFAULT,
                Layout.JSONL,
                0,
                false,
                SHARD,
                false,
                Long.MAX_VALUE,
                Runtime.getRuntime().availableProcessors());
    }

    /** Returns a copy that makes other samples. */
    public DatasetOptions withSampling(SampleOptions options) {
        return new DatasetOptions(
                importing,
                requireNonNull(options, "options"),
                layout,
                packLength,
                isWeighted,
                shardTokens,
                isStrict,
                maxRejects,
                threads);
    }

    /** Returns a copy that writes in another layout. */
    public DatasetOptions withLayout(Layout newLayout) {
        return new DatasetOptions(
                importing,
                sampling,
                requireNonNull(newLayout, "newLayout"),
                packLength,
                isWeighted,
                shardTokens,
                isStrict,
                maxRejects,
                threads);
    }

    /**
     * Returns a copy that packs several samples into a row, as {@link Packer} does; samples longer than a row are too long.
     *
     * @param tokens the most tokens of a row; 0 to pack nothing
     * @throws IllegalArgumentException if that is negative
     */
    public DatasetOptions withPackLength(int tokens) {
        requireAtLeast(0, tokens, "a length of rows");
        return new DatasetOptions(
                importing, sampling, layout, tokens, isWeighted, shardTokens, isStrict, maxRejects, threads);
    }

    /** Returns a copy that writes the weights of tokens, or not; only {@link Layout#JSONL} and {@link Layout#NPY} have room for them. */
    public DatasetOptions withWeights(boolean areWritten) {
        return new DatasetOptions(
                importing, sampling, layout, packLength, areWritten, shardTokens, isStrict, maxRejects, threads);
    }

    /**
     * Returns a copy with shards of another size.
     *
     * @param tokens how many tokens a shard has at least, but for the last one
     * @throws IllegalArgumentException if that is not positive
     */
    public DatasetOptions withShardTokens(long tokens) {
        requireAtLeast(1, tokens, "a size of shards");
        return new DatasetOptions(
                importing, sampling, layout, packLength, isWeighted, tokens, isStrict, maxRejects, threads);
    }

    /** Returns a copy that rejects rows with fields that are in no message, or not. */
    public DatasetOptions withStrict(boolean rejects) {
        return new DatasetOptions(
                importing, sampling, layout, packLength, isWeighted, shardTokens, rejects, maxRejects, threads);
    }

    /**
     * Returns a copy that gives up when there are more rejects.
     *
     * @param rows how many there may be
     * @throws IllegalArgumentException if that is negative
     */
    public DatasetOptions withMaxRejects(long rows) {
        requireAtLeast(0, rows, "a number of rejects");
        return new DatasetOptions(
                importing, sampling, layout, packLength, isWeighted, shardTokens, isStrict, rows, threads);
    }

    /**
     * Returns a copy that works with another number of threads. What is written does not depend on it.
     *
     * @throws IllegalArgumentException if that is not positive
     */
    public DatasetOptions withThreads(int count) {
        requireAtLeast(1, count, "a number of threads");
        return new DatasetOptions(
                importing, sampling, layout, packLength, isWeighted, shardTokens, isStrict, maxRejects, count);
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
        return layout.format(isPacked(), isWeighted);
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
                .put("shard_tokens", shardTokens)
                .put("strict", isStrict)
                .build();
    }
}
