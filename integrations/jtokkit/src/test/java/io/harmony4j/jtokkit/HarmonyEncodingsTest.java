package io.harmony4j.jtokkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingResult;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.GptBytePairEncodingParams;
import com.knuddels.jtokkit.api.IntArrayList;
import com.knuddels.jtokkit.api.ModelType;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HarmonyEncodingsTest {
    private static final Encoding HARMONY = HarmonyEncodings.o200kHarmony();
    private static final Encoding BASE = HarmonyEncodings.o200kBase();
    private static final Encoding JTOKKIT = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

    static List<Encoding> encodings() {
        return List.of(HARMONY, BASE);
    }

    private static IntArrayList tokens(int... ids) {
        IntArrayList tokens = new IntArrayList();
        for (int id : ids) {
            tokens.add(id);
        }
        return tokens;
    }

    @Test
    void encodingsHaveTheNamesOfTheModels() {
        assertThat(HARMONY.getName()).isEqualTo("o200k_harmony").isEqualTo(HARMONY.toString());
        assertThat(BASE.getName()).isEqualTo("o200k_base").isEqualTo(EncodingType.O200K_BASE.getName());
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void noTextHasNoTokens(Encoding encoding) {
        assertThat(encoding.encode(null).isEmpty()).isTrue();
        assertThat(encoding.encodeOrdinary(null).isEmpty()).isTrue();
        assertThat(encoding.countTokens(null)).isZero();
        assertThat(encoding.countTokensOrdinary(null)).isZero();
        for (EncodingResult result : List.of(
                encoding.encode(null, 5),
                encoding.encodeOrdinary(null, 5),
                encoding.encode("", 5),
                encoding.encode("", 0))) {
            assertThat(result.getTokens().isEmpty()).isTrue();
            assertThat(result.isTruncated()).isFalse();
            assertThat(result.getLastProcessedCharacterIndex()).isEqualTo(-1);
        }
        assertThat(encoding.decode(tokens())).isEmpty();
        assertThat(encoding.decodeBytes(tokens())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void aLimitEndsBeforeTheCharacterThatDoesNotFit(Encoding encoding) {
        String text = "A 🦄!"; // the animal has three tokens, of which the first has a space and a byte of it
        EncodingResult cut = encoding.encode(text, 3);
        assertThat(encoding.decode(cut.getTokens())).isEqualTo("A");
        assertThat(cut.isTruncated()).isTrue();
        assertThat(cut.getLastProcessedCharacterIndex()).isZero();
        assertThat(encoding.encode(text, -7).getTokens().isEmpty()).isTrue();
    }

    // ---- Special tokens -------------------------------------------------------------------------------------------

    @Test
    void textWithASpecialTokenOfHarmonyIsRefused() {
        Map<Integer, String> all = Tokenizer.o200kHarmony().specialTokens();
        assertThat(all).hasSize(1091);
        all.forEach((id, name) -> {
            assertRefused(HARMONY, name, "a " + name + " b", 2);
            assertThat(HARMONY.decode(tokens(64, id, 65)))
                    .isEqualTo("a" + name + "b")
                    .isEqualTo(new String(HARMONY.decodeBytes(tokens(64, id, 65)), UTF_8));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"<|endoftext|>", "<|endofprompt|>"})
    void textWithASpecialTokenOfJtokkitIsRefused(String name) {
        assertRefused(BASE, name, name, 0);
        assertThatThrownBy(() -> JTOKKIT.encode(name)).isInstanceOf(UnsupportedOperationException.class);
        IntArrayList around = tokens(64, name.equals("<|endoftext|>") ? 199_999 : 200_018, 65);
        assertThat(BASE.decode(around)).isEqualTo("a" + name + "b").isEqualTo(JTOKKIT.decode(around));
        assertThat(BASE.decodeBytes(around)).isEqualTo(JTOKKIT.decodeBytes(around));
    }

    private static void assertRefused(Encoding encoding, String name, String text, int index) {
        String message = "expected a text without special tokens but found " + name + " at index " + index
                + "; encodeOrdinary and countTokensOrdinary take it for text";
        assertThatThrownBy(() -> encoding.encode(text))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> encoding.encode(text, 0))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> encoding.countTokens(text))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage(message);
        IntArrayList ordinary = encoding.encodeOrdinary(text);
        assertThat(ordinary.boxed()).allMatch(token -> token < 199_998);
        assertThat(encoding.decode(ordinary)).isEqualTo(text);
        assertThat(encoding.countTokensOrdinary(text)).isEqualTo(ordinary.size());
        assertThat(encoding.encodeOrdinary(text, Integer.MAX_VALUE).getTokens()).isEqualTo(ordinary);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<|start|>", "<|end|>", "<|return|>", "<|reserved_200018|>"})
    void whatOnlyHarmonyKnowsIsTextForTheBase(String name) {
        assertThat(BASE.encode(name)).isEqualTo(BASE.encodeOrdinary(name)).isEqualTo(JTOKKIT.encode(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<|endofprompt|>",
                "<|start",
                "<|start>",
                "<start|>",
                "|start|>",
                "<||>",
                "<|>",
                "<|Start|>",
                "<| start|>",
                "<|reserved_200006|>",
                "<|reserved_2010880|>",
                "<|",
                "|>",
                "<|<|",
            })
    void whatIsNoSpecialTokenOfHarmonyIsText(String text) {
        assertThat(HARMONY.encode(text)).isEqualTo(HARMONY.encodeOrdinary(text));
        assertThat(HARMONY.countTokens(text)).isEqualTo(HARMONY.countTokensOrdinary(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<|<|start|>", "<|start<|start|>", "<|start|><|end|>", "<|><|start|>", "<|x|><|start|>"})
    void aSpecialTokenIsFoundAfterWhatIsNone(String text) {
        assertThatThrownBy(() -> HARMONY.encode(text)).hasMessageContaining("found <|start|> at index");
    }

    @Test
    @Timeout(20)
    void halfSpecialTokensTakeLinearTime() {
        String text = "<|".repeat(500_000) + "|>";
        assertThat(HARMONY.countTokens(text)).isEqualTo(HARMONY.countTokensOrdinary(text));
    }

    // ---- What JTokkit has otherwise -------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(ints = {-1, 201_089, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void idsOfNoTokenAreRefused(int id) {
        for (Encoding encoding : encodings()) {
            assertUnknown(encoding, id);
        }
        assertThatThrownBy(() -> JTOKKIT.decode(tokens(64, id))).isInstanceOf(NullPointerException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {199_998, 200_000, 200_006, 200_017, 200_019, 201_088})
    void idsThatJtokkitDoesNotKnowAreRefusedByTheBaseOnly(int id) {
        assertUnknown(BASE, id);
        assertThatThrownBy(() -> JTOKKIT.decode(tokens(64, id))).isInstanceOf(NullPointerException.class);
        assertThat(HARMONY.decode(tokens(id))).startsWith("<|").endsWith("|>");
    }

    private static void assertUnknown(Encoding encoding, int id) {
        String message = "expected a token of " + encoding.getName() + " but found " + id + " at index 1";
        assertThatThrownBy(() -> encoding.decode(tokens(64, id)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> encoding.decodeBytes(tokens(64, id)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void halfASurrogatePairIsAReplacementCharacter(Encoding encoding) {
        String text = "a\uD83E b";
        assertThat(encoding.decode(encoding.encode(text))).isEqualTo("a\uFFFD b");
        assertThat(encoding.encode(text, 100).getTokens()).isEqualTo(encoding.encode(text));
        assertThat(encoding.encode(text, 100).isTruncated()).isFalse();
        assertThat(encoding.encode(text, 2).getLastProcessedCharacterIndex()).isEqualTo(1);
        assertThat(JTOKKIT.decode(JTOKKIT.encode(text))).isEqualTo("a? b");
        assertThat(JTOKKIT.decode(JTOKKIT.encode(text, 100).getTokens())).isEqualTo("a");
    }

    // ---- Registries -----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt-oss",
                "gpt-oss-20b",
                "gpt-oss-120b",
                "gpt-oss:20b",
                "gpt-oss:120b-cloud",
                "openai/gpt-oss-20b",
                "openai/gpt-oss-120b:free",
                "openai.gpt-oss-120b-1:0",
                "gpt-oss-safeguard-20b",
                "hf.co/unsloth/gpt-oss-20b-GGUF",
            })
    void modelsOfGptOssHaveTheirEncoding(String model) {
        assertThat(HarmonyEncodings.newEncodingRegistry().getEncodingForModel(model))
                .contains(HARMONY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gpt-os", "gpt-ossuary", "my-gpt-oss-20b", "llama-3", "oss"})
    void otherModelsAreAsUnknownAsToJtokkit(String model) {
        assertThat(HarmonyEncodings.newEncodingRegistry().getEncodingForModel(model))
                .isEmpty();
    }

    @Test
    void modelsOfJtokkitHaveTheEncodingsThatJtokkitHas() {
        EncodingRegistry ours = HarmonyEncodings.newEncodingRegistry();
        for (ModelType model : ModelType.values()) {
            Encoding encoding = ours.getEncodingForModel(model);
            assertThat(encoding.getName()).isEqualTo(model.getEncodingType().getName());
            assertThat(ours.getEncodingForModel(model.getName())).contains(encoding);
            assertThat(ours.getEncoding(encoding.getName())).contains(encoding);
            assertThat(encoding == BASE).isEqualTo(model.getEncodingType() == EncodingType.O200K_BASE);
        }
        assertThat(ours.getEncodingForModel("gpt-4o-2024-08-06")).contains(BASE);
        assertThat(ours.getEncoding(EncodingType.O200K_BASE)).isSameAs(BASE);
        assertThat(ours.getEncoding("o200k_harmony")).contains(HARMONY);
        assertThat(ours.getEncoding("o300k")).isEmpty();
    }

    @Test
    void aRegistryTakesOtherEncodings() {
        EncodingRegistry registry = HarmonyEncodings.newEncodingRegistry();
        GptBytePairEncodingParams letters = new GptBytePairEncodingParams(
                "letters", Pattern.compile("[a-z]"), Map.of(new byte[] {'a'}, 0), Map.of());
        assertThat(registry.registerGptBytePairEncoding(letters)).isSameAs(registry);
        assertThat(registry.getEncoding("letters")).isPresent();
        assertThatThrownBy(() -> registry.registerCustomEncoding(HARMONY)).isInstanceOf(IllegalStateException.class);
    }

    /** Which is why there is a registry of our own. */
    @Test
    void jtokkitsRegistryKnowsTheEncodingButNotTheModel() {
        EncodingRegistry registry = Encodings.newLazyEncodingRegistry().registerCustomEncoding(HARMONY);
        assertThat(registry.getEncoding("o200k_harmony")).contains(HARMONY);
        assertThat(registry.getEncodingForModel("gpt-oss-20b")).isEmpty();
    }

    // ---- Threads --------------------------------------------------------------------------------------------------

    @Test
    void severalThreadsGetWhatOneGets() throws Exception {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            texts.add("Text " + i + ": naïve 👩‍🚀 日本語 " + "x".repeat(i) + " word".repeat(i * 20));
        }
        List<String> expected =
                texts.stream().map(HarmonyEncodingsTest::describe).toList();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<String>>> found = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                found.add(threads.submit(
                        () -> texts.stream().map(HarmonyEncodingsTest::describe).toList()));
            }
            for (Future<List<String>> each : found) {
                assertThat(each.get()).isEqualTo(expected);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static String describe(String text) {
        IntArrayList tokens = HARMONY.encode(text);
        tokens.add(200_006);
        return tokens + " " + HARMONY.encode(text, 50) + " " + HARMONY.countTokens(text) + " " + HARMONY.decode(tokens);
    }
}
