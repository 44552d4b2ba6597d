package io.harmony4j.cli;

import io.harmony4j.grammar.GrammarCheck;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code harmony grammar check}: whether a grammar allows a text. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Say whether a model may write a text.",
        footer = {
            "",
            "Control tokens stand in the text by their names. One line break at its end does not",
            "count. Exit code 1: it may not, or more must follow; standard error says what.",
            "",
            "Examples:",
            "  harmony grammar check --tools tools.json turn.txt",
            "  echo '{\"city\":\"Rome\"}' | harmony grammar check --schema schema.json",
        })
final class GrammarCheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private GrammarText text;

    @Override
    public Integer call() throws IOException {
        CheckedText checked = text.checked();
        GrammarCheck check = checked.check();
        if (!check.isComplete()) {
            throw new IllegalArgumentException(text.input() + ": " + checked.sentence());
        }
        spec.commandLine().getOut().println("allowed");
        return 0;
    }
}
