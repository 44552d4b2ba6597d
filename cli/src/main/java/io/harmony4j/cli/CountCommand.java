package io.harmony4j.cli;

import io.harmony4j.Role;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.openai.Shape;
import io.harmony4j.openai.Source;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code harmony count}: how many tokens texts, conversations or requests have. */
@Command(
        name = "count",
        mixinStandardHelpOptions = true,
        description = "Count the tokens of files, as wc counts words.",
        footer = {
            "",
            "With --jsonl each line is a document: a string, an object with the text in the",
            "field that --field names, or a conversation ({\"messages\":[...]}) or request, whose",
            "tokens are those of its prompt. With --from alone each file is one of these.",
            "",
            "A file that cannot be counted is named on standard error, and the others are",
            "counted all the same; the exit code is 1.",
            "",
            "Examples:",
            "  harmony count *.md",
            "  harmony count --jsonl --field text corpus.jsonl",
            "  harmony count --jsonl --lines conversations.jsonl",
            "  harmony count --from chat request.json",
            "  cat notes.txt | harmony count",
        })
final class CountCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "Files; - or nothing for standard input.")
    private List<String> files = List.of("-");

    @Option(names = "--jsonl", description = "Each line is a document in JSON.")
    private boolean isJsonLines;

    @Option(names = "--field", paramLabel = "NAME", description = "The field with the text of a document; for --jsonl.")
    private @Nullable String field;

    @Option(names = "--lines", description = "Print the count of each document, then the sum; for --jsonl.")
    private boolean printsLines;

    @Mixin
    private FromOption from;

    @Mixin
    private AnalysisOption analysis;

    @Mixin
    private FaithfulOption schemas;

    @Mixin
    private StrictJsonOption strictJson;

    private final Tokenizer tokenizer = Tokenizer.o200kHarmony();
    private final Map<AnalysisPolicy, HarmonyRenderer> renderers = new EnumMap<>(AnalysisPolicy.class);

    /** What the options name; null if they name none. */
    private @Nullable AnalysisPolicy policy;

    @Override
    public Integer call() {
        if (!isJsonLines && (field != null || printsLines)) {
            throw new ParameterException(spec.commandLine(), "expected --jsonl with --field and --lines");
        }
        if (field != null && from.isGiven()) {
            throw new ParameterException(spec.commandLine(), "expected either --field or --from but found both");
        }
        policy = analysis.policy();
        if (!isJsonLines && !from.isGiven() && policy != null) {
            throw new ParameterException(
                    spec.commandLine(), "expected --jsonl with --analysis and --keep-analysis, or --from");
        }
        if (!isJsonLines && !from.isGiven() && schemas.areFaithful()) {
            throw new ParameterException(spec.commandLine(), "expected --jsonl with --faithful-schemas, or --from");
        }
        PrintWriter out = spec.commandLine().getOut();
        int exitCode = 0;
        long total = 0;
        for (String name : files) {
            Input input = new Input(name);
            try {
                long count = count(input, out);
                print(out, count, input.isStandardInput() ? "" : name);
                total += count;
            } catch (IOException | IllegalArgumentException e) {
                exitCode = HarmonyCommand.fail(spec.commandLine(), e);
            }
            out.flush(); // the next file may take long
        }
        if (files.size() > 1) {
            print(out, total, "total");
        }
        return exitCode;
    }

    private long count(Input input, PrintWriter out) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        try (Progress progress = printsLines ? Progress.besideOutput(err) : new Progress(err, Terminal.isError());
                InputStream in = progress.watch(input)) {
            if (isJsonLines) {
                return countLines(input, new TextReader(in), out, progress);
            }
            return from.isGiven()
                    ? countPrompt(text(in), input.toString(), input, progress)
                    : countText(new TextReader(in));
        } catch (IllegalArgumentException e) {
            throw input.error(e);
        }
    }

    private static String text(InputStream in) throws IOException {
        byte[] bytes = in.readAllBytes();
        return TextReader.decode(bytes, 0, bytes.length, 0);
    }

    private long countText(TextReader reader) throws IOException {
        long sum = 0;
        for (String block = reader.block(); block != null; block = reader.block()) {
            sum += tokenizer.count(block);
        }
        return sum;
    }

    private long countLines(Input input, TextReader reader, PrintWriter out, Progress progress) throws IOException {
        long sum = 0;
        long number = 1;
        for (String line = reader.line(); line != null; line = reader.line()) {
            if (!line.isBlank()) {
                int count = countDocument(line, input, number, progress);
                sum += count;
                if (printsLines) {
                    print(out, count, input + ":" + number);
                }
            }
            number++;
        }
        return sum;
    }

    private int countDocument(String line, Input input, long number, Progress progress) {
        try {
            return countDocument(line, input + ": line " + number, input, progress);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
        }
    }

    private int countDocument(String line, String place, Input input, Progress progress) {
        if (field == null && from.shape(line, strictJson) != Shape.HARMONY) {
            return countPrompt(line, place, input, progress);
        }
        JsonValue document = Json.parse(line);
        if (document.isString()) {
            return tokenizer.count(document.text());
        }
        if (field != null) {
            JsonValue text = document.get(field);
            if (!text.isString()) {
                throw new IllegalArgumentException("expected a string in the field \"" + field + "\" but found "
                        + (has(document, field) ? text : "no such field"));
            }
            return tokenizer.count(text.text());
        }
        if (isConversation(document)) {
            return countPrompt(line, place, input, progress);
        }
        throw new IllegalArgumentException(
                "expected a string or a conversation but found " + document + "; --field names a text's field");
    }

    private int countPrompt(String json, String place, Input input, Progress progress) {
        Source source = from.read(json, place, input, strictJson, progress::println);
        HarmonyRenderer renderer = renderers.computeIfAbsent(
                source.policy(policy, AnalysisPolicy.REFERENCE),
                used -> new HarmonyRenderer(
                        tokenizer,
                        RenderOptions.DEFAULT.withAnalysisPolicy(used).withFaithfulTypeScript(schemas.areFaithful())));
        return renderer.countForCompletion(source.conversation(), Role.ASSISTANT);
    }

    /** Returns whether a document is a conversation, or what may have been meant for one: a message, or a list of them. */
    private static boolean isConversation(JsonValue document) {
        return has(document, "messages")
                || has(document, "role")
                || document.elements().stream().anyMatch(JsonValue::isObject)
                || document.elements().stream().anyMatch(JsonValue::isArray);
    }

    private static boolean has(JsonValue document, String name) {
        return document instanceof JsonObject object && object.has(name);
    }

    private static void print(PrintWriter out, long count, String name) {
        out.println(name.isEmpty() ? Long.toString(count) : count + "\t" + name);
    }
}
