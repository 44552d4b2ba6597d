package io.harmony4j.cli;

import io.harmony4j.bench.CorpusFolder;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Which texts are measured. */
final class CorporaOption {
    @Option(
            names = "--corpora",
            paramLabel = "DIR",
            required = true,
            description = "A folder of texts, *.txt in UTF-8; expected.tsv in it may say what their tokens are.")
    private Path corpora;

    @Option(names = "--only", paramLabel = "NAMES", split = ",", description = "These texts only, without .txt.")
    private List<String> only = List.of();

    CorpusFolder folder() {
        return new CorpusFolder(corpora);
    }

    List<String> only() {
        return only;
    }

    /** Returns the options as they are written on the command line. */
    List<String> arguments() {
        return only.isEmpty()
                ? List.of("--corpora", corpora.toString())
                : List.of("--corpora", corpora.toString(), "--only", String.join(",", only));
    }
}
