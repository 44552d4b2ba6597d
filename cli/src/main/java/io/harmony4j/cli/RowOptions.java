package io.harmony4j.cli;

import io.harmony4j.training.ImportOptions;
import io.harmony4j.training.RowSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which rows, and how they are read. */
final class RowOptions {
    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description =
                    "Rows, a line of JSON each, compressed with gzip or zstd or not; - or nothing for standard input.")
    private List<String> files = List.of("-");

    @Mixin
    private ImportOption importing;

    ImportOptions importing() {
        return importing.options();
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
