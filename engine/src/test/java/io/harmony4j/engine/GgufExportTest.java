package io.harmony4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.engine.synthetic.PublishedShape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A model as a GGUF is the same model. */
class GgufExportTest {
    private static final ModelOptions PLAIN =
            ModelOptions.DEFAULT.withKernels(ModelOptions.KernelChoice.PLAIN).withThreads(2);

    @TempDir
    private Path folder;

    /** The given model of which {@code folder} may have a changed copy. */
    private static final GivenCase GIVEN = GivenCase.read("a_l2_e4_k2");

    @ParameterizedTest
    @MethodSource("io.harmony4j.engine.GivenCase#inLayouts")
    void logitsStayTheSame(String name, String layout) throws IOException {
        GivenCase given = GivenCase.read(name);
        Path file = folder.resolve("out.gguf");
        ModelConfig config;
        try (Model model = Model.load(given.path(layout), PLAIN)) {
            config = model.config();
            AtomicLong written = new AtomicLong();
            GgufExport export = new GgufExport(model, new Letters());
            export.write(file, written::set);
            assertThat(written.get()).isEqualTo(Files.size(file));
            assertThat(export.bytes()).isCloseTo(written.get(), Percentage.withPercentage(5));
        }

        assertThat(Checkpoint.open(file).config()).isEqualTo(config);
        float[][] found = given.logits(file, PLAIN);
        given.assertGiven(found);
        if (!layout.equals("hf_bf16")) { // its experts are stored column by column, whose sums are rounded otherwise
            assertThat(found).isDeepEqualTo(given.logits(layout, PLAIN));
        }
    }

    @Test
    void theVocabularyIsInTheMetadata() throws IOException {
        Path file = folder.resolve("out.gguf");
        try (Model model = Model.load(GIVEN.path("original"), PLAIN)) {
            new GgufExport(model, new Letters()).write(file, bytes -> {});
        }
        Map<String, Object> metadata = GgufFile.read(file).metadata();

        assertThat(metadata)
                .containsEntry("general.name", "original")
                .containsEntry("tokenizer.ggml.model", "gpt2")
                .containsEntry("tokenizer.ggml.pre", "gpt-4o")
                .containsEntry("tokenizer.ggml.bos_token_id", 5L)
                .containsEntry("tokenizer.ggml.eos_token_id", 6L)
                .containsEntry("tokenizer.ggml.padding_token_id", 7L)
                .containsEntry("tokenizer.ggml.add_bos_token", false);
        // a space and bytes of no Latin-1 letter have other characters
        String texts = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        assertThat(texts)
                .containsSubsequence(
                        "tokenizer.ggml.tokens", "a", "b", "Ġ", "Ġa", "Ġab", "<|begin|>", "<|end|>", "<|unused_8|>");
        assertThat(texts).containsSubsequence("tokenizer.ggml.merges", "Ġ a", "Ġa b", "tokenizer.ggml.bos");
    }

    @Test
    void aModelOfTooFewIdsIsRefused() {
        GgufVocabulary large = new Letters() {
            @Override
            public int end() {
                return 256;
            }
        };
        try (Model model = Model.load(GIVEN.path("original"), PLAIN)) {
            assertThatThrownBy(() -> new GgufExport(model, large))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "expected a model of at least 257 token ids, which its vocabulary needs, but found 256");
        }
    }

    @Test
    void aShapeThatAGgufCannotSayIsRefused() throws IOException {
        Path model = folder.resolve("model");
        Files.createDirectories(model);
        Files.copy(GIVEN.path("original").resolve("model.safetensors"), model.resolve("model.safetensors"));
        String config = Files.readString(GIVEN.path("original").resolve("config.json"));
        Files.writeString(
                model.resolve("config.json"), config.replace("\"swiglu_limit\": 7.0", "\"swiglu_limit\": 8.5"));

        try (Model loaded = Model.load(model, PLAIN)) {
            assertThatThrownBy(() -> new GgufExport(loaded, new Letters()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "expected a model with the SwiGLU limit of gpt-oss, for which a GGUF has no key, but found"
                                    + " 8.5 and not 7.0");
        }
        GgufConfig.requireExpressible(PublishedShape.GPT_OSS_120B.config());
    }

    @Test
    void aModelIsNotWrittenOverItself() throws IOException {
        Path file = folder.resolve("model.gguf");
        Files.copy(GIVEN.path("gguf/mxfp4.gguf"), file, StandardCopyOption.REPLACE_EXISTING);
        try (Model model = Model.load(file, PLAIN)) {
            GgufExport export = new GgufExport(model, new Letters());
            assertThatThrownBy(() -> export.write(file, bytes -> {}))
                    .isInstanceOf(IOException.class)
                    .hasMessage("expected another file than " + file + ", which the model is read from");
        }
        assertThat(file).hasSameBinaryContentAs(GIVEN.path("gguf/mxfp4.gguf"));
    }

    /** A vocabulary of five texts and three special tokens. */
    private static class Letters implements GgufVocabulary {
        private static final String[] TOKENS = {"a", "b", " ", " a", " ab", "<|begin|>", "<|end|>", "<|pad|>"};

        @Override
        public int size() {
            return TOKENS.length;
        }

        @Override
        public byte[] bytes(int token) {
            return TOKENS[token].getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public boolean isSpecial(int token) {
            return token > 4;
        }

        @Override
        public int[] lastMerge(int token) {
            return switch (token) {
                case 3 -> new int[] {2, 0};
                case 4 -> new int[] {3, 1};
                default -> new int[0];
            };
        }

        @Override
        public int begin() {
            return 5;
        }

        @Override
        public int end() {
            return 6;
        }

        @Override
        public int padding() {
            return 7;
        }
    }
}
