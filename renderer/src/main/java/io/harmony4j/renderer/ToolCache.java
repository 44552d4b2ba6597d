package io.harmony4j.renderer;

import io.harmony4j.ToolNamespace;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The tokens of the namespaces of tools that came last. Most prompts declare the same tools as the one before, be they the same
 * objects, as in a chat that goes on, or equal ones, as when they come from JSON each time. Nothing but time depends on what is
 * cached. Thread-safe, without locks.
 */
final class ToolCache {
    static final int MAX_NAMESPACES = 16;

    /** The longest text in UTF-16 code units that is cached. */
    static final int MAX_LENGTH = 1 << 16;

    private final Tokenizer tokenizer;
    private final Function<ToolNamespace, String> text;
    private volatile List<Known> latest = List.of(); // the last one first

    /** @param text what declares a namespace */
    ToolCache(Tokenizer tokenizer, Function<ToolNamespace, String> text) {
        this.tokenizer = tokenizer;
        this.text = text;
    }

    /**
     * Returns the tokens of a namespace's text with what ends it, tokenised together. The array is not to be changed.
     *
     * @param end a blank line, or nothing
     */
    int[] tokens(ToolNamespace namespace, String end) {
        List<Known> known = latest;
        for (int i = 0; i < known.size(); i++) {
            if (known.get(i).isOf(namespace, end)) {
                if (i >= MAX_NAMESPACES / 2) { // soon to be dropped
                    putFirst(known.get(i));
                }
                return known.get(i).tokens;
            }
        }
        String whole = text.apply(namespace) + end;
        int[] tokens = tokenizer.encode(whole);
        if (whole.length() <= MAX_LENGTH) {
            putFirst(new Known(namespace, end, tokens));
        }
        return tokens;
    }

    /** Puts a namespace first. What another thread adds meanwhile is lost. */
    private void putFirst(Known first) {
        Stream<Known> others = latest.stream().filter(known -> known != first);
        latest = Stream.concat(Stream.of(first), others).limit(MAX_NAMESPACES).toList();
    }

    private static final class Known {
        final ToolNamespace namespace;
        final String end;
        final int[] tokens;

        Known(ToolNamespace namespace, String end, int[] tokens) {
            this.namespace = namespace;
            this.end = end;
            this.tokens = tokens;
        }

        boolean isOf(ToolNamespace other, String otherEnd) {
            return end.equals(otherEnd) && namespace.equals(other);
        }
    }
}
