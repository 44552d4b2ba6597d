package io.harmony4j.cli;

import io.harmony4j.tokenizer.SpecialTokens;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code harmony tokenize}: text to token ids, or to coloured tokens on a terminal. */
@Command(
        name = "tokenize",
        mixinStandardHelpOptions = true,
        description = "Turn text into o200k_harmony tokens.",
        footer = {
            "",
            "On a terminal the tokens are shown in colours (not if NO_COLOR is set); elsewhere the ids are printed.",
            "",
            "Examples:",
            "  harmony tokenize --text 'Hello world'",
            "  harmony tokenize notes.txt --to ids",
            "  harmony tokenize prompt.txt --special all",
            "  harmony tokenize prompt.txt --special '<|start|>,<|end|>'",
        })
final class TokenizeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", defaultValue = "-", description = "Text; - (the default) for standard input.")
    private String file;

    @Option(names = "--text", description = "Tokenize this text instead of a file.")
    private @Nullable String text;

    @Option(
            names = "--special",
            defaultValue = "none",
            description = "Special tokens to recognise in the text: none (the default), all, or a list.")
    private String special;

    @Option(
            names = "--to",
            description = "What to print: ${COMPLETION-CANDIDATES}; default colors on a terminal, ids elsewhere.")
    private @Nullable Form form;

    /** What to print. */
    enum Form {
        ids,
        colors,
        json
    }

    @Override
    public Integer call() throws IOException {
        Tokenizer tokenizer = Tokenizer.o200kHarmony();
        String input = text == null ? new Input(file).text() : text;
        int[] tokens = tokenizer.encode(input, specialTokens());
        PrintWriter out = spec.commandLine().getOut();
        switch (form == null ? (Terminal.hasColor(System.getenv()) ? Form.colors : Form.ids) : form) {
            case ids -> out.println(Ids.format(tokens));
            case colors -> printColored(tokenizer, tokens, out);
            case json -> out.println(RenderCommand.json(tokens, input));
        }
        out.flush();
        return 0;
    }

    private SpecialTokens specialTokens() {
        return switch (special) {
            case "none" -> SpecialTokens.NONE;
            case "all" -> SpecialTokens.ALL;
            default -> SpecialTokens.of(special.split(","));
        };
    }

    /** Tokens that share a character are shown as one, since half a character cannot be. */
    private static void printColored(Tokenizer tokenizer, int[] tokens, PrintWriter out) {
        String whole = tokenizer.decode(tokens);
        int[] offsets = tokenizer.offsets(tokens);
        int colored = 0;
        for (int i = 0; i < tokens.length; i++) {
            int end = i + 1 < tokens.length ? offsets[i + 1] : whole.length();
            if (end > offsets[i]) {
                String shown = whole.substring(offsets[i], end);
                out.print(Terminal.token(shown, colored++, tokenizer.isSpecial(tokens[i])));
            }
        }
        out.println();
        out.println(tokens.length + (tokens.length == 1 ? " token" : " tokens"));
    }
}
