package io.harmony4j.parser;

import static java.util.Objects.requireNonNull;

import io.harmony4j.tokenizer.Tokenizer;

/**
 * Reads a whole stream in one call. {@link StreamParser} and {@link TextParser} read it while it comes.
 *
 * <pre>{@code
 * ParseResult result = HarmonyParser.parse(generated, ParseOptions.after(conversation));
 * conversation = conversation.with(result.messages());
 * }</pre>
 */
public final class HarmonyParser {
    private HarmonyParser() {}

    /**
     * Reads tokens of o200k_harmony.
     *
     * @throws HarmonyFormatException in STRICT mode, if they are not Harmony
     */
    public static ParseResult parse(int[] tokens, ParseOptions options) {
        StreamParser parser = new StreamParser(Tokenizer.o200kHarmony(), options, event -> {});
        for (int token : requireNonNull(tokens, "tokens")) {
            parser.accept(token);
        }
        parser.finish();
        return parser.result();
    }

    /**
     * Reads text in which special tokens stand as their literals.
     *
     * @throws HarmonyFormatException in STRICT mode, if it is not Harmony
     */
    public static ParseResult parse(CharSequence text, ParseOptions options) {
        TextParser parser = new TextParser(options, event -> {});
        parser.accept(text);
        parser.finish();
        return parser.result();
    }
}
