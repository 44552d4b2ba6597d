package io.harmony4j.render;

import io.harmony4j.ToolNamespace;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.List;
import java.util.stream.Stream;

/**
 * The tokens of the namespaces of tools that came last. Most prompts declare the same tools as the one before. They are known
 * by the object, which is the same for the built-in ones and in a chat that goes on, or else by their text, as when they come
 * from JSON each time. Nothing but time depends on what is remembered. Thread-safe, without locks.
 */
final class ToolMemory {
    static final int MAX_NAMESPACES = 16;

    /** The longest text in UTF-16 code units that is remembered. */
    static final int MAX_LENGTH = 1 << 16;

    private final Tokenizer tokenizer;
    private volatile List<Known> latest = List.of(); // the last one first

    ToolMemory(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * Returns the tokens of a namespace's text with what ends it, tokenised together. The array is not to be changed.
     *
     * @param end a blank line, or nothing
     */
    int[] tokens(ToolNamespace namespace, String end) {
        for (Known known : latest) {
            if (known.isOf(namespace, end)) {
                return known.tokens;
            }
        }
        String text = NamespaceText.of(namespace) + end;
        int[] tokens = latest.stream()
                .filter(known -> known.text.equals(text))
                .map(known -> known.tokens)
                .findFirst()
                .orElseGet(() -> tokenizer.encode(text));
        if (text.length() <= MAX_LENGTH) {
            remember(new Known(namespace, end, text, tokens));
        }
        return tokens;
    }

    /** Puts a namespace first, in the place of one with the same text. What another thread remembers meanwhile is lost. */
    private void remember(Known first) {
        Stream<Known> others = latest.stream().filter(known -> !known.text.equals(first.text));
        latest = Stream.concat(Stream.of(first), others).limit(MAX_NAMESPACES).toList();
    }

    private static final class Known {
        final ToolNamespace namespace;
        final String end;
        final String text; // the end included
        final int[] tokens;

        Known(ToolNamespace namespace, String end, String text, int[] tokens) {
            this.namespace = namespace;
            this.end = end;
            this.text = text;
            this.tokens = tokens;
        }

        /** Whether this is of the same object. Equal ones may differ in text: JSON's equality knows no order of properties. */
        @SuppressWarnings("ReferenceEquality")
        boolean isOf(ToolNamespace other, String otherEnd) {
            return namespace == other && end.equals(otherEnd);
        }
    }
}
