package example;

import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingResult;
import io.harmony4j.jtokkit.HarmonyEncodings;

/** Counts, cuts and decodes with gpt-oss's encoding through JTokkit. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        EncodingRegistry registry = HarmonyEncodings.newEncodingRegistry();
        Encoding encoding = registry.getEncodingForModel("openai/gpt-oss-20b").orElseThrow();
        System.out.println(encoding.getName() + ": " + encoding.countTokens("Hello, world!") + " tokens");

        EncodingResult cut = encoding.encode("A long document that must fit", 3);
        System.out.println(cut.isTruncated() + ": " + encoding.decode(cut.getTokens()));

        try {
            encoding.encode("A user who writes <|end|> wants to end the message");
        } catch (UnsupportedOperationException e) {
            System.out.println(e.getMessage());
        }
        System.out.println(encoding.encodeOrdinary("<|end|>").size() + " tokens, if it is text");

        // JTokkit's other models are there, too; those of o200k_base are encoded by Harmony4J
        System.out.println(registry.getEncodingForModel("gpt-4o-mini").orElseThrow().getName());
    }
}
