package io.harmony4j.engine;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A number of a model's shape: what it is called, and the range it must be in. The ranges leave room for models several times as large as
 * any of today, and are narrow enough that no size computed from them overflows and no infinity or NaN comes of them.
 */
enum Quantity {
    LAYERS("layers", 1, 512),
    HIDDEN_SIZE("hidden size", 1, 1 << 17),
    INTERMEDIATE_SIZE("intermediate size", 1, 1 << 17),
    VOCABULARY_SIZE("vocabulary size", 1, 1 << 24),
    HEADS("attention heads", 1, 1 << 12),
    KEY_VALUE_HEADS("key-value heads", 1, 1 << 12),
    HEAD_SIZE("head size", 2, 1 << 12),
    EXPERTS("experts", 1, 1 << 10),
    EXPERTS_PER_TOKEN("experts per token", 1, 1 << 10),
    SLIDING_WINDOW("sliding window", 1, 1 << 20),
    CONTEXT_LENGTH("context length", 1, 1 << 27),
    INITIAL_CONTEXT("initial context length", 1, 1 << 27),
    ROPE_THETA("rope theta", 1.01, 1e10),
    ROPE_FACTOR("rope scaling factor", 1, 1e6),
    BETA_FAST("beta_fast", 1e-6, 1e6),
    BETA_SLOW("beta_slow", 1e-6, 1e6),
    ATTENTION_FACTOR("attention factor", 1e-3, 1e3),
    SWIGLU_LIMIT("swiglu limit", 1e-3, 1e6),
    SWIGLU_ALPHA("swiglu alpha", 1e-3, 1e3),
    RMS_NORM_EPSILON("rms norm epsilon", 1e-12, 1);

    private final String title;
    private final double least;
    private final double most;

    Quantity(String title, double least, double most) {
        this.title = title;
        this.least = least;
        this.most = most;
    }

    /** Returns whether a number is in the range; NaN never is. */
    boolean allows(double value) {
        return value >= (float) least && value <= most; // as a float, because some of these are
    }

    /** Returns the range, as in "1 to 512". */
    String range() {
        return plain(least) + " to " + plain(most);
    }

    private static String plain(double bound) {
        return BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
    }

    /**
     * Throws if a number is not in the range.
     *
     * @throws Misfit with this quantity
     */
    void require(double value, Object found) {
        requireFit(allows(value), title + " from " + range(), found, this);
    }

    /** Throws if an integer is not in the range. */
    void require(int value) {
        require(value, value);
    }

    /** Throws if a number is not in the range. */
    void require(double value) {
        require(value, value);
    }

    /**
     * Throws if numbers that are each in their range do not fit each other.
     *
     * @param expected what was expected, as in "an even head size"
     * @param found what was found
     * @param quantities the numbers
     */
    static void requireFit(boolean condition, String expected, Object found, Quantity... quantities) {
        if (!condition) {
            throw new Misfit("expected " + expected + " but found " + found, List.of(quantities));
        }
    }

    /** Numbers are not in their range, or do not fit each other. */
    static final class Misfit extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        private final transient List<Quantity> quantities;

        private Misfit(String problem, List<Quantity> quantities) {
            super(problem);
            this.quantities = quantities;
        }

        /** Returns the message after the keys that the numbers have in a checkpoint. */
        String message(Map<Quantity, String> keys) {
            String names = quantities.stream()
                    .map(quantity -> keys.getOrDefault(quantity, quantity.title))
                    .collect(Collectors.joining(" and "));
            return (quantities.size() == 1 ? "key " : "keys ") + names + ": " + getMessage();
        }
    }
}
