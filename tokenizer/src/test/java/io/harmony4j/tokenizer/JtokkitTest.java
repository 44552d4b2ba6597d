package io.harmony4j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.lang.UCharacter;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** JTokkit as an outside witness, for text that it reads as the models do. */
class JtokkitTest {
    private static final Encoding JTOKKIT = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

    @Property
    void jtokkitEncodesTheSame(@ForAll("texts") String text) {
        Assume.that(text.codePoints().allMatch(JtokkitTest::isReadAlike));
        assertThat(Tokenizer.o200kBase().encode(text))
                .isEqualTo(JTOKKIT.encodeOrdinary(text).toArray());
    }

    /**
     * JTokkit asks the JDK for the class of a code point, which may be older than Unicode 16; writes a question mark
     * for a surrogate without its other half; and does not know that U+017F is an s.
     */
    private static boolean isReadAlike(int codePoint) {
        return UCharacter.getType(codePoint) == icuType(codePoint)
                && Character.getType(codePoint) != Character.SURROGATE
                && codePoint != 'ſ';
    }

    /** ICU numbers the categories as Java does, but has no gap before private use characters. */
    private static int icuType(int codePoint) {
        int type = Character.getType(codePoint);
        return type > 16 ? type - 1 : type;
    }

    @Provide
    Arbitrary<String> texts() {
        return Generators.texts();
    }
}
