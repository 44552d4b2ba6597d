package io.harmony4j.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A text, and the grammar that is asked about it. */
final class GrammarText {
    @Mixin
    private GrammarOption source;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description =
                    "What follows <|start|>assistant, or the value with --schema; - (the default) for standard input.")
    private @Nullable String file;

    Input input() {
        return Input.of(file);
    }

    CheckedText checked() throws IOException {
        return CheckedText.of(source.grammar(), input());
    }
}
