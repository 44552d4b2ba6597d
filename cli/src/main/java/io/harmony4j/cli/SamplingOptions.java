package io.harmony4j.cli;

import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.Dialect;
import io.harmony4j.renderer.LossMask;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.training.ImportOptions;
import io.harmony4j.training.SampleOptions;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How rows become samples. */
final class SamplingOptions {
    /** What only the library's own samples have. */
    private static final List<String> OWN = List.of(
            "--turns",
            "--learn",
            "--from",
            "--earlier-answers",
            "--channel-weight",
            "--policy",
            "--keep-analysis",
            "--force-policy",
            "--faithful-schemas");

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--turns",
            paramLabel = "CHOICE",
            defaultValue = "auto",
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
            description = "Which of the assistant's messages are learnt: all, last-turn, last-message, final; default"
                    + " ${DEFAULT-VALUE}.")
    private LossMask.Messages messages;

    @Option(
            names = "--from",
            paramLabel = "PLACE",
            defaultValue = "sampled",
            description =
                    "Where in a message learning begins: sampled (with what the model itself generated), header (after"
                            + " <|start|>assistant), content, all (with <|start|>); default ${DEFAULT-VALUE}.")
    private LossMask.From from;

    @Option(
            names = "--earlier-answers",
            paramLabel = "CHOICE",
            defaultValue = "mask",
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

    @Option(
            names = "--mask",
            paramLabel = "MASK",
            defaultValue = "sampled",
            description = {
                "Whose samples: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.",
                "sampled: those of all other options here.",
                "trl, unsloth: what assistant_only_loss of TRL and train_on_responses_only of unsloth make of a chat, for"
                        + " comparison: one sample of what the chat template writes. With --dialect hf, for rows of the shape"
                        + " chat alone.",
            })
    private Mask mask;

    @Mixin
    private AnalysisOption analysis;

    @Option(
            names = "--force-policy",
            description =
                    "Let --policy leave out thoughts also where all answers of a sample are learnt. Such a sample teaches to"
                            + " answer without thinking, and is otherwise refused.")
    private boolean forcesPolicy;

    @Option(
            names = "--dialect",
            paramLabel = "DIALECT",
            defaultValue = "openai",
            description = "How the details are written, as in harmony render; default ${DEFAULT-VALUE}.")
    private Dialect dialect;

    boolean hasWeights() {
        return !channelWeights.isEmpty();
    }

    @Mixin
    private FaithfulOption schemas;

    /**
     * Returns how samples are made.
     *
     * @param importing how rows are read
     * @throws ParameterException if the options contradict each other
     */
    SampleOptions sampling(ImportOptions importing) {
        SampleOptions options = SampleOptions.DEFAULT.withMaxLength(maxLength).withTooLong(tooLong);
        if (mask != Mask.sampled) {
            mask.requireDialect(dialect, spec.commandLine());
            requireNone(OWN);
        }
        return switch (mask) {
            case trl -> options.withTrainer(SampleOptions.Trainer.TRL, importing.date());
            case unsloth -> options.withTrainer(SampleOptions.Trainer.UNSLOTH, importing.date());
            case sampled ->
                options.withTurns(turns)
                        .withMask(lossMask())
                        .withRendering(rendering())
                        .withForcedPolicy(forcesPolicy);
        };
    }

    private void requireNone(List<String> names) {
        ParseResult given = spec.commandLine().getParseResult();
        for (String name : names) {
            if (given.hasMatchedOption(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "expected no " + name + " with --mask " + mask + ", which leaves no choice, but found it");
            }
        }
    }

    private LossMask lossMask() {
        return LossMask.DEFAULT
                .withMessages(messages)
                .withFrom(from)
                .withEarlierAnswers(earlierAnswers)
                .withWeights(channelWeights);
    }

    private RenderOptions rendering() {
        RenderOptions rendering =
                RenderOptions.DEFAULT.withDialect(dialect).withFaithfulTypeScript(schemas.areFaithful());
        AnalysisPolicy policy = analysis.policy();
        return policy == null ? rendering : rendering.withAnalysisPolicy(policy);
    }
}
