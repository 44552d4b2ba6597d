package io.harmony4j.backends;

import io.harmony4j.SpecialToken;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The message that a model was writing when its runtime stopped. */
final class OpenMessage {
    private static final Pattern RECIPIENT = Pattern.compile("(^|[\\s>])to=\\S");

    private OpenMessage() {}

    /** Returns whether the header of the last message, which may begin in the prompt, is complete
     * and has a recipient: the message calls a tool. */
    static boolean callsTool(Tokenizer tokenizer, int[] prompt, int[] generated) {
        int[] all = IntStream.concat(Arrays.stream(prompt), Arrays.stream(generated))
                .toArray();
        int start = all.length;
        while (start > 0 && all[start - 1] != SpecialToken.START.id()) {
            start--;
        }
        int end = start;
        while (end < all.length && all[end] != SpecialToken.MESSAGE.id()) {
            end++;
        }
        return end < all.length
                && RECIPIENT
                        .matcher(tokenizer.decode(Arrays.copyOfRange(all, start, end)))
                        .find();
    }
}
