package io.harmony4j.jtokkit;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.Map;

/**
 * Encodings of Harmony4J for programs that count and cut by JTokkit.
 *
 * <pre>{@code
 * EncodingRegistry registry = HarmonyEncodings.newEncodingRegistry();
 * Encoding encoding = registry.getEncodingForModel("openai/gpt-oss-20b").orElseThrow();     // o200k_harmony
 * encoding.countTokens("Hello, world!");                                                    // 4
 * encoding.encode("Hello, world!", 2).getTokens();                                          // [13225, 11]
 * encoding.encode("<|start|>user");                                                         // UnsupportedOperationException
 * encoding.encodeOrdinary("<|start|>user");                                                 // [27, 91, 5236, 91, 29, 1428]
 * encoding.decode(tokens);                                                                  // special tokens are their names
 * }</pre>
 *
 * <p>The encodings do what JTokkit's own do, with these differences. Text is cut by the Unicode 16 tables of the models, whatever the JDK
 * knows. A surrogate without its other half counts as U+FFFD (JTokkit: as a question mark, and {@code encode(text, maxTokens)} ends before
 * it). {@code decode} and {@code decodeBytes} throw an {@link IllegalArgumentException} for an id that is no token, as {@link Encoding}
 * says (JTokkit: a {@link NullPointerException}). All are immutable and thread-safe.
 */
public final class HarmonyEncodings {
    private HarmonyEncodings() {}

    /**
     * Returns {@code o200k_harmony}, the encoding of gpt-oss, whose special tokens are all of the Harmony format and the reserved ones. The
     * first call loads it. In a registry that there is already it is known by its name:
     * {@code registry.registerCustomEncoding(HarmonyEncodings.o200kHarmony())}.
     */
    public static Encoding o200kHarmony() {
        return Harmony.ENCODING;
    }

    /**
     * Returns {@code o200k_base}, the encoding of GPT-4o and its successors, with JTokkit's two special tokens: {@code <|endoftext|>} and
     * {@code <|endofprompt|>}. The first call loads it.
     */
    public static Encoding o200kBase() {
        return Base.ENCODING;
    }

    /**
     * Returns a new registry: that of {@link Encodings#newLazyEncodingRegistry()} with both encodings in it, the latter in place of
     * JTokkit's, and with the names of gpt-oss models: {@code gpt-oss-20b}, {@code gpt-oss:120b}, {@code openai/gpt-oss-20b}, {@code
     * openai.gpt-oss-120b-1:0}. A custom encoding of JTokkit's has no names of models. All other names are JTokkit's.
     */
    public static EncodingRegistry newEncodingRegistry() {
        EncodingRegistry registry = Encodings.newLazyEncodingRegistry();
        registry.registerCustomEncoding(o200kHarmony()).registerCustomEncoding(o200kBase());
        return new HarmonyRegistry(registry);
    }

    private static final class Harmony {
        static final Encoding ENCODING = of(Tokenizer.o200kHarmony());

        private static Encoding of(Tokenizer tokenizer) {
            return new TokenizerEncoding(tokenizer.name(), tokenizer, tokenizer.specialTokens());
        }
    }

    private static final class Base {
        static final Encoding ENCODING = new TokenizerEncoding(
                EncodingType.O200K_BASE.getName(),
                Tokenizer.o200kBase(),
                Map.of(199999, "<|endoftext|>", 200018, "<|endofprompt|>"));
    }
}
