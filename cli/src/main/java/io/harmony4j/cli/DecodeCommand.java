package io.harmony4j.cli;

import io.harmony4j.tokenizer.TokenBuffer;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
            "  harmony tokenize notes.txt --to ids | harmony decode",
        })
final class DecodeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", arity = "0..*", description = "Token ids.")
    private List<String> ids = List.of();

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "Where to read ids if none are given; - (the default) for standard input.")
    private @Nullable String file;

    @Option(names = "--strict", description = "Fail if the tokens are not UTF-8.")
    private boolean isStrict;

    @Override
    public Integer call() throws IOException {
        if (file != null && !ids.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "expected either ids or --file but found both");
        }
        TokenBuffer tokens = new TokenBuffer();
        IdScanner scanner = new IdScanner(tokens::add);
        if (!ids.isEmpty()) {
            scanner.scan(String.join(" ", ids));
            scanner.end();
            decode(tokens.toArray());
            return 0;
        }
        Input input = Input.of(file);
        try (Progress progress = new Progress(spec.commandLine().getErr(), Terminal.isError());
                InputStream in = progress.watch(input)) {
            scanner.scan(in);
            decode(tokens.toArray());
        } catch (IllegalArgumentException e) {
            throw input.error(e);
        }
        return 0;
    }

    private void decode(int[] tokens) {
        Tokenizer tokenizer = Tokenizer.o200kHarmony();
        spec.commandLine().getOut().println(isStrict ? tokenizer.decodeStrict(tokens) : tokenizer.decode(tokens));
    }
}
