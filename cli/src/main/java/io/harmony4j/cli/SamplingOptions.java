package io.harmony4j.cli;

import io.harmony4j.renderer.Dialect;
import io.harmony4j.renderer.LossMask;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.training.SampleOptions;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How rows become samples. */
final class SamplingOptions {
    @Option(
            names = "--turns",
            paramLabel = "CHOICE",
            defaultValue = "auto",
            converter = TurnsConverter.class,
            description = {
                "Which samples a conversation gives; default ${DEFAULT-VALUE}.",
                "per-turn: one for each turn, after what a prompt has before it; only the turn is learnt.",
                "last-turn: the last of those.",
                "whole: a single one, which is right only if prompts keep all chains of thought, too.",
                "auto: per-turn if more than one turn has a chain of thought, else whole.",
            })
    private SampleOptions.TurnChoice turns;

    @Option(
            names = "--max-length",
            paramLabel = "TOKENS",
            description = "The most tokens of a sample; default 131072, the context of gpt-oss.")
    private int maxLength = SampleOptions.DEFAULT.maxLength();

    @Option(
            names = "--too-long",
            paramLabel = "CHOICE",
            defaultValue = "drop",
            converter = TooLongConverter.class,
            description = {
                "What becomes of longer samples; default ${DEFAULT-VALUE}. All are counted.",
                "drop: they are left out.",
                "split-turns: a whole conversation is taken turn by turn, a text in parts.",
                "context: the oldest turns of which nothing is learnt are left out.",
                "keep-start, keep-end: the rest is cut off.",
            })
    private SampleOptions.TooLong tooLong;

    @Option(
            names = "--learn",
            paramLabel = "MESSAGES",
            defaultValue = "all",
            converter = MessagesConverter.class,
            description = "Which of the assistant's messages are learnt: all, last-turn, last-message, final; default"
                    + " ${DEFAULT-VALUE}.")
    private LossMask.Messages messages;

    @Option(
            names = "--from",
            paramLabel = "PLACE",
            defaultValue = "sampled",
            converter = FromConverter.class,
            description =
                    "Where in a message learning begins: sampled (with what the model itself generated), header (after"
                            + " <|start|>assistant), content, all (with <|start|>); default ${DEFAULT-VALUE}.")
    private LossMask.From from;

    @Option(
            names = "--earlier-answers",
            paramLabel = "CHOICE",
            defaultValue = "mask",
            converter = EarlierConverter.class,
            description =
                    "What is learnt at the end of answers that are not the last message: mask (nothing), return (<|return|>),"
                            + " as-is (<|end|>); default ${DEFAULT-VALUE}.")
    private LossMask.EarlierAnswers earlierAnswers;

    @Option(
            names = "--channel-weight",
            paramLabel = "CHANNEL=WEIGHT",
            description =
                    "The weight of a channel's tokens, as in analysis=0.5; call is for calls of tools, * for all others."
                            + " 0: not learnt. May be given several times.")
    private Map<String, Double> channelWeights = Map.of();

    @Mixin
    private AnalysisOption analysis;

    @Option(
            names = "--dialect",
            paramLabel = "DIALECT",
            defaultValue = "openai",
            converter = RenderCommand.DialectConverter.class,
            description = "How the details are written, as in harmony render; default ${DEFAULT-VALUE}.")
    private Dialect dialect;

    /** Converts a word to a choice of turns. */
    static final class TurnsConverter extends WordConverter<SampleOptions.TurnChoice> {
        TurnsConverter() {
            super(SampleOptions.TurnChoice.class);
        }
    }

    /** Converts a word to what becomes of long samples. */
    static final class TooLongConverter extends WordConverter<SampleOptions.TooLong> {
        TooLongConverter() {
            super(SampleOptions.TooLong.class);
        }
    }

    /** Converts a word to a choice of messages. */
    static final class MessagesConverter extends WordConverter<LossMask.Messages> {
        MessagesConverter() {
            super(LossMask.Messages.class);
        }
    }

    /** Converts a word to a place in messages. */
    static final class FromConverter extends WordConverter<LossMask.From> {
        FromConverter() {
            super(LossMask.From.class);
        }
    }

    /** Converts a word to what becomes of earlier answers. */
    static final class EarlierConverter extends WordConverter<LossMask.EarlierAnswers> {
        EarlierConverter() {
            super(LossMask.EarlierAnswers.class);
        }
    }

    boolean hasWeights() {
        return !channelWeights.isEmpty();
    }

    SampleOptions sampling() {
        RenderOptions rendering = RenderOptions.DEFAULT.withDialect(dialect);
        if (analysis.policy() != null) {
            rendering = rendering.withAnalysisPolicy(analysis.policy());
        }
        LossMask mask = LossMask.DEFAULT
                .withMessages(messages)
                .withFrom(from)
                .withEarlierAnswers(earlierAnswers)
                .withWeights(channelWeights);
        return SampleOptions.DEFAULT
                .withTurns(turns)
                .withMaxLength(maxLength)
                .withTooLong(tooLong)
                .withMask(mask)
                .withRendering(rendering);
    }
}
