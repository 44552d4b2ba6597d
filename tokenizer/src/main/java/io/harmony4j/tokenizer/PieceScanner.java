package io.harmony4j.tokenizer;

/**
 * Where the pieces of a text end, many at a time. It decides 64 bytes at once, with the pattern's rules as operations on
 * the masks of a {@link CharacterBlock}, and leaves to {@link Pretokenizer}, which defines what a piece is, the few pieces
 * that have an unusual character or reach the end of the text. Not thread-safe. See docs/algorithms/pretokenizer.md.
 */
final class PieceScanner {
    /** The least length of the array that takes the ends. */
    static final int MIN_ENDS = 2 * CharacterBlock.SIZE;

    /** The most ends that are written beyond those that there are: see {@link #write}. */
    private static final int UNROLLED = 4;

    private final CharacterBlock block = new CharacterBlock();

    /**
     * Finds the ends of pieces from {@code from} on, where a piece begins, until there are no more or there may be no
     * room in {@code ends} for those of the next block; returns how many. The text is well-formed UTF-8 with {@link
     * Utf8Text#PADDING} bytes after the limit, beyond which no piece reaches.
     */
    int scan(byte[] text, int from, int limit, int[] ends) {
        int room = ends.length - CharacterBlock.SIZE - UNROLLED;
        int count = 0;
        int at = from;
        while (at < limit && count < room) {
            block.read(text, at, limit);
            int decided = block.decided;
            if (decided > 0) {
                long starts = starts(text, at, limit) & ~1L;
                int found = write(starts, at, ends, count);
                if (found > 0) {
                    count += found;
                    at = ends[count - 1];
                    if (decided == CharacterBlock.SIZE) {
                        continue;
                    }
                }
            }
            // The piece that begins here does not end where the block can tell.
            at = Pretokenizer.pieceEnd(text, at, limit);
            ends[count++] = at;
        }
        return count;
    }

    /** Writes the places of the bits, four at a time whether there are so many or not; returns how many there are. */
    private static int write(long starts, int at, int[] ends, int from) {
        int place = from;
        for (long rest = starts; rest != 0; place += UNROLLED) {
            ends[place] = at + Long.numberOfTrailingZeros(rest);
            rest &= rest - 1;
            ends[place + 1] = at + Long.numberOfTrailingZeros(rest);
            rest &= rest - 1;
            ends[place + 2] = at + Long.numberOfTrailingZeros(rest);
            rest &= rest - 1;
            ends[place + 3] = at + Long.numberOfTrailingZeros(rest);
            rest &= rest - 1;
        }
        return Long.bitCount(starts);
    }

    /** Returns where in the block pieces begin, given that one begins at its first byte. */
    private long starts(byte[] text, int at, int limit) {
        long punctuationNewlines = punctuationNewlines();
        if (punctuationNewlines != 0) {
            endBeforeSlash(text, at, punctuationNewlines);
        }
        long decided = -1L >>> (CharacterBlock.SIZE - block.decided);
        long letters = block.lower | block.upper | block.caseless;
        long words = (letters & ~(letters << 1)) | (block.upper & (block.lower << 1));
        long blanks = block.white & ~block.newlines;
        // One character before a word belongs to it: any white space but a line end, and other characters that are
        // not part of punctuation.
        long punctuation = block.other & ~((block.other | block.spaces) << 1) & ~block.continuation;
        long starts = (words & ~(blanks << 1) & ~(block.wholeCharacters(punctuation) << 1))
                | punctuation
                | numbers()
                | spaces(blanks, block.white & ~punctuationNewlines, decided);
        long quotes = block.quotesAndSlashes & (letters << 1) & ((letters >>> 1) | ~(decided >>> 1));
        if (quotes != 0) {
            starts = withContractions(starts, quotes, text, at, limit);
        }
        return starts & decided & ~block.continuation;
    }

    /** Returns the line ends that belong to the punctuation before them. */
    private long punctuationNewlines() {
        long first = (block.other << 1) & block.newlines;
        // To the end of each run, as the carry of an addition runs.
        return block.newlines & ~(first + block.newlines);
    }

    /** Ends the block before a slash that belongs to the line ends before it: punctuation ends with [\r\n/]*. */
    private void endBeforeSlash(byte[] text, int at, long punctuationNewlines) {
        for (long rest = (punctuationNewlines << 1) & block.quotesAndSlashes; rest != 0; rest &= rest - 1) {
            int place = Long.numberOfTrailingZeros(rest);
            if (text[at + place] == '/' && place < block.decided) {
                block.endAt(place);
                return;
            }
        }
    }

    /** Returns where numbers begin: every third digit of a run. */
    private long numbers() {
        long digits = block.digits;
        long starts = digits & ~(digits << 1);
        long thirds = digits & (digits << 1) & (digits << 2);
        for (long next = (starts << 3) & thirds; next != 0; next = (next << 3) & thirds) {
            starts |= next;
        }
        return starts;
    }

    /**
     * Returns where white space begins: at the start of a run; after its last line end; and its last character, which
     * goes with what follows or stands alone.
     */
    private long spaces(long blanks, long white, long decided) {
        long afterNewlines = ((white & block.newlines) << 1) & blanks;
        long notLast = (afterNewlines + blanks) & ~blanks & white & block.newlines;
        for (; notLast != 0; notLast &= notLast - 1) {
            long before = afterNewlines & (Long.lowestOneBit(notLast) - 1);
            afterNewlines &= ~Long.highestOneBit(before);
        }
        long starts = (white & ~(white << 1)) | (blanks & ~(white >>> 1)) | afterNewlines;
        // Of a run at the end of what is decided, only the start is sure.
        int run = Long.numberOfLeadingZeros(~(white << -block.decided));
        if (run > 1) {
            starts &= (decided >>> (run - 1));
        }
        return starts;
    }

    /** Returns the starts with contractions, which end words: in "it's me" no piece begins at the apostrophe. */
    private static long withContractions(long starts, long quotes, byte[] text, int at, int limit) {
        long result = starts;
        int lastEnd = 0; // an apostrophe that follows a contraction begins no other one: "it's's"
        for (long rest = quotes; rest != 0; rest &= rest - 1) {
            int quote = Long.numberOfTrailingZeros(rest);
            if (quote == lastEnd || text[at + quote] != '\'') {
                continue;
            }
            int end = Pretokenizer.contractionEnd(text, at + quote, limit) - at;
            if (end > quote) {
                lastEnd = end;
                result &= (-1L >>> -quote) | (end < Long.SIZE ? -1L << end : 0);
                result |= end < Long.SIZE ? 1L << end : 0;
            }
        }
        return result;
    }
}
