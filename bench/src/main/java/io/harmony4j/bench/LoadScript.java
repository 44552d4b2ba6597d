package io.harmony4j.bench;

import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer that its prompt decides: {@code load-17-64-20} asks for the words of number 17, 64 of them, 20 milliseconds before each. No two
 * numbers have the same words, so that a client knows whether an answer is its own.
 */
record LoadScript(int number, int words, int millis) {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();
    private static final Pattern PROMPT = Pattern.compile("load-(\\d+)-(\\d+)-(\\d+)");
    private static final int[] HEADER = TOKENIZER.encode("<|channel|>final<|message|>", AllowedSpecial.ALL);
    private static final int[] WORDS =
            TOKENIZER.encode(" the of and to in is for that on with as at by from this are be or an have not was");

    /** Returns what a text asks for. */
    static Optional<LoadScript> in(String text) {
        Matcher matcher = PROMPT.matcher(text);
        return matcher.find()
                ? Optional.of(new LoadScript(
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        Integer.parseInt(matcher.group(3))))
                : Optional.empty();
    }

    /** Returns what asks for it. */
    String prompt() {
        return "load-" + number + "-" + words + "-" + millis;
    }

    /** Returns the tokens without the one that ends them: those of the header, of the number, and the words. */
    int[] tokens() {
        int[] name = TOKENIZER.encode("#" + number);
        int[] tokens = new int[HEADER.length + name.length + words];
        System.arraycopy(HEADER, 0, tokens, 0, HEADER.length);
        System.arraycopy(name, 0, tokens, HEADER.length, name.length);
        for (int i = 0; i < words; i++) {
            tokens[HEADER.length + name.length + i] = WORDS[Math.floorMod(31 * number + i * i, WORDS.length)];
        }
        return tokens;
    }

    /** Returns the text of the answer. */
    String text() {
        int[] tokens = tokens();
        return TOKENIZER.decode(java.util.Arrays.copyOfRange(tokens, HEADER.length, tokens.length));
    }
}
