package io.harmony4j.backends;

import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.Arrays;

/** A prompt's tokens as text, for runtimes that know no ids. */
final class PromptText {
    private PromptText() {}

    /**
     * Returns the text, in which special tokens stand by their names.
     *
     * @throws IllegalArgumentException if a runtime would read other special tokens in it than the prompt has, because its words look
     *     like one, or if it is not UTF-8
     */
    static String of(Tokenizer tokenizer, int[] prompt, String runtime) {
        StringBuilder text = new StringBuilder();
        for (int from = 0; from < prompt.length; ) {
            int to = from;
            while (to < prompt.length && !tokenizer.isSpecial(prompt[to])) {
                to++;
            }
            text.append(ordinary(tokenizer, Arrays.copyOfRange(prompt, from, to), from, runtime));
            if (to < prompt.length) {
                text.append(tokenizer.decode(prompt[to]));
            }
            from = to + 1;
        }
        return text.toString();
    }

    private static String ordinary(Tokenizer tokenizer, int[] tokens, int index, String runtime) {
        try {
            String text = tokenizer.decodeStrict(tokens);
            tokenizer.requireNone(AllowedSpecial.ALL, text);
            return text;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the prompt cannot be sent to " + runtime
                            + ", which takes text and would read other tokens than these: "
                            + e.getMessage() + ", in the text of the tokens from index " + index
                            + "; take that out, or use a runtime that takes token ids",
                    e);
        }
    }
}
