package io.harmony4j.benchmarks;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import io.harmony4j.tokenizer.Tokenizer;

/**
 * A library that turns text into the tokens of o200k_base and back. Tokens are in the form that the library itself gives and
 * takes, so that no conversion is measured. A library is loaded when it is first used.
 */
public enum Library {
    HARMONY4J {
        @Override
        Object encode(String text) {
            return Tokenizer.o200kBase().encode(text);
        }

        @Override
        int count(String text) {
            return Tokenizer.o200kBase().count(text);
        }

        @Override
        String decode(Object tokens) {
            return Tokenizer.o200kBase().decode((int[]) tokens);
        }

        @Override
        int[] ids(Object tokens) {
            return (int[]) tokens;
        }
    },

    JTOKKIT {
        @Override
        Object encode(String text) {
            return JTokkit.ENCODING.encodeOrdinary(text);
        }

        @Override
        int count(String text) {
            return JTokkit.ENCODING.countTokensOrdinary(text);
        }

        @Override
        String decode(Object tokens) {
            return JTokkit.ENCODING.decode((IntArrayList) tokens);
        }

        @Override
        int[] ids(Object tokens) {
            return ((IntArrayList) tokens).toArray();
        }
    };

    /** Returns the tokens of a text, in which no special token is recognised. */
    abstract Object encode(String text);

    /** Returns the number of tokens of a text, in which no special token is recognised. */
    abstract int count(String text);

    /** Returns the text of what {@link #encode} returned. */
    abstract String decode(Object tokens);

    /** Returns the token ids in what {@link #encode} returned. */
    abstract int[] ids(Object tokens);

    private static final class JTokkit {
        static final Encoding ENCODING = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    }
}
