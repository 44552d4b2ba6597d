package io.harmony4j.cli;

import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.Sampling;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code harmony chat}: a conversation with a model. */
@Command(
        name = "chat",
        mixinStandardHelpOptions = true,
        description = "Talk to a model, with the tools of the tiny model.",
        footer = {
            "",
            "In the chat, /help lists the commands. Text that is pasted stays one message,",
            "whatever lines it has; Ctrl-C stops an answer, Ctrl-D ends the chat. What is",
            "typed before the model is ready is the next message. Where standard input is",
            "no terminal, each line is a message.",
            "",
            "Examples:",
            "  harmony chat",
            "  harmony chat --model gpt-oss-20b.gguf --seed 1",
            "  harmony chat --backend ollama:http://127.0.0.1:11434",
            "  echo 'What is 17 * 23?' | harmony chat",
        })
final class ChatCommand implements Callable<Integer> {
    private static final Path HISTORY = Path.of(System.getProperty("user.home"), ".harmony_history");

    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOrBackend model;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "0 for the most likely token; default 0 with the tiny model, else 1.")
    private @Nullable Double temperature;

    @Option(names = "--seed", paramLabel = "N", description = "Where the random numbers begin; default 0.")
    private long seed;

    @Option(
            names = "--grammar",
            negatable = true,
            description = {
                "Bind the calls of tools by a grammar: those that there are, with arguments that obey their schemas.",
                "Default: --grammar for a model in this process, llama-server and sglang; --no-grammar for other runtimes.",
            })
    private @Nullable Boolean hasGrammar;

    private final AtomicBoolean stopped = new AtomicBoolean();

    @Override
    public Integer call() throws IOException {
        double warmth = temperature != null ? temperature : model.isTiny() ? 0 : 1;
        Sampling sampling = Sampling.DEFAULT.withTemperature(warmth).withSeed(seed);
        PrintWriter out = spec.commandLine().getOut();
        try (ModelOrBackend.Opened opened = model.open()) {
            spec.commandLine().getErr().println(opened.description());
            Chat chat = new Chat(
                    opened.generator(),
                    hasGrammar != null ? hasGrammar : model.obeysGrammars(),
                    model.analysisPolicy(),
                    GenerationOptions.DEFAULT.withSampling(sampling),
                    stopped::get,
                    out,
                    Terminal.hasColor(System.getenv()));
            if (Terminal.isInput()) {
                fromTerminal(chat, out);
            } else {
                fromStream(chat);
            }
        }
        return 0;
    }

    private void fromTerminal(Chat chat, PrintWriter out) throws IOException {
        out.println("Ask something; /help lists the commands, Ctrl-D ends.");
        out.flush();
        // JLine asks the terminal whether it knows grapheme clusters, and takes what was typed by then for the answer
        try (org.jline.terminal.Terminal terminal =
                TerminalBuilder.builder().system(true).graphemeCluster(false).build()) {
            terminal.handle(org.jline.terminal.Terminal.Signal.INT, signal -> stopped.set(true));
            LineReader reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .variable(LineReader.HISTORY_FILE, HISTORY)
                    .option(LineReader.Option.BRACKETED_PASTE, true)
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .build();
            while (true) {
                try {
                    String line = reader.readLine("> ");
                    stopped.set(false);
                    if (!chat.take(line)) {
                        return;
                    }
                } catch (UserInterruptException e) {
                    stopped.set(false); // Ctrl-C at the prompt: start the line again
                } catch (EndOfFileException e) {
                    return;
                }
            }
        }
    }

    private static void fromStream(Chat chat) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!chat.take(line)) {
                return;
            }
        }
    }
}
