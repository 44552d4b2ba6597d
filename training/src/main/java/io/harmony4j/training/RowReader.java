package io.harmony4j.training;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The rows of a block of lines. A line that is no row is a {@link Reject}, and nothing else is. */
final class RowReader {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final char REPLACEMENT = '\uFFFD';

    private final RowImporter importer;

    /** Takes what the lines are. */
    interface Sink {
        /**
         * Takes the next row.
         *
         * @throws RowException if the row is no good after all
         */
        void row(long line, ImportedRow row);

        void reject(Reject reject);
    }

    RowReader(RowImporter importer) {
        this.importer = importer;
    }

    void read(RowSource source, LineBlocks.Block block, Sink sink) {
        if (block.isTooLong()) {
            String reason = "expected a line of at most " + LineBlocks.MAX_LINE + " bytes but found a longer one";
            sink.reject(new Reject(source.name(), block.firstLine(), "", reason));
            return;
        }
        byte[] bytes = block.bytes();
        int begin = block.firstLine() == 1 && startsWithMark(bytes, block.length()) ? BYTE_ORDER_MARK.length : 0;
        for (long line = block.firstLine(); begin < block.length(); line++) {
            int end = begin;
            while (end < block.length() && bytes[end] != '\n') {
                end++;
            }
            try {
                String text = decode(bytes, begin, end);
                if (!text.isBlank()) {
                    sink.row(line, importer.read(parse(text)));
                }
            } catch (RowException e) {
                sink.reject(new Reject(source.name(), line, e.pointer(), String.valueOf(e.getMessage())));
            } catch (RuntimeException e) { // a fault here, which is to cost no more than this row
                sink.reject(new Reject(
                        source.name(), line, "", "expected to read the row but found a fault of ours: " + e));
            }
            begin = end + 1;
        }
    }

    private static boolean startsWithMark(byte[] bytes, int length) {
        return length >= BYTE_ORDER_MARK.length
                && bytes[0] == BYTE_ORDER_MARK[0]
                && bytes[1] == BYTE_ORDER_MARK[1]
                && bytes[2] == BYTE_ORDER_MARK[2];
    }

    private static String decode(byte[] bytes, int begin, int end) {
        String text = new String(bytes, begin, end - begin, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) { // in the file, or in place of what is no UTF-8
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, begin, end - begin));
            } catch (CharacterCodingException e) {
                throw new RowException("", "expected UTF-8 but found other bytes");
            }
        }
        return text;
    }

    private static JsonValue parse(String text) {
        try {
            return Json.parseAny(text);
        } catch (IllegalArgumentException e) {
            throw new RowException("", "expected a row of JSON on one line but found what is none: " + e.getMessage());
        }
    }
}
