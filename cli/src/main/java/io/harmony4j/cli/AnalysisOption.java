package io.harmony4j.cli;

import io.harmony4j.renderer.AnalysisPolicy;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which chain of thought a prompt leaves out. */
final class AnalysisOption {
    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = {"--analysis", "--policy"},
            paramLabel = "POLICY",
            description = {
                "Which messages on the channel analysis to leave out; default reference, for training keep-all, and for a"
                        + " request since-last-final or what it says.",
                "reference: as openai/harmony; if the assistant's last message is on the channel final, those before the"
                        + " first message on final are left out.",
                "since-last-final: those before the assistant's last message on final.",
                "current-turn: those before the user's last message.",
                "drop-all, keep-all: all, none.",
            })
    private @Nullable AnalysisPolicy policy;

    @Option(names = "--keep-analysis", description = "As --analysis keep-all.")
    private boolean keepsAll;

    /**
     * Returns the policy that the options name; null if none is given.
     *
     * @throws ParameterException if they contradict each other
     */
    @Nullable
    AnalysisPolicy policy() {
        if (keepsAll && policy != null && policy != AnalysisPolicy.KEEP_ALL) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected --analysis keep-all with --keep-analysis but found --analysis " + policy.wireName());
        }
        return keepsAll ? AnalysisPolicy.KEEP_ALL : policy;
    }
}
