package io.harmony4j.tokenizer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A file that the build makes and puts beside the classes. */
final class Resource {
    /** The number of bytes of an id. */
    private static final int ID_BYTES = 3;

    private static final int BUFFER = 1 << 12;

    private Resource() {}

    /** Returns the content of the file with a name. */
    static byte[] read(String name) {
        try (InputStream in = open(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens the file with a name. */
    static InputStream open(String name) {
        InputStream in = Resource.class.getResourceAsStream(name);
        if (in == null) {
            throw new IllegalStateException("expected " + name + " beside the tokenizer's classes but found none:"
                    + " run the Maven build, which makes it");
        }
        return in;
    }

    /** Reads lengths of one byte each; returns the sums of all before each, and of all. */
    static int[] readStarts(InputStream in, int count) throws IOException {
        int[] starts = new int[count + 1];
        byte[] buffer = new byte[BUFFER];
        for (int at = 0; at < count; at += BUFFER) {
            int read = Math.min(BUFFER, count - at);
            readFully(in, buffer, read);
            addUp(buffer, read, starts, at);
        }
        return starts;
    }

    private static void addUp(byte[] lengths, int count, int[] starts, int at) {
        for (int i = 0; i < count; i++) {
            starts[at + i + 1] = starts[at + i] + (lengths[i] & 0xFF);
        }
    }

    /**
     * Reads token ids: all their low bytes, then all middle ones, then all high ones. Through a small buffer: new memory
     * takes more time than anything else here.
     */
    static void readIds(InputStream in, int[] into, int from) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int shift = 0; shift < ID_BYTES * Byte.SIZE; shift += Byte.SIZE) {
            for (int at = from; at < into.length; at += BUFFER) {
                int count = Math.min(BUFFER, into.length - at);
                readFully(in, buffer, count);
                add(buffer, count, shift, into, at);
            }
        }
    }

    private static void add(byte[] bytes, int count, int shift, int[] into, int at) {
        for (int i = 0; i < count; i++) {
            into[at + i] |= (bytes[i] & 0xFF) << shift;
        }
    }

    /** Reads so many bytes. */
    static void readFully(InputStream in, byte[] into, int count) throws IOException {
        int read = in.readNBytes(into, 0, count);
        if (read < count) {
            throw new IOException("expected " + count + " more bytes of the vocabulary but found " + read);
        }
    }
}
