package io.harmony4j.cli;

import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.openai.Source;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.Compaction;
import io.harmony4j.renderer.Compactor;
import io.harmony4j.renderer.Dialect;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code harmony compact}: a conversation with so much left out that its prompt fits. */
@Command(
        name = "compact",
        mixinStandardHelpOptions = true,
        description = "Leave out of a conversation what the model misses least, so that its prompt fits.",
        footer = {
            "",
            "The conversation's JSON goes to standard output, and what was left out to standard",
            "error. The budget is the model's context less what the answer may have.",
            "",
            "Oldest first, until the prompt is within --low of the budget: thoughts of earlier",
            "turns, what tools answered in them, whole earlier turns; then, until it is within the",
            "budget: results of the turn at work but the last ones, and its thoughts before the",
            "last result. If the prompt still is too long, the conversation is printed all the",
            "same, and the exit code is 1.",
            "",
            "Examples:",
            "  harmony compact --budget 120000 conversation.json > shorter.json",
            "  harmony compact --budget 8000 --head-tail 100,50 --protect-first-turn conversation.json",
            "  harmony convert --to harmony request.json | harmony compact --budget 8000",
        })
final class CompactCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description =
                    "A conversation in JSON ({\"messages\":[...]}), or a request; - (the default) for standard input.")
    private @Nullable String file;

    @Mixin
    private FromOption from;

    @Option(names = "--budget", paramLabel = "TOKENS", required = true, description = "The most tokens of the prompt.")
    private int budget;

    @Option(
            names = "--low",
            paramLabel = "FRACTION",
            defaultValue = "0.75",
            description = "Down to which fraction of the budget earlier turns are shortened; default ${DEFAULT-VALUE}.")
    private double low;

    @Option(
            names = "--keep-results",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "How many of the last results of the turn at work stay; default ${DEFAULT-VALUE}.")
    private int keptResults;

    @Option(names = "--protect-first-turn", description = "The first turn stays as it is while others follow it.")
    private boolean protectsFirstTurn;

    @Option(
            names = "--head-tail",
            paramLabel = "TOKENS",
            split = ",",
            description =
                    "How many tokens of the beginning and of the end of a result stay, as in 100,50; default none.")
    private List<Integer> headAndTail = List.of();

    @Mixin
    private AnalysisOption analysis;

    @Option(
            names = "--dialect",
            paramLabel = "DIALECT",
            defaultValue = "openai",
            description = "How the prompt is rendered: openai (the default) or oss.")
    private Dialect dialect;

    @Mixin
    private FaithfulOption schemas;

    @Option(
            names = "--report",
            paramLabel = "FORM",
            defaultValue = "text",
            description = "What to print on standard error: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private Report report;

    @Mixin
    private StrictJsonOption strictJson;

    /** What to print on standard error. */
    enum Report {
        text,
        json,
        none
    }

    @Override
    public Integer call() throws IOException {
        AnalysisPolicy policy = analysis.policy();
        compactor(AnalysisPolicy.REFERENCE); // wrong usage comes before what is wrong with the input
        Input input = Input.of(file);
        Compaction compaction;
        try {
            Source source = from.read(input.text(), input, strictJson);
            compaction =
                    compactor(source.policy(policy, AnalysisPolicy.REFERENCE)).compact(source.conversation());
        } catch (IllegalArgumentException e) {
            throw input.error(e);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(compaction.conversation().toJson());
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        switch (report) {
            case text -> print(compaction, err);
            case json -> err.println(json(compaction));
            case none -> {}
        }
        return compaction.fits() ? 0 : 1;
    }

    private Compactor compactor(AnalysisPolicy policy) {
        RenderOptions options = RenderOptions.DEFAULT
                .withDialect(dialect)
                .withAnalysisPolicy(policy)
                .withFaithfulTypeScript(schemas.areFaithful());
        if (!headAndTail.isEmpty() && headAndTail.size() != 2) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected two numbers with --head-tail, as in 100,50, but found " + headAndTail);
        }
        try {
            Compactor compactor = new Compactor(Tokenizer.o200kHarmony(), options, budget)
                    .withLow(low)
                    .withKeptResults(keptResults)
                    .withProtectedFirstTurn(protectsFirstTurn);
            return headAndTail.isEmpty()
                    ? compactor
                    : compactor.withHeadAndTail(headAndTail.get(0), headAndTail.get(1));
        } catch (IllegalArgumentException outOfRange) {
            throw new ParameterException(spec.commandLine(), outOfRange.getMessage(), outOfRange);
        }
    }

    private static void print(Compaction compaction, PrintWriter err) {
        err.println("harmony: " + compaction);
        for (Compaction.Step step : compaction.steps()) {
            String messages = step.messages().stream().map(String::valueOf).collect(Collectors.joining(", "));
            err.println("  " + word(step) + " " + messages + ": " + step.tokens() + " tokens");
        }
    }

    private static String word(Compaction.Step step) {
        return step.kind().name().toLowerCase(Locale.ROOT);
    }

    private static JsonObject json(Compaction compaction) {
        List<JsonValue> steps = compaction.steps().stream()
                .map(step -> (JsonValue) JsonObject.builder()
                        .put("kind", word(step))
                        .put("messages", indices(step.messages()))
                        .put("tokens", step.tokens())
                        .build())
                .toList();
        return JsonObject.builder()
                .put("fits", compaction.fits())
                .put("budget", compaction.budget())
                .put("pinned", compaction.pinned())
                .put("before", compaction.before())
                .put("after", compaction.after())
                .put("steps", JsonArray.of(steps))
                .put("messages", indices(compaction.messages()))
                .build();
    }

    private static JsonArray indices(List<Integer> indices) {
        return JsonArray.ofIntegers(indices.stream().mapToInt(Integer::intValue).toArray());
    }
}
