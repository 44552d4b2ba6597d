package io.harmony4j.adk;

import com.google.genai.types.Part;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The chain of thought that led to a call, in a field of the call's part that ADK stores and gives back as it is. ADK leaves thoughts out of
 * the next request, but models want to know in a tool loop what they were about.
 */
final class ThoughtSignature {
    private ThoughtSignature() {}

    static byte[] of(String thought) {
        return thought.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the thought of a part; empty if it has none, or a signature that another model wrote, which is hardly ever UTF-8. */
    static Optional<String> read(Part part) {
        return part.thoughtSignature().flatMap(bytes -> {
            try {
                return Optional.of(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString());
            } catch (CharacterCodingException e) {
                return Optional.empty();
            }
        });
    }
}
