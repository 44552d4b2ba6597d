package io.harmony4j.jtokkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingResult;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import io.harmony4j.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each method of our encodings does what JTokkit's own o200k_base does, for text that JTokkit reads as the models do. */
class JtokkitContractTest {
    private static final Encoding JTOKKIT = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    private static final List<Encoding> OURS = List.of(HarmonyEncodings.o200kBase(), HarmonyEncodings.o200kHarmony());

    /** The first id that is no ordinary token. */
    private static final int ORDINARY_TOKENS = 199_998;

    @Property
    void allMethodsDoTheSame(@ForAll("texts") String text) {
        assumeReadAlike(text);
        IntArrayList tokens = JTOKKIT.encode(text);
        for (Encoding ours : OURS) {
            assertThat(ours.encode(text)).isEqualTo(tokens);
            assertThat(ours.encodeOrdinary(text)).isEqualTo(tokens);
            assertThat(ours.countTokens(text)).isEqualTo(tokens.size());
            assertThat(ours.countTokensOrdinary(text)).isEqualTo(tokens.size());
            assertThat(ours.decode(tokens)).isEqualTo(text);
            assertThat(ours.decodeBytes(tokens)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Property(tries = 300)
    void allLimitsDoTheSame(@ForAll("texts") String text) {
        assumeReadAlike(text);
        for (Encoding ours : OURS) {
            for (int limit = -1; limit <= ours.countTokens(text) + 1; limit++) {
                assertThat(describe(ours.encode(text, limit))).isEqualTo(describe(JTOKKIT.encode(text, limit)));
                assertThat(describe(ours.encodeOrdinary(text, limit)))
                        .isEqualTo(describe(JTOKKIT.encodeOrdinary(text, limit)));
            }
            assertThat(describe(ours.encode(text, Integer.MAX_VALUE)))
                    .isEqualTo(describe(JTOKKIT.encode(text, Integer.MAX_VALUE)));
        }
    }

    /** Texts that are not encoded whole where the limit is small. */
    static Stream<String> longTexts() {
        return Stream.of(
                "The quick brown fox jumps over the lazy dog. ".repeat(1000),
                "naïve 👩‍🚀 日本語の雲丹 🦄🎉\n".repeat(2000),
                "a".repeat(20_000),
                "🦄".repeat(5000),
                " \n".repeat(10_000),
                "x".repeat(4095) + "🦄 and so on ".repeat(1000));
    }

    @ParameterizedTest
    @MethodSource("longTexts")
    void allLimitsDoTheSameOnLongTexts(String text) {
        int all = JTOKKIT.countTokens(text);
        IntStream.concat(
                        IntStream.of(0, 1, 2, 3, 4, 5, 6, 7, 63, 64, 510, 511, 512, 513, 514, 1500),
                        IntStream.of(all - 2, all - 1, all, all + 1, Integer.MAX_VALUE - 1))
                .forEach(limit -> assertThat(
                                describe(HarmonyEncodings.o200kBase().encode(text, limit)))
                        .as("limit " + limit)
                        .isEqualTo(describe(JTOKKIT.encode(text, limit))));
    }

    @Property
    void noLimitEndsInACharacter(@ForAll("texts") String text) {
        for (Encoding ours : OURS) {
            IntArrayList all = ours.encodeOrdinary(text);
            String wellFormed = ours.decode(all);
            for (int limit = 0; limit < all.size(); limit++) {
                EncodingResult start = ours.encodeOrdinary(text, limit);
                int size = start.getTokens().size();
                assertThat(size).isBetween(Math.max(0, limit - 3), limit); // a character has four bytes at most
                assertThat(start.getTokens().boxed()).isEqualTo(all.boxed().subList(0, size));
                String decoded = ours.decode(start.getTokens());
                assertThat(wellFormed.startsWith(decoded)).isTrue();
                assertThat(decoded.getBytes(StandardCharsets.UTF_8)).isEqualTo(ours.decodeBytes(start.getTokens()));
                assertThat(start.getLastProcessedCharacterIndex()).isEqualTo(decoded.length() - 1);
                assertThat(start.isTruncated()).isTrue();
            }
        }
    }

    /** JTokkit decodes bytes that are no text, too, as when an answer breaks off. */
    @Property
    void anyTokensAreDecodedTheSame(@ForAll("tokens") List<Integer> ids) {
        IntArrayList tokens = list(ids);
        for (Encoding ours : OURS) {
            assertThat(ours.decodeBytes(tokens)).isEqualTo(JTOKKIT.decodeBytes(tokens));
        }
    }

    /**
     * JTokkit asks the JDK for the class of a code point, which may be older than Unicode 16; writes a question mark for a surrogate
     * without its other half; and does not know that U+017F is an s.
     */
    private static void assumeReadAlike(String text) {
        Assume.that(text.codePoints()
                .allMatch(character -> Character.isDefined(character)
                        && Character.getType(character) != Character.SURROGATE
                        && character != 'ſ'));
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> ofTokens = tokens().map(ids -> Tokenizer.o200kBase()
                .decode(ids.stream().mapToInt(Integer::intValue).toArray()));
        Arbitrary<String> ofUnicode = Arbitraries.integers()
                .between(0, Character.MAX_CODE_POINT)
                .withDistribution(RandomDistribution.uniform())
                .list()
                .ofMaxSize(12)
                .map(characters -> characters.stream().map(Character::toString).collect(Collectors.joining()));
        Arbitrary<String> ofParts = Arbitraries.of(
                        "word", "Word", "WORD", "'s", "'Re", " ", "  ", "\n", "\r\n", "\t", "1", "234567", "½", "é",
                        "e\u0301", "日本", "の雲丹", "🦄", "👩‍🚀", "<|", "|>", "<|en", "==", "//", "я", "ǅ", "ʰ", "\u00A0",
                        "\0")
                .list()
                .ofMaxSize(20)
                .map(parts -> String.join("", parts));
        return Arbitraries.oneOf(ofTokens, ofUnicode, ofParts);
    }

    @Provide
    Arbitrary<List<Integer>> tokens() {
        return Arbitraries.integers()
                .between(0, ORDINARY_TOKENS - 1)
                .withDistribution(RandomDistribution.uniform())
                .list()
                .ofMaxSize(20);
    }

    /** Returns all that a result says. */
    private static String describe(EncodingResult result) {
        return result.toString();
    }

    private static IntArrayList list(List<Integer> ids) {
        IntArrayList tokens = new IntArrayList();
        ids.forEach(tokens::add);
        return tokens;
    }
}
