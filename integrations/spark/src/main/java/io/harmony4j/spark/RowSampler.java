package io.harmony4j.spark;

import io.harmony4j.renderer.LossMask;
import io.harmony4j.renderer.TrainingSample;
import io.harmony4j.training.ImportedRow;
import io.harmony4j.training.RowSamples;
import io.harmony4j.training.SampleBuilder;
import io.harmony4j.training.SampleOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Rows of training data to samples. Thread-safe. */
final class RowSampler {
    static final List<String> OPTIONS = List.of(
            "shape",
            "date",
            "think_tags",
            "refuse_unused",
            "turns",
            "learn",
            "from",
            "earlier_answers",
            "channel_weights",
            "max_length",
            "dialect",
            "policy",
            "force_policy");

    private final RowReader reader;
    private final boolean refusesUnused;
    private final int maxLength;
    private final SampleBuilder builder;

    RowSampler(FunctionOptions options) {
        this.reader = new RowReader(options);
        this.refusesUnused = options.flag("refuse_unused", false);
        this.maxLength = options.integer("max_length", SampleOptions.DEFAULT.maxLength());
        LossMask mask = LossMask.DEFAULT
                .withMessages(options.constant("learn", LossMask.Messages.ALL, LossMask.Messages::wireName))
                .withFrom(options.constant("from", LossMask.From.SAMPLED, LossMask.From::wireName))
                .withEarlierAnswers(options.constant(
                        "earlier_answers", LossMask.EarlierAnswers.MASK, LossMask.EarlierAnswers::wireName))
                .withWeights(options.numbers("channel_weights"));
        SampleOptions sampling = SampleOptions.DEFAULT
                .withTurns(options.constant("turns", SampleOptions.TurnChoice.AUTO, SampleOptions.TurnChoice::wireName))
                .withMask(mask)
                .withMaxLength(maxLength)
                .withRendering(RowFunctions.renderOptions(options))
                .withForcedPolicy(options.flag("force_policy", false));
        this.builder = new SampleBuilder(RowFunctions.tokenizer(), sampling);
    }

    /** Returns the one sample of a row. */
    SampleRow sample(String json) {
        List<SampleRow> samples = samples(json);
        if (samples.size() > 1) {
            throw new IllegalArgumentException("expected a row of one sample but found one of " + samples.size()
                    + ", since a prompt has no thoughts of earlier turns; use harmony_training_samples, or the option"
                    + " \"turns\": \"last-turn\" or \"whole\"");
        }
        return samples.get(0);
    }

    /** Returns the samples of a row, and for each that it does not give the reason; together at least one. */
    List<SampleRow> samples(String json) {
        ImportedRow row = reader.row(json);
        if (refusesUnused) {
            row.requireAllUsed();
        }
        RowSamples samples = builder.build(row);
        List<SampleRow> rows = new ArrayList<>();
        for (TrainingSample sample : samples.samples()) {
            rows.add(SampleRow.of(sample));
        }
        samples.losses().forEach((loss, count) -> rows.addAll(Collections.nCopies(count, lost(loss))));
        return rows;
    }

    private SampleRow lost(RowSamples.Loss loss) {
        String reason = switch (loss) {
            case NO_LABELS -> "expected something to learn but found nothing";
            case TOO_LONG -> "expected a sample of at most " + maxLength + " tokens but found a longer one";
            // what is too long is left out, never cut
            case CONTEXT_CUT, END_CUT, START_CUT, LABELS_CUT -> "found a sample that was cut";
        };
        return SampleRow.failed(loss.wireName() + ": " + reason);
    }
}
