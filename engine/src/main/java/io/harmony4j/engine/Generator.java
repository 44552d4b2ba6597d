package io.harmony4j.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Generates the tokens that follow a prompt. A generator is for one conversation: what it has read stays, and the next prompt costs only
 * the tokens behind the part that it shares with what was read before. Not for several threads at once.
 *
 * <p>Several generators of the same model can generate together, {@link #generateAll}: each pass then reads the weights once for all.
 */
public final class Generator {
    private final Model model;
    private final Sequence sequence;

    /** Makes a generator that has read nothing. */
    public Generator(Model model) {
        this.model = Objects.requireNonNull(model, "model");
        this.sequence = model.newSequence();
    }

    /**
     * Generates until a stop token, a limit or cancellation.
     *
     * @param prompt at least one token
     * @param listener gets each token as soon as it is drawn
     * @throws IllegalArgumentException if the prompt is empty, longer than the context, or has a token that is not in the vocabulary
     */
    public Generation generate(int[] prompt, GenerationOptions options, Consumer<GeneratedToken> listener) {
        return generateAll(List.of(new Request(this, prompt, options, listener)))
                .get(0);
    }

    /**
     * What a generator is to do together with others.
     *
     * @param generator a generator, of the same model as the others, and none twice
     * @param prompt as {@link Generator#generate}
     * @param options as {@link Generator#generate}
     * @param listener as {@link Generator#generate}
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by identity
    public record Request(
            Generator generator, int[] prompt, GenerationOptions options, Consumer<GeneratedToken> listener) {

        /** Copies the prompt. */
        public Request {
            Objects.requireNonNull(generator, "generator");
            Objects.requireNonNull(options, "options");
            Objects.requireNonNull(listener, "listener");
            prompt = prompt.clone();
        }
    }

    /**
     * Generates for several prompts at once, a token for each in turn; the result of each is the same as alone, up to rounding.
     *
     * @return what was generated, in the order of the requests
     */
    public static List<Generation> generateAll(List<Request> requests) {
        List<Run> runs = new ArrayList<>();
        for (Request request : requests) {
            if (request.generator.model != requests.get(0).generator.model) {
                throw new IllegalArgumentException("expected generators of the same model but found different ones");
            }
            runs.add(new Run(request));
        }
        for (Run run : runs) {
            run.readPrompt();
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

    /** One request on its way. */
    private static final class Run {
        private final Request request;
        private final Sampler sampler;
        private final long start = System.nanoTime();
        private int[] generated = new int[64];
        private int count;
        private int reused;
        private int last; // generated, but not yet read by the model
        private long promptRead = start;
        private long end = start;
        private Generation.@Nullable FinishReason finishReason; // null while there is more to do

        Run(Request request) {
            this.request = request;
            this.sampler = new Sampler(request.options.sampling());
        }

        void readPrompt() {
            Sequence sequence = request.generator.sequence;
            Model model = request.generator.model;
            int[] prompt = request.prompt;
            // The last token is read again even if it is there: its logits are not.
            reused = sequence.truncate(Math.min(sequence.commonPrefix(prompt), Math.max(0, prompt.length - 1)));
            float[][] logits = new float[1][];
            for (int from = reused; from < prompt.length || from == 0; from += model.batch()) {
                if (request.options.cancelled().getAsBoolean()) {
                    finish(Generation.FinishReason.CANCELLED);
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
            promptRead = System.nanoTime();
            next(logits[0]);
        }

        /** Draws the next token. */
        void next(float[] logits) {
            GenerationOptions options = request.options;
            options.hook().apply(Arrays.copyOf(generated, count), logits);
            int position = request.prompt.length + count;
            last = sampler.sample(logits, position);
            if (count == generated.length) {
                generated = Arrays.copyOf(generated, 2 * count);
            }
            generated[count++] = last;
            request.listener.accept(token(logits, position));
            end = System.nanoTime();
            if (options.stopTokens().contains(last)) {
                finish(Generation.FinishReason.STOP);
            } else if (count == options.maxTokens()
                    || position + 1 >= request.generator.model.config().contextLength()) {
                finish(Generation.FinishReason.LENGTH);
            } else if (options.cancelled().getAsBoolean()) {
                finish(Generation.FinishReason.CANCELLED);
            }
        }

        private GeneratedToken token(float[] logits, int position) {
            if (request.options.logProbabilities().isEmpty()) {
                return new GeneratedToken(last, position, OptionalDouble.empty(), List.of());
            }
            LogProbabilities probabilities = new LogProbabilities(logits);
            return new GeneratedToken(
                    last,
                    position,
                    OptionalDouble.of(probabilities.of(last)),
                    probabilities.top(request.options.logProbabilities().getAsInt()));
        }

        private void finish(Generation.FinishReason reason) {
            finishReason = reason;
            end = System.nanoTime();
        }

        boolean isFinished() {
            return finishReason != null;
        }

        Generation result() {
            return new Generation(
                    Arrays.copyOf(generated, count),
                    Objects.requireNonNull(finishReason),
                    request.prompt.length,
                    reused,
                    Duration.ofNanos(promptRead - start),
                    Duration.ofNanos(end - promptRead));
        }
    }
}
