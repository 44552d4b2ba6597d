package io.harmony4j.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file, or standard input where its name is {@code -}.
 *
 * @param name the name as given
 */
record Input(String name) {
    private static final String STANDARD_INPUT = "-";

    boolean isStandardInput() {
        return name.equals(STANDARD_INPUT);
    }

    InputStream open() throws IOException {
        return isStandardInput() ? System.in : Files.newInputStream(path());
    }

    /** Returns the size in bytes, or -1 if it is not known. */
    long size() throws IOException {
        return isStandardInput() ? -1 : Files.size(path());
    }

    byte[] bytes() throws IOException {
        return isStandardInput() ? System.in.readAllBytes() : Files.readAllBytes(path());
    }

    /**
     * Returns the text.
     *
     * @throws IllegalArgumentException if it is not UTF-8, with the byte offset
     */
    String text() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(bytes());
        CharBuffer chars = CharBuffer.allocate(bytes.remaining());
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(bytes, chars, true);
        try {
            if (result.isError()) {
                result.throwException();
            }
        } catch (CharacterCodingException malformed) {
            throw new IllegalArgumentException(
                    "expected UTF-8 in " + this + " but found other bytes at byte " + bytes.position(), malformed);
        }
        return chars.flip().toString();
    }

    private Path path() throws IOException {
        Path path = Path.of(name);
        if (Files.isDirectory(path)) {
            throw new IOException("expected a file but found a directory at " + name);
        }
        return path;
    }

    @Override
    public String toString() {
        return isStandardInput() ? "standard input" : name;
    }
}
