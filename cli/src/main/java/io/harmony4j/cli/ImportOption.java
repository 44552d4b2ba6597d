package io.harmony4j.cli;

import io.harmony4j.training.ImportOptions;
import io.harmony4j.training.RowShape;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How rows of training data are read. */
final class ImportOption {
    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--date",
            paramLabel = "YYYY-MM-DD",
            description =
                    "The date of the system messages that are made for rows without one. It has no default, for the"
                            + " same rows would be other data tomorrow.")
    private @Nullable LocalDate date;

    @Option(
            names = "--shape",
            paramLabel = "SHAPE",
            description =
                    "The shape of all rows: harmony, hf-thinking, chat, prompt-completion, sharegpt, alpaca, responses"
                            + " or text; default what the keys of each row tell.")
    private @Nullable RowShape shape;

    @Option(
            names = "--think-tags",
            description =
                    "Read <think>...</think> at the beginning of an answer as a chain of thought also where the shape has"
                            + " another place for it.")
    private boolean readsThinkTags;

    /**
     * Returns how rows are read.
     *
     * @throws ParameterException if there is no date
     */
    ImportOptions options() {
        if (date == null) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '--date=YYYY-MM-DD'");
        }
        ImportOptions options = ImportOptions.of(date);
        if (shape != null) {
            options = options.withShape(shape);
        }
        return readsThinkTags ? options.withThinkTags() : options;
    }
}
