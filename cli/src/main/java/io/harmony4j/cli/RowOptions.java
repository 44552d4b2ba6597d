package io.harmony4j.cli;

import io.harmony4j.training.ImportOptions;
import io.harmony4j.training.RowShape;
import io.harmony4j.training.RowSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which rows, and how they are read. */
final class RowOptions {
    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description =
                    "Rows, a line of JSON each, compressed with gzip or zstd or not; - or nothing for standard input.")
    private List<String> files = List.of("-");

    @Option(
            names = "--date",
            paramLabel = "DATE",
            description =
                    "The date of system messages that rows do not have themselves, as in 2026-01-01; required, for"
                            + " today's would be another one tomorrow.")
    private @Nullable LocalDate date;

    @Option(
            names = "--shape",
            paramLabel = "SHAPE",
            converter = ShapeConverter.class,
            description = {
                "What all rows look like; by default each row's keys tell.",
                "One of harmony, hf-thinking, chat, prompt-completion, sharegpt, alpaca, responses, text.",
            })
    private @Nullable RowShape shape;

    @Option(
            names = "--think-tags",
            description =
                    "Take <think>...</think> before an answer for its chain of thought in all shapes, not only where"
                            + " there is no other place for it.")
    private boolean readsThinkTags;

    /** Converts a word to a shape. */
    static final class ShapeConverter extends WordConverter<RowShape> {
        ShapeConverter() {
            super(RowShape.class);
        }
    }

    /**
     * Returns how rows are read.
     *
     * @throws ParameterException if there is no date
     */
    ImportOptions importing() {
        if (date == null) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '--date=DATE'");
        }
        ImportOptions options = ImportOptions.of(date);
        if (readsThinkTags) {
            options = options.withThinkTags();
        }
        return shape == null ? options : options.withShape(shape);
    }

    /** Returns the folder of a data set, if that is what is named. */
    Optional<Path> dataset() {
        return files.size() == 1 && !files.get(0).equals("-") && Files.isDirectory(Path.of(files.get(0)))
                ? Optional.of(Path.of(files.get(0)))
                : Optional.empty();
    }

    /** Returns the inputs, which show how far they have been read. */
    List<RowSource> sources(ReadProgress progress) throws IOException {
        List<RowSource> sources = new ArrayList<>();
        for (String file : files) {
            Input input = new Input(file);
            progress.expect(input);
            sources.add(new Source(input, progress));
        }
        return sources;
    }

    private record Source(Input input, ReadProgress progress) implements RowSource {
        @Override
        public String name() {
            return input.toString();
        }

        @Override
        public InputStream open() throws IOException {
            return progress.watch(input);
        }

        @Override
        public boolean isRepeatable() {
            return !input.isStandardInput();
        }
    }
}
