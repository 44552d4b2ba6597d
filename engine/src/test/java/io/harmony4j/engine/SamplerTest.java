package io.harmony4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Sampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SamplerTest {

    @Test
    void greedyTakesTheMostLikelyAndOfEqualOnesTheFirst() {
        assertThat(new Sampler(Sampling.GREEDY).sample(new float[] {1, 3, 3, 2}, 7))
                .isEqualTo(1);
        assertThat(new Sampler(Sampling.GREEDY).sample(new float[] {Float.NaN, -1, Float.NEGATIVE_INFINITY}, 7))
                .isEqualTo(1);
    }

    /** Pinned: the same seed must give the same tokens in every version. */
    @Test
    void drawsAreAsTheyAlwaysWere() {
        float[] logits = new float[50];
        for (int id = 0; id < logits.length; id++) {
            logits[id] = (float) Math.sin(id) * 3;
        }
        int[] drawn = new int[12];
        for (int position = 0; position < drawn.length; position++) {
            drawn[position] = new Sampler(Sampling.DEFAULT.withSeed(42)).sample(logits, position);
        }
        assertThat(drawn).containsExactly(1, 33, 26, 27, 1, 8, 8, 19, 15, 2, 8, 45);
    }

    @Property
    void drawsAsThePlainDefinition(
            @ForAll @Size(min = 1, max = 40) List<@FloatRange(min = -30, max = 30) Float> values,
            @ForAll @DoubleRange(min = 0.05, max = 5) double temperature,
            @ForAll @DoubleRange(min = 0.01, max = 1) double topP,
            @ForAll @IntRange(max = 45) int topK,
            @ForAll @DoubleRange(max = 1) double minP,
            @ForAll int seed) {
        float[] logits = new float[values.size()];
        for (int id = 0; id < logits.length; id++) {
            logits[id] = values.get(id);
        }
        Sampling sampling = Sampling.DEFAULT
                .withTemperature(temperature)
                .withTopP(topP)
                .withTopK(topK)
                .withMinP(minP)
                .withSeed(seed);
        int expected = plain(sampling, logits, 3);
        assertThat(new Sampler(sampling).sample(logits, 3)).isEqualTo(expected);
        assertThat(new QuickSampler(sampling).sample(Logits.of(logits), 3)).isEqualTo(expected);
    }

    @Property
    void drawsTheSameWithoutLookingAtUnknownTokens(
            @ForAll @Size(min = 1, max = 20) List<@FloatRange(min = -8, max = 8) Float> values,
            @ForAll @Size(20) List<@IntRange(max = 3) Integer> gaps,
            @ForAll @DoubleRange(min = 0.05, max = 5) double temperature,
            @ForAll @DoubleRange(min = 0.01, max = 1) double topP,
            @ForAll @IntRange(max = 25) int topK,
            @ForAll boolean cuts,
            @ForAll int seed) {
        float[] known = new float[values.size()];
        int[] tokens = new int[known.length];
        int next = 0;
        for (int i = 0; i < known.length; i++) {
            known[i] = values.get(i);
            next += gaps.get(i);
            tokens[i] = next++;
        }
        Logits logits = new Logits(known, tokens, next + 1);
        Sampling sampling = Sampling.DEFAULT.withTemperature(temperature).withSeed(seed);
        if (cuts) {
            sampling = sampling.withTopP(topP).withTopK(topK);
        }
        assertThat(new QuickSampler(sampling).sample(logits, 3)).isEqualTo(plain(sampling, logits.toArray(), 3));
    }

    /** As large as a vocabulary's part that needs several blocks; from probabilities that are nearly equal to some that are too small to count. */
    @Test
    void drawsOfManyTokensAreThoseOfTheDefinition() {
        Random random = new Random(1);
        int[] tokens = random.ints(0, 60_000).distinct().limit(3000).sorted().toArray();
        for (float spread : new float[] {0.1f, 3, 10, 30}) {
            float[] known = new float[tokens.length];
            for (int i = 0; i < known.length; i++) {
                known[i] = spread * (float) random.nextGaussian();
            }
            Logits logits = new Logits(known, tokens, 60_000);
            float[] all = logits.toArray();
            for (Sampling sampling : List.of(
                    Sampling.DEFAULT,
                    Sampling.DEFAULT.withTopP(0.9),
                    Sampling.DEFAULT.withTopK(40).withMinP(0.01),
                    Sampling.DEFAULT.withTopK(40).withTopP(0.6).withTemperature(3))) {
                for (int position = 0; position < 60; position++) {
                    int expected = new Sampler(sampling).sample(all, position);
                    assertThat(new QuickSampler(sampling).sample(logits, position))
                            .isEqualTo(expected);
                    assertThat(new QuickSampler(sampling).sample(Logits.of(all), position))
                            .isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void theHighestIsFoundWhereverItIs() {
        float[] logits = new float[30_000];
        for (int best : new int[] {0, 1, 255, 256, 8191, 8192, 8193, 29_999}) {
            Arrays.fill(logits, -1);
            logits[best] = 2;
            logits[29_999] = 2;
            assertThat(Sampler.argMax(logits)).isEqualTo(best);
            logits[20_000] = Float.NaN;
            assertThat(Sampler.argMax(logits)).isEqualTo(best);
        }
        Arrays.fill(logits, Float.NEGATIVE_INFINITY);
        assertThat(Sampler.argMax(logits)).isZero();
    }

    /** What {@link Sampling} says, step by step. */
    private static int plain(Sampling sampling, float[] logits, int position) {
        List<Integer> ids = new ArrayList<>();
        double max = Double.NEGATIVE_INFINITY;
        for (int id = 0; id < logits.length; id++) {
            ids.add(id);
            max = Math.max(max, logits[id]);
        }
        double[] p = new double[logits.length];
        for (int id = 0; id < logits.length; id++) {
            p[id] = StrictMath.exp((logits[id] - max) / sampling.temperature());
        }
        ids.sort(Comparator.comparing((Integer id) -> -(logits[id] + 0f))); // -0 and 0 are equal
        if (sampling.topK() > 0) {
            ids = ids.subList(0, Math.min(ids.size(), sampling.topK()));
        }
        if (sampling.topP() < 1) {
            double all = 0;
            for (int id : sampling.topK() > 0 && sampling.topK() <= logits.length ? ids : allIds(logits.length)) {
                all += p[id];
            }
            int keep = 0;
            for (double sum = 0; keep < ids.size() && sum < sampling.topP() * all; keep++) {
                sum += p[ids.get(keep)];
            }
            ids = ids.subList(0, Math.max(1, keep));
        }
        List<Integer> kept = new ArrayList<>();
        for (int id : ids) {
            if (p[id] >= sampling.minP() || kept.isEmpty()) {
                kept.add(id);
            }
        }
        kept.sort(Comparator.naturalOrder());
        double rest = SquaresGenerator.uniform(sampling.seed(), position)
                * kept.stream().mapToDouble(id -> p[id]).sum();
        for (int id : kept) {
            rest -= p[id];
            if (rest < 0) {
                return id;
            }
        }
        throw new AssertionError("nothing drawn");
    }

    private static List<Integer> allIds(int count) {
        List<Integer> ids = new ArrayList<>();
        for (int id = 0; id < count; id++) {
            ids.add(id);
        }
        return ids;
    }

    @Test
    void drawsAsOftenAsLikely() {
        float[] logits = {0, (float) Math.log(2), (float) Math.log(5), Float.NEGATIVE_INFINITY};
        int[] counts = new int[4];
        for (int position = 0; position < 80_000; position++) {
            counts[new Sampler(Sampling.DEFAULT.withSeed(1)).sample(logits, position)]++;
        }
        assertThat(counts[0] / 80_000.0).isEqualTo(1 / 8.0, within(0.01));
        assertThat(counts[1] / 80_000.0).isEqualTo(2 / 8.0, within(0.01));
        assertThat(counts[2] / 80_000.0).isEqualTo(5 / 8.0, within(0.01));
        assertThat(counts[3]).isZero();
    }

    /** Computed apart from the paper's code, with integers of any size. */
    @Test
    void randomNumbersAreThoseOfTheSquaresGenerator() {
        assertThat(SquaresGenerator.uniform(0, 0) * 0x1p32).isEqualTo(488650043L);
        assertThat(SquaresGenerator.uniform(0, 1) * 0x1p32).isEqualTo(524692666L);
        assertThat(SquaresGenerator.uniform(42, 7) * 0x1p32).isEqualTo(1624314013L);
        assertThat(SquaresGenerator.uniform(-1, 100_000) * 0x1p32).isEqualTo(2756425709L);
    }

    @Test
    void neighbouringSeedsAndPositionsAreIndependent() {
        double sum = 0;
        for (int i = 0; i < 10_000; i++) {
            sum += (SquaresGenerator.uniform(i, 5) - 0.5) * (SquaresGenerator.uniform(i + 1, 5) - 0.5);
            sum += (SquaresGenerator.uniform(9, i) - 0.5) * (SquaresGenerator.uniform(9, i + 1) - 0.5);
        }
        assertThat(sum / 20_000).isEqualTo(0, within(0.003));
    }

    @Test
    void logProbabilitiesAreThoseOfTheSoftmax() {
        float[] logits = {(float) Math.log(1), (float) Math.log(3), (float) Math.log(4)};
        LogProbabilities probabilities = new LogProbabilities(logits);
        assertThat(probabilities.of(1)).isEqualTo(Math.log(3 / 8.0), within(1e-6));
        assertThat(probabilities.top(2))
                .extracting(GeneratedToken.Alternative::id)
                .containsExactly(2, 1);
        assertThat(probabilities.top(9))
                .extracting(GeneratedToken.Alternative::id)
                .containsExactly(2, 1, 0);
        assertThat(probabilities.top(0)).isEmpty();
    }

    @Test
    void refusesValuesOutOfRange() {
        assertThatThrownBy(() -> Sampling.DEFAULT.withTemperature(-1))
                .hasMessage("expected a temperature from 0 to 1000 but found -1.0");
        assertThatThrownBy(() -> Sampling.DEFAULT.withTopP(0))
                .hasMessage("expected top-p above 0 and up to 1 but found 0.0");
        assertThatThrownBy(() -> Sampling.DEFAULT.withTopK(-1)).hasMessage("expected top-k of at least 0 but found -1");
        assertThatThrownBy(() -> Sampling.DEFAULT.withMinP(Double.NaN))
                .hasMessage("expected min-p from 0 to 1 but found NaN");
        assertThat(Arrays.asList(Sampling.GREEDY, Sampling.DEFAULT)).doesNotHaveDuplicates();
    }
}
