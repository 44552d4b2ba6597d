package io.harmony4j.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code harmony model}: what has to do with a checkpoint alone. */
@Command(
        name = "model",
        mixinStandardHelpOptions = true,
        subcommands = {
            ModelInfoCommand.class,
            ModelLogitsCommand.class,
            ModelExportCommand.class,
            ModelSynthCommand.class
        },
        description = "Look at a gpt-oss checkpoint, or at what it computes; write it in another form, or make one.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  harmony model info --model gpt-oss-20b.gguf",
            "  harmony model logits --model gpt-oss-20b --tokens ids.json --out logits.f32",
            "  harmony model export --model tiny --out tiny.gguf",
            "  harmony model synth --shape gpt-oss-20b --out synth-20b",
        })
final class ModelCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand");
    }
}
