package io.harmony4j.cli;

import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.ConversationLinter;
import io.harmony4j.renderer.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code harmony lint}: what may not be meant as it is in conversations. */
@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        description = "Find what may not be meant as it is in conversations.",
        footer = {
            "",
            "A finding has a severity, a code, a JSON pointer, what is there and what to do.",
            "docs/linting.md lists the codes. A file that is no conversation is named on",
            "standard error, and the others are read all the same; the exit code is 1.",
            "",
            "Examples:",
            "  harmony lint conversation.json",
            "  harmony lint --purpose training --fail-on warning samples.jsonl",
            "  harmony lint --to json *.json",
            "  cat conversation.json | harmony lint",
        })
final class LintCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "Conversations in JSON ({\"messages\":[...]}); - or nothing for standard input.")
    private List<String> files = List.of("-");

    @Option(names = "--jsonl", description = "Each line is a conversation, as in a file whose name ends in .jsonl.")
    private boolean isJsonLines;

    @Option(
            names = "--purpose",
            paramLabel = "PURPOSE",
            defaultValue = "prompt",
            description = "What for: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private Purpose purpose;

    @Mixin
    private AnalysisOption analysis;

    @Mixin
    private FaithfulOption schemas;

    @Option(
            names = "--to",
            paramLabel = "FORM",
            defaultValue = "text",
            description = "What to print, a line for each finding: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private Form form;

    @Option(names = "--json", description = "The same as --to json.")
    private boolean isJson;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            defaultValue = "error",
            description = "The exit code is 1 from this severity on: ${COMPLETION-CANDIDATES}; default"
                    + " ${DEFAULT-VALUE}.")
    private Severity failOn;

    private boolean hasFailed;

    /** What a conversation is for. */
    enum Purpose {
        prompt(ConversationLinter.Purpose.PROMPT),
        training(ConversationLinter.Purpose.TRAINING);

        private final ConversationLinter.Purpose purpose;

        Purpose(ConversationLinter.Purpose purpose) {
            this.purpose = purpose;
        }
    }

    /** What to print. */
    enum Form {
        text,
        json;

        /** Returns the line of a finding. */
        Object line(String place, Finding finding) {
            return this == json ? jsonOf(place, finding) : textOf(place, finding);
        }
    }

    /** From which severity on a finding is a failure. */
    enum Severity {
        error(Finding.Severity.ERROR),
        warning(Finding.Severity.WARNING),
        info(Finding.Severity.INFO);

        private final Finding.Severity severity;

        Severity(Finding.Severity severity) {
            this.severity = severity;
        }

        boolean isReachedBy(Finding finding) {
            return finding.severity().compareTo(severity) <= 0;
        }
    }

    @Override
    public Integer call() {
        ConversationLinter linter = ConversationLinter.DEFAULT
                .withPolicy(Objects.requireNonNullElse(analysis.policy(), AnalysisPolicy.REFERENCE))
                .withPurpose(purpose.purpose)
                .withFaithfulTypeScript(schemas.areFaithful());
        PrintWriter out = spec.commandLine().getOut();
        for (String name : files) {
            Input input = new Input(name);
            try {
                if (isJsonLines || name.endsWith(".jsonl")) {
                    lintLines(input, linter, out);
                } else {
                    lint(input.text(), input.toString(), linter, out);
                }
            } catch (IOException | IllegalArgumentException e) {
                fail(e instanceof IllegalArgumentException wrong ? input.error(wrong) : e);
            }
            out.flush(); // the next file may take long
        }
        return hasFailed ? 1 : 0;
    }

    private void lintLines(Input input, ConversationLinter linter, PrintWriter out) throws IOException {
        try (Progress progress = Progress.besideOutput(spec.commandLine().getErr());
                InputStream in = progress.watch(input)) {
            TextReader reader = new TextReader(in);
            long number = 1;
            for (String line = reader.line(); line != null; line = reader.line()) {
                if (!line.isBlank()) {
                    String place = input + ":" + number;
                    try {
                        lint(line, place, linter, out);
                    } catch (IllegalArgumentException e) {
                        fail(new IllegalArgumentException(place + ": " + e.getMessage(), e));
                    }
                }
                number++;
            }
        }
    }

    private void fail(Exception failure) {
        HarmonyCommand.fail(spec.commandLine(), failure);
        hasFailed = true;
    }

    private void lint(String json, String place, ConversationLinter linter, PrintWriter out) {
        for (Finding finding : linter.lint(json)) {
            hasFailed |= failOn.isReachedBy(finding);
            out.println((isJson ? Form.json : form).line(place, finding));
        }
    }

    private static String textOf(String place, Finding finding) {
        return ErrorLine.shown(place + ": " + finding.severity().wireName() + " " + finding.code() + " "
                + finding.pointer() + ": " + finding.message() + "; " + finding.suggestion());
    }

    private static JsonObject jsonOf(String place, Finding finding) {
        JsonObject.Builder json = JsonObject.builder().put("in", JsonValue.of(place));
        finding.toJsonObject().members().forEach(json::put);
        return json.build();
    }
}
