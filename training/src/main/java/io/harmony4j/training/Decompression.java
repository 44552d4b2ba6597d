package io.harmony4j.training;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** Bytes that may be compressed: gzip and zstd begin with bytes that no JSON begins with. */
final class Decompression {
    private static final byte[] GZIP = {0x1F, (byte) 0x8B};
    private static final byte[] ZSTD = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};
    private static final int BUFFER = 1 << 16;

    private Decompression() {}

    /** Returns the bytes as they were before compression. */
    static InputStream of(InputStream in) throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(in, ZSTD.length);
        byte[] head = bytes.readNBytes(ZSTD.length);
        bytes.unread(head);
        if (Arrays.equals(head, ZSTD)) {
            return new ZstdInputStream(bytes).setContinuous(false);
        }
        boolean isGzip = head.length >= GZIP.length && head[0] == GZIP[0] && head[1] == GZIP[1];
        return isGzip ? new GZIPInputStream(bytes, BUFFER) : bytes;
    }
}
