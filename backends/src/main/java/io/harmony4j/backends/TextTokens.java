package io.harmony4j.backends;

import io.harmony4j.tokenizer.IncrementalEncoder;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.OptionalInt;
import java.util.function.IntConsumer;

/**
 * Text that grows to its tokens, all special tokens recognised. Whatever the pieces, the tokens are those of the whole text. Each is
 * handed on as soon as no further text can change it: a special token at once, others about two words later.
 */
final class TextTokens {
    /** Longer than the name of any special token, in characters. */
    private static final int MAX_NAME = 64;

    private final Tokenizer tokenizer;
    private final IntConsumer tokens;
    private final IncrementalEncoder encoder;

    /** How many of the encoder's tokens are handed on. */
    private int handedOn;

    /** What may become the name of a special token; it begins with its first character. */
    private final StringBuilder held = new StringBuilder();

    TextTokens(Tokenizer tokenizer, IntConsumer tokens) {
        this.tokenizer = tokenizer;
        this.tokens = tokens;
        this.encoder = new IncrementalEncoder(tokenizer);
    }

    /** Appends to the text. */
    void append(String piece) {
        held.append(piece);
        int at = 0; // what is before is done
        int open = held.indexOf("<");
        while (open >= 0) {
            int end = nameEnd(open);
            if (end == held.length()) {
                break; // it may go on
            }
            OptionalInt special = end < 0 ? OptionalInt.empty() : tokenizer.specialToken(held.substring(open, end + 1));
            if (special.isPresent()) {
                encoder.append(held.substring(at, open));
                flush();
                tokens.accept(special.getAsInt());
                at = end + 1;
                open = held.indexOf("<", at);
            } else {
                open = held.indexOf("<", open + 1);
            }
        }
        int rest = open < 0 ? held.length() : open;
        encoder.append(held.substring(at, rest));
        held.delete(0, rest);
        handOn(encoder.settledCount());
    }

    /** Takes the text as ended here; what is appended next begins a new one. */
    void finish() {
        encoder.append(held);
        held.setLength(0);
        flush();
    }

    /**
     * Returns the index of the last character of a name in the form {@code <|[a-z0-9_]+|>} that begins at an index, the text's length
     * if it may still become one, or -1.
     */
    private int nameEnd(int open) {
        int length = held.length();
        int at = open + 1;
        if (at < length && held.charAt(at) != '|') {
            return -1;
        }
        at++;
        while (at < length && isNamePart(held.charAt(at))) {
            at++;
        }
        if (at - open > MAX_NAME || (at < length && held.charAt(at) != '|')) {
            return -1;
        }
        if (at + 1 >= length) {
            return length;
        }
        return held.charAt(at + 1) == '>' ? at + 1 : -1;
    }

    private static boolean isNamePart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    }

    private void flush() {
        handOn(encoder.count());
        encoder.clear();
        handedOn = 0;
    }

    private void handOn(int count) {
        for (int token : encoder.tokens(handedOn, count)) {
            tokens.accept(token);
        }
        handedOn = count;
    }
}
