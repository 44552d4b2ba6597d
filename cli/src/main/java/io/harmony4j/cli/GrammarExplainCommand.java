package io.harmony4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code harmony grammar explain}: where a text leaves a grammar, and what was possible there. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "Show where a text is no longer what a model may write, and what was possible there.",
        footer = {
            "",
            "Control tokens stand in the text by their names. One line break at its end does not",
            "count.",
            "",
            "Examples:",
            "  harmony grammar explain --tools tools.json --tool-choice required turn.txt",
            "  echo '{\"city\":1}' | harmony grammar explain --schema schema.json",
        })
final class GrammarExplainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private GrammarOption source;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description =
                    "What follows <|start|>assistant, or the value with --schema; - (the default) for standard input.")
    private @Nullable String file;

    @Override
    public Integer call() throws IOException {
        CheckedText checked = CheckedText.of(source.grammar(), Input.of(file));
        PrintWriter out = spec.commandLine().getOut();
        if (checked.check().isComplete()) {
            out.println("allowed");
        } else {
            out.println(checked.marked());
            out.println(checked.sentence());
        }
        return 0;
    }
}
