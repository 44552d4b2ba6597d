package io.harmony4j.cli;

import io.harmony4j.ReasoningEffort;
import io.harmony4j.bench.MarkdownTable;
import io.harmony4j.json.JsonObject;
import io.harmony4j.tiny.TestQuestion;
import io.harmony4j.tiny.TinySkills;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code harmony eval tiny}: what the tiny model can do, asked questions that it has not seen in training. */
@Command(
        name = "tiny",
        mixinStandardHelpOptions = true,
        description = "Ask the tiny model questions that it was not trained with, and count the right answers.",
        footer = {
            "",
            "An answer is right if its text on the final channel is exact; a generation is",
            "well formed if the strict parser reads it. Tokens are drawn greedily.",
            "",
            "Examples:",
            "  harmony eval tiny",
            "  harmony eval tiny --questions 5 --json",
            "  harmony eval tiny --backend llama-server:http://127.0.0.1:8080 --questions 1",
        })
final class EvalTinyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOrBackend model;

    @Option(names = "--questions", paramLabel = "N", description = "Questions of each skill; default 50.")
    private int questions = TinySkills.QUESTIONS_PER_SKILL;

    @Option(names = "--json", description = "Print JSON.")
    private boolean isJson;

    @Option(names = "--verbose", description = "Show each question whose answer is wrong.")
    private boolean isVerbose;

    @Override
    public Integer call() {
        if (questions < 1) {
            throw new ParameterException(
                    spec.commandLine(), "expected --questions of at least 1 but found " + questions);
        }
        List<TestQuestion> all = TinySkills.testQuestions(questions);
        TinyEvaluation evaluation;
        try (ModelOrBackend.Opened opened = model.open();
                Progress progress = new Progress(spec.commandLine().getErr(), Terminal.isError())) {
            progress.println(opened.description());
            evaluation = new TinyEvaluation(opened.generator());
            for (int i = 0; i < all.size(); i++) {
                progress.show(all.get(i).skill().label() + ", " + i + " of " + all.size(), (double) i / all.size());
                String found = evaluation.ask(all.get(i));
                if (isVerbose && !found.equals(all.get(i).answer())) {
                    progress.println(all.get(i).skill().label() + ": expected \""
                            + all.get(i).answer() + "\" but found \"" + ErrorLine.shown(found) + "\"");
                }
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        if (isJson) {
            out.println(json(evaluation));
        } else {
            print(evaluation, out);
        }
        return 0;
    }

    private static void print(TinyEvaluation evaluation, PrintWriter out) {
        MarkdownTable table = new MarkdownTable(List.of("skill", "right", "of", "%"));
        evaluation.skills().forEach((skill, score) -> table.add(row(skill, score)));
        table.add(row("all", evaluation.all()));
        table.add(row("well formed", evaluation.wellFormed()));
        out.println(table);
        MarkdownTable effort = new MarkdownTable(List.of("reasoning effort", "tokens of analysis for a question"));
        for (ReasoningEffort each : ReasoningEffort.values()) {
            effort.add(List.of(label(each), String.format(Locale.ROOT, "%.1f", evaluation.analysisTokens(each))));
        }
        out.print(effort);
    }

    private static List<String> row(String name, TinyEvaluation.Score score) {
        return List.of(
                name,
                Integer.toString(score.correct()),
                Integer.toString(score.total()),
                String.format(Locale.ROOT, "%.1f", 100.0 * score.correct() / score.total()));
    }

    private static JsonObject json(TinyEvaluation evaluation) {
        JsonObject.Builder skills = JsonObject.builder();
        evaluation.skills().forEach((skill, score) -> skills.put(skill, json(score)));
        JsonObject.Builder tokens = JsonObject.builder();
        for (ReasoningEffort each : ReasoningEffort.values()) {
            tokens.put(label(each), evaluation.analysisTokens(each));
        }
        return JsonObject.builder()
                .put("skills", skills.build())
                .put("wellFormed", json(evaluation.wellFormed()))
                .put("analysisTokens", tokens.build())
                .build();
    }

    private static JsonObject json(TinyEvaluation.Score score) {
        return JsonObject.builder()
                .put("correct", score.correct())
                .put("total", score.total())
                .build();
    }

    private static String label(ReasoningEffort effort) {
        return effort.name().toLowerCase(Locale.ROOT);
    }
}
