package io.harmony4j.cli;

import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code harmony tokenize}: text to token ids, or to coloured tokens on a terminal. */
@Command(
        name = "tokenize",
        mixinStandardHelpOptions = true,
        description = "Turn text into o200k_harmony tokens.",
        footer = {
            "",
            "On a terminal the tokens are shown in colours, unless NO_COLOR is set.",
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

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "Text; - (the default) for standard input.")
    private @Nullable String file;

    @Option(names = "--text", paramLabel = "TEXT", description = "Tokenize this text instead of a file.")
    private @Nullable String text;

    @Option(
            names = "--special",
            paramLabel = "NAMES",
            defaultValue = "none",
            description = "Special tokens to recognise in the text: none, all, or a list with commas; default"
                    + " ${DEFAULT-VALUE}.")
    private String special;

    @Option(
            names = "--to",
            paramLabel = "FORM",
            description = "What to print: ${COMPLETION-CANDIDATES}; default colors on a terminal, ids elsewhere.")
    private @Nullable Form form;

    /** How many tokens have been printed. */
    private long count;

    /** What to print. */
    enum Form {
        ids,
        colors,
        json
    }

    @Override
    public Integer call() throws IOException {
        if (file != null && text != null) {
            throw new ParameterException(spec.commandLine(), "expected either FILE or --text but found both");
        }
        Tokenizer tokenizer = Tokenizer.o200kHarmony();
        AllowedSpecial recognised = recognised(tokenizer);
        if (text != null) {
            print(text, tokenizer, recognised);
        } else {
            Input input = Input.of(file);
            try {
                print(input, tokenizer, recognised);
            } catch (IllegalArgumentException e) {
                throw input.error(e);
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println();
        if (form() == Form.colors) {
            out.println(count + (count == 1 ? " token" : " tokens"));
        }
        return 0;
    }

    private AllowedSpecial recognised(Tokenizer tokenizer) {
        if (special.equals("none")) {
            return AllowedSpecial.NONE;
        }
        if (special.equals("all")) {
            return AllowedSpecial.ALL;
        }
        String[] names = special.split(",", -1);
        for (String name : names) {
            if (tokenizer.specialToken(name).isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "Invalid value for option '--special': expected none, all, or names of special tokens such as"
                                + " <|start|> but found \"" + name + '"');
            }
        }
        return AllowedSpecial.of(names);
    }

    private Form form() {
        return form == null ? (Terminal.hasColor(System.getenv()) ? Form.colors : Form.ids) : form;
    }

    private void print(Input input, Tokenizer tokenizer, AllowedSpecial recognised) throws IOException {
        if (form() == Form.json) {
            print(input.text(), tokenizer, recognised); // one object holds it all
            return;
        }
        try (Progress progress = Progress.besideOutput(spec.commandLine().getErr());
                InputStream in = progress.watch(input)) {
            TextReader reader = new TextReader(in);
            for (String block = reader.block(); block != null; block = reader.block()) {
                print(block, tokenizer, recognised);
            }
        }
    }

    /** Prints the tokens of a text, or of the next block of one. */
    private void print(String block, Tokenizer tokenizer, AllowedSpecial recognised) {
        int[] tokens = tokenizer.encode(block, recognised);
        PrintWriter out = spec.commandLine().getOut();
        switch (form()) {
            case ids -> {
                out.print(count > 0 && tokens.length > 0 ? " " : "");
                Ids.print(out, tokens, " ");
            }
            case colors -> printColored(tokenizer, tokens, out);
            case json -> Ids.printJson(out, tokens, block);
        }
        count += tokens.length;
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
    }
}
