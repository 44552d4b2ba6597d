package io.harmony4j.jtokkit;

import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingResult;
import com.knuddels.jtokkit.api.IntArrayList;
import io.harmony4j.tokenizer.IncrementalEncoder;
import io.harmony4j.tokenizer.TokenBuffer;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A tokenizer under the contract of JTokkit's encodings. Immutable and thread-safe. */
final class TokenizerEncoding implements Encoding {
    private static final String BEFORE_NAME = "<|";
    private static final String AFTER_NAME = "|>";

    /** A text of not more UTF-16 code units for each token that is wanted is encoded whole, since that is fast. */
    private static final int LIKELY_LENGTH = 8;

    /** How many UTF-16 code units are read at first of a longer text, besides. */
    private static final int FIRST_PART = 4096;

    private final String name;
    private final Tokenizer tokenizer;
    private final Set<String> specialNames;
    private final int longestName; // in characters

    /** The text of each special token, by its id, as ordinary tokens. */
    private final Map<Integer, int[]> specialTexts = new HashMap<>();

    /** @param specialTokens the names of the special tokens by id */
    TokenizerEncoding(String name, Tokenizer tokenizer, Map<Integer, String> specialTokens) {
        this.name = name;
        this.tokenizer = tokenizer;
        this.specialNames = Set.copyOf(specialTokens.values());
        this.longestName = specialNames.stream().mapToInt(String::length).max().orElse(0);
        specialTokens.forEach((id, token) -> specialTexts.put(id, tokenizer.encode(token)));
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public IntArrayList encode(@Nullable String text) {
        requireNoSpecialToken(text);
        return encodeOrdinary(text);
    }

    @Override
    public EncodingResult encode(@Nullable String text, int maxTokens) {
        requireNoSpecialToken(text);
        return encodeOrdinary(text, maxTokens);
    }

    @Override
    public IntArrayList encodeOrdinary(@Nullable String text) {
        return text == null ? new IntArrayList(0) : list(tokenizer.encode(text));
    }

    @Override
    public EncodingResult encodeOrdinary(@Nullable String text, int maxTokens) {
        if (text == null) {
            return new EncodingResult(new IntArrayList(0), false, -1);
        }
        int limit = Math.max(0, maxTokens);
        int[] tokens = start(text, limit);
        if (tokens.length <= limit) {
            return new EncodingResult(list(tokens), false, text.length() - 1);
        }
        int[] kept = Arrays.copyOf(tokens, wholeCharacters(tokens, limit));
        return new EncodingResult(list(kept), true, tokenizer.decode(kept).length() - 1);
    }

    @Override
    public int countTokens(@Nullable String text) {
        requireNoSpecialToken(text);
        return countTokensOrdinary(text);
    }

    @Override
    public int countTokensOrdinary(@Nullable String text) {
        return text == null ? 0 : tokenizer.count(text);
    }

    @Override
    public String decode(IntArrayList tokens) {
        return tokenizer.decode(ordinary(tokens));
    }

    @Override
    public byte[] decodeBytes(IntArrayList tokens) {
        return tokenizer.decodeBytes(ordinary(tokens));
    }

    /** Returns all tokens of a text, or, if there are more than the limit, the first of them: more than the limit, too. */
    private int[] start(String text, int limit) {
        long enough = (long) LIKELY_LENGTH * limit + FIRST_PART;
        if (text.length() <= enough) {
            return tokenizer.encode(text);
        }
        IncrementalEncoder start = new IncrementalEncoder(tokenizer);
        int read = 0;
        while (read < text.length()) {
            // twice as much each time, so that a text without a break takes linear time, too
            int end = (int) Math.min(text.length(), Math.max(enough, 2L * read));
            start.append(text.substring(read, end));
            read = end;
            if (start.settledCount() > limit) {
                return start.tokens(0, limit + 1);
            }
        }
        return start.tokens();
    }

    /** Returns how many of the first tokens, the limit at most, end between two characters. There are more than the limit. */
    private int wholeCharacters(int[] tokens, int limit) {
        int end = limit;
        while (end > 0 && isContinuation(tokenizer.decodeBytes(tokens[end])[0])) {
            end--;
        }
        return end;
    }

    /** Returns whether a byte of UTF-8 is one of a character, but not its first. */
    private static boolean isContinuation(byte utf8) {
        return (utf8 & 0xC0) == 0x80;
    }

    /** Returns the tokens with the text of each special token in its place. */
    private int[] ordinary(IntArrayList tokens) {
        TokenBuffer ordinary = new TokenBuffer();
        for (int i = 0; i < tokens.size(); i++) {
            int token = tokens.get(i);
            if (tokenizer.isToken(token) && !tokenizer.isSpecial(token)) {
                ordinary.add(token);
                continue;
            }
            int[] text = specialTexts.get(token);
            if (text == null) {
                throw new IllegalArgumentException(
                        "expected a token of " + name + " but found " + token + " at index " + i);
            }
            ordinary.addAll(text);
        }
        return ordinary.toArray();
    }

    private void requireNoSpecialToken(@Nullable String text) {
        if (text == null) {
            return;
        }
        for (int at = text.indexOf(BEFORE_NAME); at >= 0; at = text.indexOf(BEFORE_NAME, at + 1)) {
            String begin = text.substring(at, Math.min(text.length(), at + longestName));
            int end = begin.indexOf(AFTER_NAME);
            if (end >= 0 && specialNames.contains(begin.substring(0, end + AFTER_NAME.length()))) {
                throw new UnsupportedOperationException("expected a text without special tokens but found "
                        + begin.substring(0, end + AFTER_NAME.length()) + " at index " + at
                        + "; encodeOrdinary and countTokensOrdinary take it for text");
            }
        }
    }

    private static IntArrayList list(int[] tokens) {
        IntArrayList list = new IntArrayList(tokens.length);
        for (int token : tokens) {
            list.add(token);
        }
        return list;
    }

    /** Returns the encoding's name. */
    @Override
    public String toString() {
        return name;
    }
}
