package io.harmony4j.cli;

import io.harmony4j.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code harmony decode}: token ids to text. */
@Command(
        name = "decode",
        mixinStandardHelpOptions = true,
        description = "Turn token ids into text; what is not UTF-8 becomes U+FFFD.",
        footer = {
            "",
            "Examples:",
            "  harmony decode 13225 2375",
            "  harmony decode --file ids.txt",
            "  harmony tokenize notes.txt --to ids | harmony decode --file -",
        })
final class DecodeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", arity = "0..*", description = "Token ids.")
    private List<String> ids = List.of();

    @Option(
            names = "--file",
            defaultValue = "-",
            description = "Where to read ids if none are given; default standard input.")
    private String file;

    @Option(names = "--strict", description = "Fail if the tokens are not UTF-8.")
    private boolean isStrict;

    @Override
    public Integer call() throws IOException {
        Tokenizer tokenizer = Tokenizer.o200kHarmony();
        int[] tokens = Ids.parse(ids.isEmpty() ? new Input(file).text() : String.join(" ", ids));
        PrintWriter out = spec.commandLine().getOut();
        out.println(isStrict ? tokenizer.decodeStrict(tokens) : tokenizer.decode(tokens));
        out.flush();
        return 0;
    }
}
