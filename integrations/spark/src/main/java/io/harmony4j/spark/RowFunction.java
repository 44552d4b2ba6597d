package io.harmony4j.spark;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * A function of rows that has options. What it makes of options is kept for as long as the process runs, because making a renderer takes longer than
 * rendering a row. Thread-safe.
 *
 * @param <I> what it is given
 * @param <O> what it returns; null for a row that is wrong, where there is nothing better
 */
final class RowFunction<I, O extends @Nullable Object> {
    /** No options: all of them as they are by default. */
    static final UTF8String NO_OPTIONS = UTF8String.fromString("{}");

    /** The option of every function by which what is wrong with a row ends the job. */
    private static final String STRICT = "strict";

    /** How many texts of options are kept. A job has few, unless somebody takes them from a column. */
    private static final int MAX_KEPT = 256;

    private final String name;
    private final List<String> options;
    private final Function<FunctionOptions, Function<I, O>> maker;
    private final Function<RuntimeException, O> otherwise;
    private final Map<UTF8String, Function<I, O>> made = new ConcurrentHashMap<>();

    /**
     * Creates a function.
     *
     * @param name what error messages call it
     * @param options the names of its options, besides {@code strict}
     * @param maker makes of options what reads a row, which throws for one that is wrong
     * @param otherwise what is returned for a row that is wrong
     */
    RowFunction(
            String name,
            List<String> options,
            Function<FunctionOptions, Function<I, O>> maker,
            Function<RuntimeException, O> otherwise) {
        this.name = name;
        this.options = Stream.concat(options.stream(), Stream.of(STRICT)).toList();
        this.maker = maker;
        this.otherwise = otherwise;
    }

    O apply(I row) {
        return apply(row, NO_OPTIONS);
    }

    /**
     * Returns what becomes of a row.
     *
     * @throws IllegalArgumentException if the options are wrong
     * @throws RuntimeException if the row is wrong, and the options say {@code strict}
     */
    O apply(I row, UTF8String optionsJson) {
        return made(optionsJson).apply(row);
    }

    /** @throws IllegalArgumentException if the options are wrong */
    void check(UTF8String optionsJson) {
        made(optionsJson);
    }

    private Function<I, O> made(UTF8String optionsJson) {
        Function<I, O> known = made.get(optionsJson);
        if (known != null) {
            return known;
        }
        Function<I, O> fresh = make(FunctionOptions.parse(optionsJson.toString(), name, options));
        if (made.size() < MAX_KEPT) {
            made.put(optionsJson.copy(), fresh); // a copy, since the text may be a part of a row that goes
        }
        return fresh;
    }

    private Function<I, O> make(FunctionOptions given) {
        Function<I, O> work = maker.apply(given);
        if (given.flag(STRICT, false)) {
            return work;
        }
        return row -> {
            try {
                return work.apply(row);
            } catch (RuntimeException e) {
                return otherwise.apply(e);
            }
        };
    }

    /** Returns what is wrong with a row. */
    static String reason(RuntimeException e) {
        String message = e.getMessage();
        return e instanceof IllegalArgumentException && message != null ? message : e.toString();
    }
}
