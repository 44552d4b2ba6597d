package io.harmony4j.tokenizer;

import java.nio.charset.StandardCharsets;

/**
 * Finds special tokens in a text, from left to right. All names have the form {@code <|[a-z0-9_]+|>}, so none can
 * overlap another, and only what has this form is looked up. A scan of one text: not thread-safe.
 */
final class SpecialTokenScanner {
    private final Utf8Text text;
    private final SpecialTokenTable table;
    private final AllowedSpecial wanted;
    private int start;
    private int end;
    private int token;

    SpecialTokenScanner(Utf8Text text, SpecialTokenTable table, AllowedSpecial wanted) {
        this.text = text;
        this.table = table;
        this.wanted = wanted;
    }

    /** Moves on to the next special token that is wanted; returns whether there is one. */
    boolean next() {
        if (wanted.isEmpty()) {
            return false;
        }
        byte[] bytes = text.bytes();
        for (int at = end; at < text.length(); at++) {
            if (bytes[at] == '<' && bytes[at + 1] == '|' && matches(at)) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(int at) {
        byte[] bytes = text.bytes();
        int close = at + 2;
        int limit = Math.min(text.length(), at + SpecialTokenTable.MAX_LENGTH) - 2;
        while (close < limit && isNamePart(bytes[close])) {
            close++;
        }
        if (bytes[close] != '|' || bytes[close + 1] != '>') {
            return false;
        }
        String name = new String(bytes, at, close + 2 - at, StandardCharsets.US_ASCII);
        int id = table.id(name);
        if (id == Vocabulary.NONE || !wanted.contains(name)) {
            return false;
        }
        start = at;
        end = close + 2;
        token = id;
        return true;
    }

    private static boolean isNamePart(byte c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    }

    /** Returns the byte offset where the special token found last starts. */
    int start() {
        return start;
    }

    /** Returns the byte offset where the special token found last ends, 0 before the first. */
    int end() {
        return end;
    }

    /** Returns the id of the special token found last. */
    int token() {
        return token;
    }
}
