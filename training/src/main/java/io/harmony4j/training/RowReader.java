package io.harmony4j.training;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The rows of a block of lines. A line that is no row is a {@link Reject}, and nothing else is. */
final class RowReader {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

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
        String lines = new String(bytes, 0, block.length(), StandardCharsets.ISO_8859_1); // in which Java searches fast
        int begin = block.firstLine() == 1 && startsWithMark(bytes, block.length()) ? BYTE_ORDER_MARK.length : 0;
        for (long line = block.firstLine(); begin < block.length(); line++) {
            int lineFeed = lines.indexOf('\n', begin);
            int end = lineFeed < 0 ? block.length() : lineFeed;
            try {
                if (!isBlank(bytes, begin, end)) {
                    sink.row(line, importer.read(parse(Arrays.copyOfRange(bytes, begin, end))));
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

    private static boolean isBlank(byte[] bytes, int begin, int end) {
        int i = begin;
        while (i < end && (bytes[i] == ' ' || bytes[i] == '\t' || bytes[i] == '\r')) {
            i++;
        }
        return i == end;
    }

    private static JsonValue parse(byte[] line) {
        try {
            return Json.parseAny(line);
        } catch (IllegalArgumentException e) {
            throw new RowException("", "expected a row of JSON on one line but found what is none: " + e.getMessage());
        }
    }
}
