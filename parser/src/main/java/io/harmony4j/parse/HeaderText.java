package io.harmony4j.parse;

import io.harmony4j.SpecialToken;
import io.harmony4j.tokenizer.TokenBuffer;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a header, from start (exclusive) to message (exclusive): text, with {@code <|channel|>} and
 * {@code <|constrain|>} between. Refilled for each message.
 */
final class HeaderText {
    private final Tokenizer tokenizer;
    private final TokenBuffer tokens = new TokenBuffer();

    HeaderText(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * A part of a header: a marker and the text up to the next one.
     *
     * @param marker {@link SpecialToken#CHANNEL}, {@link SpecialToken#CONSTRAIN}, or null for the text at the beginning
     */
    record Segment(@Nullable SpecialToken marker, String text) {
        boolean is(SpecialToken token) {
            return marker == token;
        }
    }

    void clear() {
        tokens.clear();
    }

    /** Adds a text token, or one of the two markers. */
    void add(int token) {
        tokens.add(token);
    }

    boolean contains(SpecialToken marker) {
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i) == marker.id()) {
                return true;
            }
        }
        return false;
    }

    boolean isEmpty() {
        return tokens.size() == 0;
    }

    /** Returns the whole header as text, markers as their literals; what is not UTF-8 as U+FFFD. */
    @Override
    public String toString() {
        return tokenizer.decode(tokens.toArray());
    }

    /** Returns whether all text is UTF-8. */
    boolean isUtf8() {
        try {
            tokenizer.decodeStrict(tokens.toArray());
            return true;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    /** Returns the segments, the first of which has no marker; what is not UTF-8 as U+FFFD. */
    List<Segment> segments() {
        List<Segment> segments = new ArrayList<>();
        SpecialToken marker = null;
        TokenBuffer text = new TokenBuffer();
        for (int i = 0; i < tokens.size(); i++) {
            int token = tokens.get(i);
            if (token == SpecialToken.CHANNEL.id() || token == SpecialToken.CONSTRAIN.id()) {
                segments.add(new Segment(marker, tokenizer.decode(text.toArray())));
                marker = token == SpecialToken.CHANNEL.id() ? SpecialToken.CHANNEL : SpecialToken.CONSTRAIN;
                text.clear();
            } else {
                text.add(token);
            }
        }
        segments.add(new Segment(marker, tokenizer.decode(text.toArray())));
        return segments;
    }
}
