package io.harmony4j.training;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.SpecialToken;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.MessageSpan;
import io.harmony4j.renderer.TrainingRenderer;
import io.harmony4j.renderer.TrainingSample;
import io.harmony4j.tokenizer.TokenBuffer;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Conversations to training samples that fit.
 *
 * <pre>{@code
 * RowImporter importer = new RowImporter(ImportOptions.of(LocalDate.of(2026, 1, 1)));
 * SampleBuilder builder = new SampleBuilder(Tokenizer.o200kHarmony(), SampleOptions.DEFAULT.withMaxLength(8192));
 * for (TrainingSample sample : builder.build(importer.read(Json.parse(line))).samples()) {
 *     train(sample.tokens(), sample.labels());
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class SampleBuilder {
    /** The most tokens that the turns of one row, each with all before it, may come to. */
    private static final long MAX_TOKENS = 1L << 24;

    private final Tokenizer tokenizer;
    private final SampleOptions options;
    private final TrainingRenderer training;
    private final HarmonyRenderer renderer;
    private final @Nullable TrainerRenderer trainer;

    /**
     * Creates a builder.
     *
     * @throws IllegalArgumentException if the tokenizer lacks the special tokens of Harmony
     */
    public SampleBuilder(Tokenizer tokenizer, SampleOptions options) {
        this.tokenizer = requireNonNull(tokenizer, "tokenizer");
        this.options = requireNonNull(options, "options");
        this.training = new TrainingRenderer(tokenizer, options.rendering(), options.mask())
                .withForcedPolicy(options.forcesPolicy());
        this.renderer = new HarmonyRenderer(tokenizer, options.rendering());
        this.trainer = options.trainer()
                .map(other -> new TrainerRenderer(tokenizer, other, options.trainersDate()))
                .orElse(null);
    }

    /**
     * Returns the samples of a row.
     *
     * @throws RowException if it cannot be rendered, or the policy leaves out thoughts of messages that are to be learnt and is not forced
     */
    public RowSamples build(ImportedRow row) {
        requireNonNull(row, "row");
        if (trainer != null) {
            Collector samples = new Collector(List.of());
            samples.add(trainer.sample(row));
            return samples.finish();
        }
        return row.text().map(this::buildText).orElseGet(() -> build(row.conversation(), row.weights()));
    }

    /**
     * Returns the samples of a conversation.
     *
     * @param weights the weights of messages by their index, from 0; 1 where there is none
     * @throws RowException as {@link #build(ImportedRow)}
     */
    public RowSamples build(Conversation conversation, Map<Integer, Double> weights) {
        requireNonNull(conversation, "conversation");
        requireNonNull(weights, "weights");
        Collector samples = new Collector(conversation.messages());
        try {
            samples.render(conversation, index -> weights.getOrDefault(index, 1.0));
        } catch (IllegalArgumentException e) {
            throw new RowException("", String.valueOf(e.getMessage()));
        }
        return samples.finish();
    }

    /** Returns the samples of a text that is no conversation: its tokens, and the one that ends a text. */
    public RowSamples buildText(String text) {
        TokenBuffer tokens = new TokenBuffer();
        tokens.addAll(tokenizer.encode(requireNonNull(text, "text")));
        tokens.add(SpecialToken.END_OF_TEXT.id());
        Collector samples = new Collector(List.of());
        if (options.tooLong() == SampleOptions.TooLong.SPLIT_TURNS) {
            samples.addParts(tokens.toArray());
        } else {
            samples.add(TrainingSample.ofText(tokens.toArray()));
        }
        return samples.finish();
    }

    /** The samples of one row, as they come. */
    private final class Collector {
        /** None where they are not known: of a text, or another trainer's sample. */
        private final List<Message> messages;

        private final int[] lengths; // [messages], in tokens; 0 where it is not yet known
        private final List<TrainingSample> samples = new ArrayList<>();
        private final Map<RowSamples.Loss, Integer> losses = new EnumMap<>(RowSamples.Loss.class);
        private long droppedMessages;
        private long droppedTokens;
        private long rendered; // tokens

        Collector(List<Message> messages) {
            this.messages = messages;
            this.lengths = new int[messages.size()];
        }

        RowSamples finish() {
            if (rendered == 0) {
                lose(RowSamples.Loss.NO_LABELS); // not even a turn that ends
            }
            return new RowSamples(samples, losses, droppedMessages, droppedTokens);
        }

        void render(Conversation conversation, IntToDoubleFunction weights) {
            switch (options.turns()) {
                case WHOLE -> addWhole(conversation, weights);
                case PER_TURN -> training.perTurn(conversation, weights).forEach(this::add);
                case LAST_TURN -> training.lastTurn(conversation, weights).ifPresent(this::add);
                case AUTO -> {
                    if (TrainingRenderer.hasThoughtsInSeveralTurns(conversation)) {
                        training.perTurn(conversation, weights).forEach(this::add);
                    } else {
                        addWhole(conversation, weights);
                    }
                }
            }
        }

        private void addWhole(Conversation conversation, IntToDoubleFunction weights) {
            TrainingSample sample = training.whole(conversation, weights);
            if (sample.length() > options.maxLength() && options.tooLong() == SampleOptions.TooLong.SPLIT_TURNS) {
                training.perTurn(conversation, weights).forEach(this::add);
            } else {
                add(sample);
            }
        }

        void addParts(int[] tokens) {
            for (int from = 0; from < tokens.length; from += options.maxLength()) {
                int to = Math.min(tokens.length, from + options.maxLength());
                add(TrainingSample.ofText(Arrays.copyOfRange(tokens, from, to)));
            }
        }

        void add(TrainingSample sample) {
            rendered += sample.length();
            if (rendered > MAX_TOKENS) {
                throw new IllegalArgumentException("expected turns of at most " + MAX_TOKENS
                        + " tokens in all, each with what stands before it, but found more; split the conversation, or"
                        + " take a single sample of it");
            }
            if (sample.labelCount() == 0) {
                lose(RowSamples.Loss.NO_LABELS);
                return;
            }
            countDropped(sample.spans());
            TrainingSample fitting = sample.length() > options.maxLength() ? shortened(sample) : sample;
            if (fitting.length() > options.maxLength()) {
                lose(RowSamples.Loss.TOO_LONG);
            } else if (fitting.labelCount() == 0) {
                lose(RowSamples.Loss.NO_LABELS);
            } else {
                samples.add(fitting);
            }
        }

        /** Returns a sample as short as the options allow it to become. */
        private TrainingSample shortened(TrainingSample sample) {
            int excess = sample.length() - options.maxLength();
            return switch (options.tooLong()) {
                case DROP, SPLIT_TURNS -> sample;
                case CONTEXT -> {
                    TrainingSample shorter = sample.withoutOldestTurns(options.maxLength());
                    if (shorter.length() <= options.maxLength()) {
                        lose(RowSamples.Loss.CONTEXT_CUT);
                    }
                    yield shorter;
                }
                case KEEP_START -> cut(sample, options.maxLength(), sample.length(), RowSamples.Loss.END_CUT);
                case KEEP_END -> cut(sample, 0, excess, RowSamples.Loss.START_CUT);
            };
        }

        private TrainingSample cut(TrainingSample sample, int from, int to, RowSamples.Loss loss) {
            lose(loss);
            if (sample.labelCount(from, to) > 0) {
                lose(RowSamples.Loss.LABELS_CUT);
            }
            return sample.without(from, to);
        }

        private void countDropped(List<MessageSpan> spans) {
            int next = 0;
            for (MessageSpan span : spans) {
                if (!messages.isEmpty()) {
                    lengths[span.index()] = span.end() + 1 - span.start();
                }
                for (; next < span.index(); next++) {
                    droppedMessages++;
                    droppedTokens += length(next);
                }
                next = span.index() + 1;
            }
        }

        private int length(int index) {
            if (messages.isEmpty()) {
                return 0;
            }
            if (lengths[index] == 0) {
                lengths[index] = renderer.render(messages.get(index)).length;
            }
            return lengths[index];
        }

        private void lose(RowSamples.Loss loss) {
            losses.merge(loss, 1, Integer::sum);
        }
    }
}
