package io.harmony4j.bench;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import io.harmony4j.tokenizer.Tokenizer;

/**
 * A library that turns text into the tokens of o200k_base and back. Tokens are in the form that the library itself gives and
 * takes, so that no conversion is measured. The library is loaded when it is first used.
 */
public enum Library {
    HARMONY4J("Harmony4J") {
        @Override
        public Object encode(String text) {
            return Harmony4j.tokenizer.encode(text);
        }

        @Override
        public int count(String text) {
            return Harmony4j.tokenizer.count(text);
        }

        @Override
        public String decode(Object tokens) {
            return Tokenizer.o200kBase().decode((int[]) tokens);
        }

        @Override
        public int[] ids(Object tokens) {
            return (int[]) tokens;
        }

        @Override
        public void forget() {
            Harmony4j.tokenizer = Tokenizer.o200kBase().withOwnPieceCache();
        }
    },

    JTOKKIT("JTokkit") {
        @Override
        public Object encode(String text) {
            return JTokkit.ENCODING.encodeOrdinary(text);
        }

        @Override
        public int count(String text) {
            return JTokkit.ENCODING.countTokensOrdinary(text);
        }

        @Override
        public String decode(Object tokens) {
            return JTokkit.ENCODING.decode((IntArrayList) tokens);
        }

        @Override
        public int[] ids(Object tokens) {
            return ((IntArrayList) tokens).toArray();
        }

        @Override
        public void forget() {} // it keeps nothing
    };

    private final String title;

    Library(String title) {
        this.title = title;
    }

    /** Returns the tokens of a text, in which no special token is recognised. */
    public abstract Object encode(String text);

    /** Returns the number of tokens of a text, in which no special token is recognised. */
    public abstract int count(String text);

    /** Returns the text of what {@link #encode} returned. */
    public abstract String decode(Object tokens);

    /** Returns the token ids in what {@link #encode} returned. */
    public abstract int[] ids(Object tokens);

    /** Forgets what it keeps of the texts that it has encoded. */
    public abstract void forget();

    /** Returns the token ids of a text, in which no special token is recognised. */
    int[] idsOf(String text) {
        return ids(encode(text));
    }

    /** Returns the library's name, as in {@code JTokkit}. */
    public String title() {
        return title;
    }

    private static final class Harmony4j {
        static volatile Tokenizer tokenizer = Tokenizer.o200kBase();
    }

    private static final class JTokkit {
        static final Encoding ENCODING = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    }
}
