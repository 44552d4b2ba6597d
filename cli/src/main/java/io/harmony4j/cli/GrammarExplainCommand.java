package io.harmony4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
    private GrammarText text;

    @Override
    public Integer call() throws IOException {
        CheckedText checked = text.checked();
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
