package io.harmony4j.tokenizer;

import static io.harmony4j.tokenizer.CharacterClasses.CASELESS;
import static io.harmony4j.tokenizer.CharacterClasses.LENGTH_SHIFT;
import static io.harmony4j.tokenizer.CharacterClasses.LOWER;
import static io.harmony4j.tokenizer.CharacterClasses.MARK;
import static io.harmony4j.tokenizer.CharacterClasses.NEWLINE;
import static io.harmony4j.tokenizer.CharacterClasses.NUMBER;
import static io.harmony4j.tokenizer.CharacterClasses.OTHER;
import static io.harmony4j.tokenizer.CharacterClasses.SPACE;
import static io.harmony4j.tokenizer.CharacterClasses.UPPER;

/**
 * The pattern of o200k as a scanner: where the piece ends that begins at a byte. Linear in the length of the text,
 * without a stack and without allocation. See docs/algorithms/pretokenizer.md.
 *
 * <pre>
 *   [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?   words
 *   [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?   WORDS
 *   \p{N}{1,3}                                                                                           numbers
 *    ?[^\s\p{L}\p{N}]+[\r\n/]*                                                                       punctuation
 *   \s*[\r\n]+|\s+(?!\S)|\s+                                                                               space
 * </pre>
 */
final class Pretokenizer {
    private static final int LETTER = UPPER | LOWER | CASELESS;

    /** What the pattern takes for upper case. */
    private static final int AS_UPPER = UPPER | CASELESS | MARK;

    /** What the pattern takes for lower case. */
    private static final int AS_LOWER = LOWER | CASELESS | MARK;

    private static final int MAX_DIGITS = 3;

    private Pretokenizer() {}

    /**
     * Returns the end of the piece that begins at {@code start}: both byte offsets in well-formed UTF-8, start < limit.
     */
    static int pieceEnd(byte[] text, int start, int limit) {
        int first = CharacterClasses.at(text, start, limit);
        int second = start + (first >>> LENGTH_SHIFT);
        if ((first & (LETTER | MARK)) != 0) {
            // A mark could also be the one character before a word, which ends at the same place.
            return contractionEnd(text, wordEnd(text, start, limit), limit);
        }
        if ((first & NUMBER) != 0) {
            return numberEnd(text, second, limit);
        }
        if ((first & (SPACE | OTHER)) != 0) {
            int next = CharacterClasses.at(text, second, limit);
            if ((next & (LETTER | MARK)) != 0) {
                return contractionEnd(text, wordEnd(text, second, limit), limit);
            }
            if ((first & OTHER) != 0 || (text[start] == ' ' && (next & OTHER) != 0)) {
                return punctuationEnd(text, second, limit);
            }
        }
        return spaceEnd(text, start, limit);
    }

    /**
     * Returns where the last two pieces of the text from {@code start} to {@code limit} begin. The pieces before them
     * stay as they are, whatever text follows: docs/algorithms/pretokenizer.md has the proof.
     */
    static int settledEnd(byte[] text, int start, int limit) {
        int settled = start;
        int last = start;
        for (int at = start; at < limit; at = pieceEnd(text, at, limit)) {
            settled = last;
            last = at;
        }
        return settled;
    }

    /**
     * Returns the end of the word that begins with the letter or mark at {@code start}: upper case, then lower case. If
     * no lower-case letter follows what counts as upper case, the word still needs one character that counts as lower
     * case: the last caseless letter or mark; if there is none, it is upper case to its end.
     */
    private static int wordEnd(byte[] text, int start, int limit) {
        int at = start;
        int lastCaseless = -1; // its end
        int next = CharacterClasses.at(text, at, limit);
        while ((next & AS_UPPER) != 0) {
            at += next >>> LENGTH_SHIFT;
            if ((next & UPPER) == 0) {
                lastCaseless = at;
            }
            next = CharacterClasses.at(text, at, limit);
        }
        if ((next & LOWER) == 0) {
            return lastCaseless >= 0 ? lastCaseless : at;
        }
        while ((next & AS_LOWER) != 0) {
            at = asciiLowerEnd(text, at + (next >>> LENGTH_SHIFT), limit);
            next = CharacterClasses.at(text, at, limit);
        }
        return at;
    }

    /**
     * Returns the end of the letters a to z from {@code at} on: most of most words, and quicker than by their class.
     */
    private static int asciiLowerEnd(byte[] text, int at, int limit) {
        int end = at;
        while (end < limit && text[end] >= 'a' && text[end] <= 'z') {
            end++;
        }
        return end;
    }

    /** Returns the end of {@code 's 't 're 've 'm 'll 'd} at {@code at}, in upper or lower case, or {@code at}. */
    static int contractionEnd(byte[] text, int at, int limit) {
        if (at + 1 >= limit || text[at] != '\'') {
            return at;
        }
        int letter = text[at + 1] | 0x20; // lower case, if it is a letter
        int second = at + 2 < limit ? text[at + 2] | 0x20 : -1;
        return switch (letter) {
            case 's', 't', 'm', 'd' -> at + 2;
            case 'r', 'v' -> second == 'e' ? at + 3 : at;
            case 'l' -> second == 'l' ? at + 3 : at;
            default -> isLongS(text, at + 1, limit) ? at + 3 : at;
        };
    }

    /** Returns whether U+017F stands at {@code at}. In Unicode's case folding it is an s. */
    private static boolean isLongS(byte[] text, int at, int limit) {
        return at + 1 < limit && text[at] == (byte) 0xC5 && text[at + 1] == (byte) 0xBF;
    }

    private static int numberEnd(byte[] text, int second, int limit) {
        int at = second;
        for (int digits = 1; digits < MAX_DIGITS; digits++) {
            int next = CharacterClasses.at(text, at, limit);
            if ((next & NUMBER) == 0) {
                break;
            }
            at += next >>> LENGTH_SHIFT;
        }
        return at;
    }

    private static int punctuationEnd(byte[] text, int second, int limit) {
        int at = second;
        int next = CharacterClasses.at(text, at, limit);
        while ((next & (OTHER | MARK)) != 0) {
            at += next >>> LENGTH_SHIFT;
            next = CharacterClasses.at(text, at, limit);
        }
        while (at < limit && (text[at] == '\n' || text[at] == '\r' || text[at] == '/')) {
            at++;
        }
        return at;
    }

    /**
     * Returns the end of white space that no word or punctuation takes: after its last line end; or else all of it at
     * the end of the text; or else all but its last character, which belongs to what follows, unless it is the only
     * one.
     */
    private static int spaceEnd(byte[] text, int start, int limit) {
        int at = start;
        int last = start;
        int lastNewline = -1; // its end
        int next = CharacterClasses.at(text, at, limit);
        while ((next & (SPACE | NEWLINE)) != 0) {
            last = at;
            at += next >>> LENGTH_SHIFT;
            if ((next & NEWLINE) != 0) {
                lastNewline = at;
            }
            while (at < limit && text[at] == ' ') { // most of long runs, and quicker than by their class
                last = at++;
            }
            next = CharacterClasses.at(text, at, limit);
        }
        if (lastNewline >= 0) {
            return lastNewline;
        }
        return at == limit || last == start ? at : last;
    }
}
