package io.harmony4j.training;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a {@link RowImporter} reads rows. Immutable. */
public final class ImportOptions {
    private final LocalDate date;
    private final @Nullable RowShape shape;
    private final boolean readsThinkTags;

    private ImportOptions(LocalDate date, @Nullable RowShape shape, boolean readsThinkTags) {
        this.date = date;
        this.shape = shape;
        this.readsThinkTags = readsThinkTags;
    }

    /**
     * Returns options by which each row is of the shape that its keys tell.
     *
     * @param date the date of the system messages that are made for rows without one
     */
    public static ImportOptions of(LocalDate date) {
        return new ImportOptions(requireNonNull(date, "date"), null, false);
    }

    /** Returns a copy by which all rows are of one shape. */
    public ImportOptions withShape(RowShape all) {
        return new ImportOptions(date, requireNonNull(all, "all"), readsThinkTags);
    }

    /**
     * Returns a copy by which {@code <think>...</think>} at the beginning of what the assistant says is a chain of thought in all shapes but
     * {@link RowShape#HARMONY} and {@link RowShape#RESPONSES}. Without it, it is one in {@link RowShape#SHAREGPT} and {@link RowShape#ALPACA} alone, which
     * have no other place for it.
     */
    public ImportOptions withThinkTags() {
        return new ImportOptions(date, shape, true);
    }

    /** Returns the date of the system messages that are made for rows without one. */
    public LocalDate date() {
        return date;
    }

    /** Returns the shape of all rows, if they are all of one. */
    public Optional<RowShape> shape() {
        return Optional.ofNullable(shape);
    }

    boolean readsThinkTags() {
        return readsThinkTags;
    }

    /** Returns all options in words. */
    @Override
    public String toString() {
        return "date " + date + ", shape " + (shape == null ? "of each row" : shape.wireName())
                + (readsThinkTags ? ", think tags" : "");
    }
}
