package io.harmony4j.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.harmony4j.Conversation;
import io.harmony4j.Json;
import io.harmony4j.Role;
import io.harmony4j.render.HarmonyRenderer;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code harmony count}: how many tokens texts or conversations have. */
@Command(
        name = "count",
        mixinStandardHelpOptions = true,
        description = "Count the tokens of files, as wc counts words.",
        footer = {
            "",
            "With --jsonl each line is a document: a string, an object with the text in --field, or a conversation",
            "({\"messages\":[...]}), which is rendered as a prompt.",
            "",
            "Examples:",
            "  harmony count *.md",
            "  harmony count --jsonl --field text corpus.jsonl",
            "  harmony count --jsonl --lines conversations.jsonl   # a line of output for each",
            "  cat notes.txt | harmony count",
        })
final class CountCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "Files; - or nothing for standard input.")
    private List<String> files = List.of("-");

    @Option(names = "--jsonl", description = "Each line is a document in JSON.")
    private boolean isJsonLines;

    @Option(names = "--field", paramLabel = "NAME", description = "The field with the text of a document.")
    private @Nullable String field;

    @Option(names = "--lines", description = "Print the count of each document, then the sum.")
    private boolean printsLines;

    private final Tokenizer tokenizer = Tokenizer.o200kHarmony();
    private final HarmonyRenderer renderer = new HarmonyRenderer(tokenizer);

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        long total = 0;
        try (Progress progress = new Progress(spec.commandLine().getErr(), Terminal.isError())) {
            for (String name : files) {
                Input input = new Input(name);
                long count;
                try (InputStream in = progress.watch(input)) {
                    count = isJsonLines ? countLines(input, in, out) : tokenizer.count(in.readAllBytes());
                }
                total += count;
                print(out, count, input.isStandardInput() ? "" : name);
            }
        }
        if (files.size() > 1) {
            print(out, total, "total");
        }
        out.flush();
        return 0;
    }

    private long countLines(Input input, InputStream in, PrintWriter out) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        long sum = 0;
        long number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            int count;
            try {
                count = countDocument(line);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(input + ", line " + number + ": " + e.getMessage(), e);
            }
            sum += count;
            if (printsLines) {
                print(out, count, input + ":" + number);
            }
        }
        return sum;
    }

    private int countDocument(String line) {
        JsonNode document = Json.parse(line);
        if (document.isTextual()) {
            return tokenizer.count(document.textValue());
        }
        if (field != null) {
            JsonNode text = document.path(field);
            if (!text.isTextual()) {
                throw new IllegalArgumentException("expected a string in the field \"" + field + "\" but found "
                        + (text.isMissingNode() ? "no such field" : Json.write(text)));
            }
            return tokenizer.count(text.textValue());
        }
        if (document.has("messages")) {
            return renderer.renderForCompletion(Conversation.fromJson(line), Role.ASSISTANT).length;
        }
        throw new IllegalArgumentException(
                "expected a string or a conversation but found something else; name the text's field with --field");
    }

    private static void print(PrintWriter out, long count, String name) {
        out.println(name.isEmpty() ? Long.toString(count) : count + "\t" + name);
    }
}
