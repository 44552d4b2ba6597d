package io.harmony4j.engine;

import static java.util.Objects.requireNonNull;

import io.harmony4j.engine.spi.BundledCheckpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * A gpt-oss model: reads tokens, and says how likely each token of the vocabulary is to come next.
 *
 * <pre>{@code
 * try (Model model = Model.load(Path.of("gpt-oss-20b"))) {
 *     Sequence sequence = model.newSequence();
 *     float[] logits = model.append(sequence, 200006, 1428, 200008);    // a logit for each token of the vocabulary
 *     logits = model.append(sequence, 13225);                           // reads only the new token
 * }
 * }</pre>
 *
 * <p>{@link Generator} draws tokens from the logits, and appends them in turn.
 *
 * <p>Weights stay in the mapped file, which must not change; memory pages are loaded when they are needed, and are shared with other
 * processes. Safe for use by several threads, of which one computes at a time. {@link #close} ends the worker threads.
 */
public final class Model implements AutoCloseable {
    /** The most elements, of all matrices but the embedding, that are decoded once for plain kernels: 16 MB of floats. */
    private static final long DECODED = 4 << 20;

    private final Checkpoint checkpoint;
    private final ModelOptions options;
    private final KernelSelection selection;
    private final Workers workers;
    private final Forward forward;
    private float[] all = {}; // what a sink is given, by the thread that computes
    private boolean closed;

    private Model(Checkpoint checkpoint, ModelOptions options) {
        this.checkpoint = checkpoint;
        this.options = options;
        this.selection = KernelSelection.select(options, activeParameterCount());
        for (MappedFile file : checkpoint.files()) {
            file.segments().forEach(selection.kernels()::mapped);
        }
        this.workers = new Workers(options.threads());
        Weights weights = checkpoint.weights();
        boolean decodes = selection.isPlain() && weights.activeParameterCount(config().experts()) <= DECODED;
        this.forward = new Forward(config(), decodes ? weights.decoded() : weights, selection.kernels(), workers);
    }

    /** Loads a checkpoint with {@link ModelOptions#DEFAULT}. */
    public static Model load(Path path) {
        return load(path, ModelOptions.DEFAULT);
    }

    /**
     * Loads a checkpoint: a GGUF file, or a folder with {@code config.json} and safetensors files in OpenAI's or Hugging Face's layout.
     *
     * @throws CheckpointException if it is not a whole gpt-oss checkpoint, or a number of its shape is out of the range that is supported
     * @throws UncheckedIOException if it cannot be read
     * @throws IllegalArgumentException if the options ask for kernels that cannot be had here
     */
    public static Model load(Path path, ModelOptions options) {
        requireNonNull(path, "path");
        requireNonNull(options, "options");
        return new Model(Checkpoint.open(path), options);
    }

    /** Loads the small trained model that comes with the project, with {@link ModelOptions#DEFAULT}. */
    public static Model tiny() {
        return tiny(ModelOptions.DEFAULT);
    }

    /**
     * Loads the small trained model that comes with the project: it speaks Harmony, and is for trying and testing.
     *
     * @throws IllegalArgumentException if harmony-tiny is not on the class path
     * @throws UncheckedIOException if there is no folder that it can be written to
     */
    public static Model tiny(ModelOptions options) {
        requireNonNull(options, "options");
        BundledCheckpoint bundled = ServiceLoader.load(
                        BundledCheckpoint.class, BundledCheckpoint.class.getClassLoader())
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "expected the artifact harmony-tiny on the class path, which has the tiny model, but it is not there"));
        try {
            return load(bundled.path(), options);
        } catch (IOException e) {
            throw new UncheckedIOException("expected a folder to unpack the tiny model to but: " + e.getMessage(), e);
        }
    }

    /** Returns the model's shape. */
    public ModelConfig config() {
        return checkpoint.config();
    }

    /** Returns a human-readable text: which kernels are used, and why no faster ones. */
    public String kernels() {
        return selection.description();
    }

    /** Returns the human-readable name of the checkpoint's layout: "OpenAI", "Hugging Face" or "GGUF". */
    public String layout() {
        return checkpoint.layout().title();
    }

    /** Returns how many threads compute. */
    public int threads() {
        return options.threads();
    }

    /** Returns how many parameters the model has: the elements of all matrices, embedding and unembedding included. */
    public long parameterCount() {
        return checkpoint.weights().parameterCount();
    }

    /**
     * Returns how many parameters each token is multiplied with: all but the embedding, the experts that the router does not choose, and the
     * rows of zeros that a small model has for tokens that it does not know.
     */
    public long activeParameterCount() {
        return checkpoint.weights().activeParameterCount(config().expertsPerToken());
    }

    /** Returns how many bytes these parameters have as they are stored: what decoding reads from memory for every token. */
    public long activeBytes() {
        return checkpoint.weights().activeBytes(config().expertsPerToken());
    }

    /** Returns an empty sequence. */
    public Sequence newSequence() {
        return new Sequence(this);
    }

    /**
     * Appends tokens to a sequence, and returns the logits that follow the last of them.
     *
     * @return {@code [vocabularySize]}
     * @throws IllegalArgumentException if the sequence is of another model, there is no token, a token is not in the vocabulary, or the
     *     sequence would become longer than the context
     */
    public float[] append(Sequence sequence, int... tokens) {
        float[][] last = new float[1][];
        read(sequence, tokens, 1, (index, logits) -> last[0] = logits.toArray());
        return last[0];
    }

    /**
     * Appends tokens to a sequence, and passes on the logits that follow each of the last {@code wanted} of them.
     *
     * @param wanted for how many tokens, counted from the end, logits are wanted; at most {@code tokens.length}
     * @throws IllegalArgumentException as {@link #append(Sequence, int...)}
     */
    public void append(Sequence sequence, int[] tokens, int wanted, LogitsSink sink) {
        requireNonNull(sink, "sink");
        read(sequence, tokens, wanted, (index, logits) -> {
            if (all.length == 0) {
                all = new float[config().vocabularySize()];
            }
            logits.copyTo(all);
            sink.accept(index, all);
        });
    }

    /** As {@link #append(Sequence, int[], int, LogitsSink)}. */
    void read(Sequence sequence, int[] tokens, int wanted, Logits.Sink sink) {
        check(sequence, tokens);
        if (wanted < 0 || wanted > tokens.length) {
            throw new IllegalArgumentException(
                    "expected logits of 0 to " + tokens.length + " tokens but found " + wanted);
        }
        for (int from = 0; from < tokens.length; from += options.batch()) {
            int start = from;
            int to = Math.min(tokens.length, from + options.batch());
            Batch batch = new Batch();
            for (int i = from; i < to; i++) {
                batch.add(sequence, tokens[i], sequence.length() + i - from, i >= tokens.length - wanted);
            }
            run(batch, (row, logits) -> sink.accept(start + row, logits));
            sequence.add(tokens, from, to);
        }
    }

    /**
     * Appends a token to each of several sequences in one pass, which reads the weights once for all of them.
     *
     * @param sequences different sequences
     * @param tokens the token of each
     * @return the logits that follow each, {@code [sequences][vocabularySize]}
     * @throws IllegalArgumentException as {@link #append(Sequence, int...)}, or if a sequence comes twice
     */
    public float[][] step(List<Sequence> sequences, int[] tokens) {
        Require.nonNullElements(sequences, "sequences");
        requireNonNull(tokens, "tokens");
        if (sequences.size() != tokens.length) {
            throw new IllegalArgumentException(
                    "expected a token for each of " + sequences.size() + " sequences but found " + tokens.length);
        }
        if (sequences.stream().distinct().count() != tokens.length) {
            throw new IllegalArgumentException("expected different sequences but one comes twice");
        }
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < tokens.length; i++) {
            Part part = new Part(sequences.get(i), new int[] {tokens[i]}, true);
            check(part.sequence, part.tokens);
            parts.add(part);
        }
        float[][] all = new float[tokens.length][];
        for (int from = 0; from < tokens.length; from += options.batch()) {
            int first = from;
            int to = Math.min(tokens.length, from + options.batch());
            read(parts.subList(from, to), (part, logits) -> all[first + part] = logits.toArray());
        }
        return all;
    }

    /**
     * The next tokens of a sequence.
     *
     * @param tokens at most as many as a batch has
     * @param logitsWanted whether the logits that follow the last of them are wanted
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by identity
    record Part(Sequence sequence, int[] tokens, boolean logitsWanted) {}

    /**
     * Appends tokens to each of several sequences in one pass, which reads the weights once for all of them.
     *
     * @param parts checked tokens of different sequences of this model
     * @param sink takes the logits by the index of their part
     */
    void read(List<Part> parts, Logits.Sink sink) {
        Batch batch = new Batch();
        int[] partOf =
                new int[parts.stream().mapToInt(part -> part.tokens.length).sum()];
        for (int p = 0; p < parts.size(); p++) {
            Part part = parts.get(p);
            for (int i = 0; i < part.tokens.length; i++) {
                partOf[batch.size()] = p;
                boolean wanted = part.logitsWanted && i == part.tokens.length - 1;
                batch.add(part.sequence, part.tokens[i], part.sequence.length() + i, wanted);
            }
        }
        run(batch, (row, logits) -> sink.accept(partOf[row], logits));
        for (Part part : parts) {
            part.sequence.add(part.tokens, 0, part.tokens.length);
        }
    }

    Weights weights() {
        return checkpoint.weights();
    }

    /** Returns the files that have the weights. */
    List<Path> files() {
        return checkpoint.files().stream().map(MappedFile::path).toList();
    }

    /** Returns where the model came from. */
    Path path() {
        return checkpoint.path();
    }

    /** Returns how keys and values are kept. */
    KeyValues keyValues() {
        return options.keyValues();
    }

    /** Returns the most tokens that one pass reads. */
    int batch() {
        return options.batch();
    }

    private synchronized void run(Batch batch, Logits.Sink sink) {
        if (closed) {
            throw new IllegalStateException("expected an open model but it is closed");
        }
        forward.run(batch, sink);
    }

    private void check(Sequence sequence, int[] tokens) {
        requireNonNull(sequence, "sequence");
        requireNonNull(tokens, "tokens");
        if (!sequence.isOf(this)) {
            throw new IllegalArgumentException(
                    "expected a sequence of this model but found one of another; make it with this model's newSequence()");
        }
        checkTokens(tokens);
        if (tokens.length > config().contextLength() - sequence.length()) {
            throw new IllegalArgumentException("expected at most " + config().contextLength()
                    + " tokens in a sequence but found " + sequence.length() + " and " + tokens.length + " more");
        }
    }

    /**
     * Checks that there are tokens, all of the vocabulary.
     *
     * @throws IllegalArgumentException if not
     */
    void checkTokens(int[] tokens) {
        if (tokens.length == 0) {
            throw new IllegalArgumentException("expected at least one token but found none");
        }
        for (int i = 0; i < tokens.length; i++) {
            if (tokens[i] < 0 || tokens[i] >= config().vocabularySize()) {
                throw new IllegalArgumentException("expected token ids from 0 to " + (config().vocabularySize() - 1)
                        + " but found " + tokens[i] + " at index " + i);
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        workers.close();
    }
}
