package io.harmony4j.engine;

import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.LogitsProcessor;
import io.harmony4j.generation.PromptTooLongException;
import io.harmony4j.generation.TokenGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Generates the tokens that follow a prompt.
 *
 * <pre>{@code
 * try (Model model = Model.load(Path.of("gpt-oss-20b"))) {
 *     Generator generator = new Generator(model);
 *     GenerationOptions options = GenerationOptions.DEFAULT.withStopTokens(SpecialToken.stopIds());
 *     int[] prompt = renderer.renderForCompletion(conversation, Role.ASSISTANT);
 *     StreamParser parser = new StreamParser(tokenizer, parseOptions, event -> System.out.println(event));
 *     Generation generation = generator.generate(prompt, options, token -> parser.accept(token.id()));
 *     parser.finish();
 *     System.out.println(generation.finishReason() + ", " + generation.decodeTokensPerSecond() + " tokens a second");
 * }
 * }</pre>
 *
 * <p>A generator is for one conversation: it keeps what it has read, and of the next prompt it reads only what comes after the part that
 * both have in common. Not safe for use by several threads at once.
 *
 * <p>Several generators of the same model can generate together with {@link #generateAll}: each pass then reads the weights once for all of
 * them.
 */
public final class Generator implements TokenGenerator {
    private final Model model;
    private final Sequence sequence;

    /** Makes a generator that has read nothing. */
    public Generator(Model model) {
        this.model = Objects.requireNonNull(model, "model");
        this.sequence = model.newSequence();
    }

    /**
     * {@inheritDoc}
     *
     * @throws CheckpointException if the model gives logits that are no numbers; the message has the position of the token that should
     *     have come
     * @throws PromptTooLongException if the prompt is longer than the model's context
     * @throws IllegalArgumentException if the prompt is empty, or has a token that is not in the vocabulary, or if a logits processor
     *     leaves no token to draw
     */
    @Override
    public Generation generate(int[] prompt, GenerationOptions options, Consumer<GeneratedToken> tokens) {
        return generateAll(List.of(new Request(this, prompt, options, tokens))).get(0);
    }

    /**
     * What one generator is to do while others generate too.
     *
     * @param generator a generator of the same model as the others; each may come once
     * @param prompt as for {@link Generator#generate}
     * @param options as for {@link Generator#generate}
     * @param tokens as for {@link Generator#generate}
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by identity
    public record Request(
            Generator generator, int[] prompt, GenerationOptions options, Consumer<GeneratedToken> tokens) {

        /** Copies the prompt. */
        public Request {
            Objects.requireNonNull(generator, "generator");
            Objects.requireNonNull(prompt, "prompt");
            Objects.requireNonNull(options, "options");
            Objects.requireNonNull(tokens, "tokens");
            prompt = prompt.clone();
        }
    }

    /**
     * Generates for several prompts at once, a token for each in turn. Each result is what the request alone would give, up to rounding.
     *
     * @return what was generated, in the order of the requests
     * @throws IllegalArgumentException as {@link #generate}, or if the generators are of different models or one comes twice
     */
    public static List<Generation> generateAll(List<Request> requests) {
        Require.nonNullElements(requests, "requests");
        if (requests.stream().map(Request::generator).distinct().count() != requests.size()) {
            throw new IllegalArgumentException("expected different generators but one comes twice");
        }
        List<Run> runs = new ArrayList<>();
        for (Request request : requests) {
            if (request.generator.model != requests.get(0).generator.model) {
                throw new IllegalArgumentException("expected generators of the same model but found different ones");
            }
            runs.add(new Run(request));
        }
        for (Run run : runs) {
            run.prefill();
        }
        List<Run> active = new ArrayList<>(runs);
        active.removeIf(Run::isFinished);
        while (!active.isEmpty()) {
            Model model = active.get(0).request.generator.model;
            List<Sequence> sequences =
                    active.stream().map(run -> run.request.generator.sequence).toList();
            float[][] logits = model.step(
                    sequences, active.stream().mapToInt(run -> run.last).toArray());
            for (int i = 0; i < logits.length; i++) {
                active.get(i).next(logits[i]);
            }
            active.removeIf(Run::isFinished);
        }
        return runs.stream().map(Run::result).toList();
    }

    /** A request that is being worked on. */
    private static final class Run {
        private final Request request;
        private final Sampler sampler;
        private final LogitsProcessor processor;
        private final long start = System.nanoTime();
        private int[] generated = new int[64];
        private int count;
        private int cached;
        private int last; // generated, but not yet read by the model
        private long prefilled = start;
        private long end = start;
        private @Nullable FinishReason finishReason; // null while there is more to do

        Run(Request request) {
            this.request = request;
            this.sampler = new Sampler(request.options.sampling());
            this.processor = request.options.newLogitsProcessor();
        }

        void prefill() {
            Sequence sequence = request.generator.sequence;
            Model model = request.generator.model;
            int[] prompt = request.prompt;
            if (prompt.length > model.config().contextLength()) {
                throw new PromptTooLongException(prompt.length, model.config().contextLength());
            }
            // The last token is read again even if it has been read before: its logits were not kept.
            cached = sequence.truncate(Math.min(sequence.commonPrefix(prompt), Math.max(0, prompt.length - 1)));
            float[][] logits = new float[1][];
            for (int from = cached; from < prompt.length || from == 0; from += model.batch()) {
                if (request.options.isCancelled()) {
                    finish(FinishReason.CANCELLED);
                    return;
                }
                int to = Math.min(prompt.length, from + model.batch());
                int wanted = to == prompt.length ? 1 : 0;
                model.append(
                        sequence,
                        Arrays.copyOfRange(prompt, from, to),
                        wanted,
                        (index, row) -> logits[0] = row.clone());
            }
            sequence.mark();
            prefilled = System.nanoTime();
            next(logits[0]);
        }

        /** Draws the next token. */
        void next(float[] logits) {
            GenerationOptions options = request.options;
            int position = request.prompt.length + count;
            requireNumbers(logits, position);
            processor.process(logits);
            requireChoice(logits, position);
            last = sampler.sample(logits, position);
            if (count == generated.length) {
                generated = Arrays.copyOf(generated, 2 * count);
            }
            generated[count++] = last;
            processor.accept(last);
            request.tokens.accept(token(logits, position));
            end = System.nanoTime();
            if (options.stopTokens().contains(last)) {
                finish(FinishReason.STOP);
            } else if (count == options.maxTokens()
                    || position + 1 >= request.generator.model.config().contextLength()) {
                finish(FinishReason.LENGTH);
            } else if (options.isCancelled()) {
                finish(FinishReason.CANCELLED);
            }
        }

        /** Refuses a model whose logits are no numbers: what would be drawn from them looks like an answer. */
        private void requireNumbers(float[] logits, int position) {
            float most = Float.NEGATIVE_INFINITY;
            for (int id = 0; id < logits.length; id++) {
                if (!(logits[id] < Float.POSITIVE_INFINITY)) {
                    throw noNumbers(logits[id] + " for token " + id, position);
                }
                most = Math.max(most, logits[id]);
            }
            if (most == Float.NEGATIVE_INFINITY) {
                throw noNumbers("-Infinity for all tokens", position);
            }
        }

        private CheckpointException noNumbers(String found, int position) {
            return new CheckpointException(
                    request.generator.model.path(),
                    "expected numbers as the logits at position " + position + " but found " + found
                            + "; the model's weights are damaged, or too large for 32 bits");
        }

        /** Refuses what a processor made of the logits if no token can be drawn from it. */
        private static void requireChoice(float[] logits, int position) {
            float best = logits[Sampler.argMax(logits)];
            if (!(best > Float.NEGATIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "expected a logits processor that leaves a token to draw at position " + position
                                + " but found " + best + " for all tokens");
            }
        }

        private GeneratedToken token(float[] logits, int position) {
            GeneratedToken token = GeneratedToken.of(last, position);
            if (request.options.logProbabilities().isEmpty()) {
                return token;
            }
            LogProbabilities probabilities = new LogProbabilities(logits);
            int alternatives = request.options.logProbabilities().getAsInt();
            return token.withLogProbability(probabilities.of(last), probabilities.top(alternatives));
        }

        private void finish(FinishReason reason) {
            finishReason = reason;
            end = System.nanoTime();
        }

        boolean isFinished() {
            return finishReason != null;
        }

        Generation result() {
            return Generation.of(
                            Arrays.copyOf(generated, count),
                            Objects.requireNonNull(finishReason),
                            request.prompt.length)
                    .withCachedTokens(cached)
                    .withTimes(Duration.ofNanos(prefilled - start), Duration.ofNanos(end - prefilled));
        }
    }
}
