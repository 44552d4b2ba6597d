package io.harmony4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.LogitsProcessor;
import io.harmony4j.generation.PromptTooLongException;
import io.harmony4j.generation.Sampling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratorTest {
    private static final GivenCase GIVEN = GivenCase.read("a_l2_e4_k2");
    private static final Model MODEL =
            Model.load(GIVEN.path("hf"), ModelOptions.DEFAULT.withThreads(2).withBatch(5));
    private static final GenerationOptions GREEDY =
            GenerationOptions.DEFAULT.withSampling(Sampling.GREEDY).withMaxTokens(20);

    @AfterAll
    static void close() {
        MODEL.close();
    }

    @Test
    void generatesWhatTheModelSaysTokenByToken() {
        List<GeneratedToken> heard = new ArrayList<>();
        Generation generation = new Generator(MODEL).generate(GIVEN.tokens(), GREEDY, heard::add);

        int[] all = GIVEN.tokens();
        for (int token : generation.tokens()) {
            float[] logits = MODEL.append(MODEL.newSequence(), all);
            assertThat(token).isEqualTo(Sampler.argMax(logits));
            all = Arrays.copyOf(all, all.length + 1);
            all[all.length - 1] = token;
        }
        assertThat(generation.tokens()).hasSize(20);
        assertThat(generation.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(heard).extracting(GeneratedToken::id).containsExactly(boxed(generation.tokens()));
        assertThat(heard).extracting(GeneratedToken::position).startsWith(24, 25);
    }

    @Test
    void stopsAfterAStopToken() {
        int[] tokens = new Generator(MODEL)
                .generate(GIVEN.tokens(), GREEDY, token -> {})
                .tokens();
        int stop = tokens[4];
        int first = boxedList(tokens).indexOf(stop);
        Generation generation =
                new Generator(MODEL).generate(GIVEN.tokens(), GREEDY.withStopTokens(Set.of(stop)), token -> {});
        assertThat(generation.tokens()).isEqualTo(Arrays.copyOf(tokens, first + 1));
        assertThat(generation.finishReason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void aConversationThatGrowsPaysOnlyForNewTokens() {
        Generator generator = new Generator(MODEL);
        int[] first = generator.generate(GIVEN.tokens(), GREEDY, token -> {}).tokens();
        int[] longer = concatenate(concatenate(GIVEN.tokens(), first), new int[] {1, 2, 3});

        Generation again = generator.generate(longer, GREEDY, token -> {});
        assertThat(again.cachedTokens()).isEqualTo(GIVEN.tokens().length + first.length - 1);
        assertThat(again.tokens())
                .isEqualTo(new Generator(MODEL)
                        .generate(longer, GREEDY, token -> {})
                        .tokens());

        // What was generated is left out of the next prompt, as old analysis is.
        int[] without = concatenate(GIVEN.tokens(), new int[] {7, 8});
        Generation third = generator.generate(without, GREEDY, token -> {});
        assertThat(third.cachedTokens()).isEqualTo(GIVEN.tokens().length);
        assertThat(third.tokens())
                .isEqualTo(new Generator(MODEL)
                        .generate(without, GREEDY, token -> {})
                        .tokens());

        Generation same = generator.generate(without, GREEDY, token -> {});
        assertThat(same.tokens()).isEqualTo(third.tokens());
    }

    @Test
    void theSameSeedGivesTheSameTokens() {
        GenerationOptions drawn = GREEDY.withSampling(Sampling.DEFAULT.withSeed(5));
        int[] once = new Generator(MODEL)
                .generate(GIVEN.tokens(), drawn, token -> {})
                .tokens();
        int[] again = new Generator(MODEL)
                .generate(GIVEN.tokens(), drawn, token -> {})
                .tokens();
        int[] other = new Generator(MODEL)
                .generate(GIVEN.tokens(), drawn.withSampling(Sampling.DEFAULT.withSeed(6)), token -> {})
                .tokens();
        assertThat(again).isEqualTo(once).isNotEqualTo(other);
    }

    @Test
    void canBeCancelledAtAnyTime() {
        List<GeneratedToken> heard = new ArrayList<>();
        Generation cut = new Generator(MODEL)
                .generate(GIVEN.tokens(), GREEDY.withCancelled(() -> heard.size() == 3), heard::add);
        assertThat(cut.tokens()).hasSize(3);
        assertThat(cut.finishReason()).isEqualTo(FinishReason.CANCELLED);

        Generation nothing =
                new Generator(MODEL).generate(GIVEN.tokens(), GREEDY.withCancelled(() -> true), heard::add);
        assertThat(nothing.tokens()).isEmpty();
        assertThat(nothing.finishReason()).isEqualTo(FinishReason.CANCELLED);
    }

    /** Allows even ids alone, and as the fourth token nothing but 101. */
    private static final class Choosy implements LogitsProcessor {
        private final List<Integer> accepted = new ArrayList<>();

        @Override
        public void process(float[] logits) {
            for (int id = 1; id < logits.length; id += 2) {
                logits[id] = Float.NEGATIVE_INFINITY;
            }
            if (accepted.size() == 3) {
                Arrays.fill(logits, Float.NEGATIVE_INFINITY);
                logits[101] = 0;
            }
        }

        @Override
        public void accept(int token) {
            accepted.add(token);
        }
    }

    @Test
    void aProcessorDecidesWhatMayCome() {
        int[] tokens = new Generator(MODEL)
                .generate(GIVEN.tokens(), GREEDY.withLogitsProcessor(Choosy::new), token -> {})
                .tokens();
        assertThat(tokens[3]).isEqualTo(101);
        tokens[3] = 0;
        assertThat(boxedList(tokens)).allMatch(id -> id % 2 == 0);
    }

    @Test
    void eachGenerationHasAProcessorOfItsOwnThatSeesEachToken() {
        List<Choosy> made = new ArrayList<>();
        GenerationOptions options = GREEDY.withLogitsProcessor(() -> {
            made.add(new Choosy());
            return made.get(made.size() - 1);
        });
        Generator generator = new Generator(MODEL);

        Generation first = generator.generate(GIVEN.tokens(), options, token -> {});
        assertThat(made).hasSize(1);
        assertThat(made.get(0).accepted).containsExactly(boxed(first.tokens()));

        Generation second = generator.generate(GIVEN.tokens(), options, token -> {});
        assertThat(made).hasSize(2);
        assertThat(second.tokens()).isEqualTo(first.tokens());
        assertThat(made.get(1).accepted).containsExactly(boxed(second.tokens()));
        assertThat(made.get(0).accepted).hasSize(first.tokens().length);
    }

    /** The stop token, and the token at which the limit is reached, are drawn as all others are. */
    @Test
    void aProcessorIsAskedBeforeEachDrawAndToldAfterIt() {
        List<String> calls = new ArrayList<>();
        LogitsProcessor listening = new LogitsProcessor() {
            @Override
            public void process(float[] logits) {
                calls.add("process");
            }

            @Override
            public void accept(int token) {
                calls.add("accept " + token);
            }
        };
        GenerationOptions options = GREEDY.withMaxTokens(3).withLogitsProcessor(() -> listening);
        int[] tokens = new Generator(MODEL)
                .generate(GIVEN.tokens(), options, token -> calls.add("heard " + token.id()))
                .tokens();
        List<String> expected = new ArrayList<>();
        for (int token : tokens) {
            expected.addAll(List.of("process", "accept " + token, "heard " + token));
        }
        assertThat(calls).isEqualTo(expected).hasSize(9);
    }

    @Test
    void logProbabilitiesComeWithTheirAlternatives() {
        List<GeneratedToken> heard = new ArrayList<>();
        new Generator(MODEL).generate(GIVEN.tokens(), GREEDY.withLogProbabilities(3), heard::add);
        assertThat(heard).allSatisfy(token -> {
            assertThat(token.alternatives()).hasSize(3);
            assertThat(token.alternatives().get(0).id()).isEqualTo(token.id());
            assertThat(token.alternatives().get(0).logProbability())
                    .isEqualTo(token.logProbability().getAsDouble());
        });
    }

    /** One number of the weights is enough: row 17 of the last matrix, or the last norm. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unembedding.weight | 17 | 7FC0 | NaN for token 17",
                "norm.scale | 0 | 7FC0 | NaN for token 0",
                "norm.scale | 0 | 7F80 | Infinity for token",
            })
    void logitsThatAreNoNumbersEndAGenerationAndSayWhere(
            String tensor, int row, String bits, String found, @TempDir Path folder) throws IOException {
        DamagedCheckpoint.copy(GIVEN, folder, tensor, row, Integer.parseInt(bits, 16));
        try (Model model = Model.load(folder)) {
            List<GeneratedToken> heard = new ArrayList<>();
            assertThatThrownBy(() -> new Generator(model).generate(GIVEN.tokens(), GREEDY, heard::add))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageStartingWith(folder + ": expected numbers as the logits at position 24 but found ")
                    .hasMessageContaining(found);
            assertThat(heard).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NEGATIVE_INFINITY, Float.NaN})
    void aProcessorThatLeavesNoTokenEndsAGenerationAndSaysWhere(float logit) {
        List<GeneratedToken> heard = new ArrayList<>();
        LogitsProcessor none = logits -> {
            if (heard.size() == 2) {
                Arrays.fill(logits, logit);
            }
        };
        assertThatThrownBy(() -> new Generator(MODEL)
                        .generate(GIVEN.tokens(), GREEDY.withLogitsProcessor(() -> none), heard::add))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a logits processor that leaves a token to draw at position 26 but found " + logit
                        + " for all tokens");
        assertThat(heard).hasSize(2);
    }

    @Test
    void refusesAPromptThatIsLongerThanTheContextBeforeItReadsIt() {
        int context = MODEL.config().contextLength();
        Generator generator = new Generator(MODEL);

        assertThatThrownBy(() -> generator.generate(new int[context + 1], GREEDY, token -> {}))
                .isInstanceOfSatisfying(
                        PromptTooLongException.class,
                        e -> assertThat(e.promptTokens() - e.contextLength()).isEqualTo(1))
                .hasMessage("expected a prompt of at most " + context + " tokens, the model's context, but found "
                        + (context + 1) + "; leave out old messages, or shorten what tools answer");
        assertThat(generator.generate(GIVEN.tokens(), GREEDY, token -> {}).cachedTokens())
                .isZero();
    }

    @Test
    void refusesAnEmptyPrompt() {
        assertThatThrownBy(() -> new Generator(MODEL).generate(new int[0], GREEDY, token -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected at least one token but found none");
    }

    private static int[] concatenate(int[] first, int[] second) {
        int[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static Integer[] boxed(int[] tokens) {
        return Arrays.stream(tokens).boxed().toArray(Integer[]::new);
    }

    private static List<Integer> boxedList(int[] tokens) {
        return Arrays.stream(tokens).boxed().toList();
    }
}
