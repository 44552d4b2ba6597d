package io.harmony4j.renderer;

import static java.util.Objects.requireNonNull;

import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.Arrays;

/**
 * The tokens that unsloth's {@code train_on_responses_only} learns, to compare with it or to go on from it. It looks for two texts: learning
 * begins after each response part, and ends with the next instruction part or with the sample.
 *
 * <pre>{@code
 * TrainingSample sample = UnslothMask.of(tokenizer).apply(template.renderingForTraining(chatJson));
 * }</pre>
 *
 * <p>So the results of tools are learnt, which the model does not write; with the usual response part no thought and no call is learnt. For
 * a model that is to think and to call tools, take {@link LossMask#DEFAULT}. Immutable.
 */
public final class UnslothMask {
    /** Where a user's message begins. */
    public static final String INSTRUCTION_PART = "<|start|>user<|message|>";

    /** Where an answer begins, as unsloth's own examples for gpt-oss have it. */
    public static final String RESPONSE_PART = "<|start|>assistant<|channel|>final<|message|>";

    private final int[] instructionPart;
    private final int[] responsePart;

    private UnslothMask(int[] instructionPart, int[] responsePart) {
        this.instructionPart = instructionPart;
        this.responsePart = responsePart;
    }

    /** Returns the mask of {@link #INSTRUCTION_PART} and {@link #RESPONSE_PART}. */
    public static UnslothMask of(Tokenizer tokenizer) {
        return of(tokenizer, INSTRUCTION_PART, RESPONSE_PART);
    }

    /**
     * Returns the mask of two texts with special tokens.
     *
     * @throws IllegalArgumentException if one of them is empty
     */
    public static UnslothMask of(Tokenizer tokenizer, String instructionPart, String responsePart) {
        requireNonNull(tokenizer, "tokenizer");
        return new UnslothMask(
                part(tokenizer, requireNonNull(instructionPart, "instructionPart"), "instruction"),
                part(tokenizer, requireNonNull(responsePart, "responsePart"), "response"));
    }

    private static int[] part(Tokenizer tokenizer, String text, String which) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("expected a text as the " + which + " part but found an empty one");
        }
        return tokenizer.encode(text, AllowedSpecial.ALL);
    }

    /** Returns the sample of a rendering. */
    public TrainingSample apply(Rendering rendering) {
        int[] tokens = requireNonNull(rendering, "rendering").tokens();
        int[] labels = new int[tokens.length];
        Arrays.fill(labels, TrainingSample.IGNORED);
        float[] weights = new float[tokens.length];
        int response = find(responsePart, tokens, 0);
        while (response < tokens.length) {
            int begin = response + responsePart.length;
            int end = find(instructionPart, tokens, begin);
            System.arraycopy(tokens, begin, labels, begin, end - begin);
            Arrays.fill(weights, begin, end, 1);
            response = find(responsePart, tokens, end);
        }
        return new TrainingSample(tokens, labels, weights, rendering.messages());
    }

    /** Returns where a part comes next in tokens, from an index on; the number of tokens if it does not. */
    private static int find(int[] part, int[] tokens, int from) {
        for (int i = from; i + part.length <= tokens.length; i++) {
            if (Arrays.equals(tokens, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        return tokens.length;
    }
}
