package io.harmony4j.cli;

import io.harmony4j.grammar.ExportFormat;
import io.harmony4j.grammar.GrammarExport;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code harmony grammar export}: a grammar in the notation of another runtime. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Print a grammar in the notation of another runtime.",
        footer = {
            "",
            "Standard error says what that runtime cannot be told, and at which tokens it",
            "must end.",
            "",
            "Examples:",
            "  harmony grammar export --to gbnf --tools tools.json --tool-choice required",
            "  harmony grammar export --to lark --request request.json",
        })
final class GrammarExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private GrammarOption source;

    @Option(
            names = "--to",
            paramLabel = "FORM",
            required = true,
            description = {
                "lark: for llguidance. structural_tag: for xgrammar. gbnf: for llama.cpp.",
                "regex: the answer's JSON alone, as a regular expression.",
            })
    private ExportFormat format;

    @Override
    public Integer call() throws IOException {
        GrammarExport export = source.grammar().export(format);
        PrintWriter out = spec.commandLine().getOut();
        out.println(export.text().stripTrailing());
        out.flush();
        source.note(export.notes());
        spec.commandLine()
                .getErr()
                .println("harmony: note: stop tokens: "
                        + export.stopTokens().stream().map(String::valueOf).collect(Collectors.joining(", ")));
        return 0;
    }
}
