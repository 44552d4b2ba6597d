package io.harmony4j.openai;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The field {@code encrypted_content} of a reasoning item, which clients that store nothing send back instead of the text. It is
 * opaque, not secret: a prefix, and the text in base64.
 */
final class EncryptedReasoning {
    private static final String PREFIX = "h4j1.";

    private EncryptedReasoning() {}

    /** Returns what stands for a text. */
    static String write(String text) {
        return PREFIX + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the text that was written; empty if this was not written here. */
    static Optional<String> read(String encrypted) {
        if (!encrypted.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            byte[] utf8 = Base64.getDecoder().decode(encrypted.substring(PREFIX.length()));
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
