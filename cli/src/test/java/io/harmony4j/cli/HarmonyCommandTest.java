package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What all commands have in common. */
class HarmonyCommandTest {
    private static final int TERMINAL_WIDTH = 80;

    @TempDir
    private Path folder;

    static List<String> commands() {
        return List.of(
                "",
                "demo",
                "render",
                "convert",
                "parse",
                "tokenize",
                "decode",
                "count",
                "driver",
                "generate",
                "grammar",
                "grammar export",
                "grammar check",
                "grammar explain",
                "chat",
                "mcp",
                "lint",
                "compact",
                "dataset",
                "dataset build",
                "dataset stats",
                "dataset lint",
                "dataset show",
                "import",
                "model",
                "model info",
                "model logits",
                "model synth",
                "eval",
                "eval tiny",
                "conformance",
                "conformance run",
                "conformance report",
                "conformance fuzz",
                "conformance peers",
                "bench",
                "bench tokenizer",
                "bench differential",
                "bench engine",
                "bench dataset",
                "bench grammar");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpHasExamplesAndFitsTheTerminal(String command) {
        String help = Run.of((command + " --help").strip().split(" ")).done();

        assertThat(help).startsWith("Usage: harmony").containsPattern("Examples?:\n  .*harmony " + command);
        assertThat(help.lines()).allMatch(line -> line.length() <= TERMINAL_WIDTH);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandKnowsTheVersion(String command) {
        assertThat(Run.of((command + " --version").strip().split(" ")).done())
                .matches("harmony \\S.*, Java " + Runtime.version().feature() + ".*\n");
    }

    @Test
    void withoutACommandTheUsageIsShown() {
        Run run = Run.of();

        assertThat(run.exitCode()).isEqualTo(Run.WRONG_USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("Usage: harmony");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "grammar                      # Missing required subcommand",
                "grammar export               # Missing required option: '--to=FORM'",
                "grammar export --to xml      # expected one of lark, structural_tag, gbnf, regex but found 'xml'",
                "grammar check --white-space no # expected one of compact, spaced, flexible but found 'no'",
                "grammar check --schema a.json --tools b.json # expected one of --schema, --request and --tools",
                "tokenise                     # Unmatched argument at index 0: 'tokenise'",
                "render                       # Missing required parameter: 'FILE'",
                "render a.json b.json         # Unmatched argument at index 2: 'b.json'",
                "render a.json --role robot   # expected a role (user, assistant, system, developer, tool) but found",
                "render a.json --to xml       # expected one of [ids, text, json]",
                "render a.json --mode chat    # expected one of [completion, conversation, training]",
                "render a.json --to           # Missing required parameter for option '--to'",
                "render a.json --from xml     # expected one of [auto, harmony, chat, responses]",
                "render a.json --date today   # Invalid value for option '--date'",
                "convert a.json               # Missing required option: '--to=FORM'",
                "convert --to xml             # expected one of [chat, responses, harmony, prompt]",
                "convert --to prompt --model m # expected --to chat or --to responses with --model but found --to prompt",
                "convert --to chat --analysis hf # expected an analysis policy",
                "parse --role robot           # developer, tool) but found \"robot\"; or none",
                "parse --from xml             # expected one of [auto, ids, text]",
                "parse --loose                # Unknown option: '--loose'",
                "tokenize a.txt --text b      # expected either FILE or --text but found both",
                "tokenize --special <|begin|> # but found \"<|begin|>\"",
                "tokenize --special all,none  # but found \"all\"",
                "tokenize --to xml            # expected one of [ids, colors, json]",
                "decode 1 --file ids.txt      # expected either ids or --file but found both",
                "count --field text           # expected --jsonl with --field and --lines",
                "count --lines a.jsonl        # expected --jsonl with --field and --lines",
                "count --analysis keep-all    # expected --jsonl with --analysis and --keep-analysis",
                "count --keep-analysis a.txt  # expected --jsonl with --analysis and --keep-analysis",
                "count --jsonl --field text --from chat # expected either --field or --from but found both",
                "count --jsonl --analysis hf  # expected an analysis policy (reference, since-last-final, keep-all,"
                        + " current-turn, drop-all) but found \"hf\"",
                "render a.json --analysis Drop-all # expected an analysis policy (reference, since-last-final, keep-all,"
                        + " current-turn, drop-all) but found \"Drop-all\"",
                "render a.json --keep-analysis --analysis drop-all # expected --analysis keep-all with --keep-analysis"
                        + " but found --analysis drop-all",
                "demo a                       # Unmatched argument at index 1: 'a'",
                "lint --to xml                # expected one of [text, json]",
                "lint --fail-on all           # expected one of [error, warning, info]",
                "lint --purpose fun           # expected one of [prompt, training]",
                "compact a.json               # Missing required option: '--budget=TOKENS'",
                "compact --budget 0           # expected a budget of at least 1 token but found 0",
                "compact --budget 9 --low 2   # expected a fraction above 0 and up to 1 but found 2.0",
                "compact --budget 9 --keep-results -1 # expected at least 0 results to keep but found -1",
                "compact --budget 9 --head-tail 5 # expected two numbers with --head-tail, as in 100,50, but found [5]",
                "compact --budget 9 --head-tail 5,-1 # expected at least 0 tokens of a result's end but found -1",
                "compact --budget 9 --report xml # expected one of [text, json, none]",
                "count --faithful-schemas a.txt # expected --jsonl with --faithful-schemas, or --from",
                "import a.jsonl               # Missing required option: '--date=YYYY-MM-DD'",
                "import --date 2026-01-31 --shape xml # expected a shape of rows (harmony, hf-thinking, chat, prompt-completion,"
                        + " sharegpt, alpaca, responses, text) but found \"xml\"",
                "mcp a                        # Unmatched argument at index 1: 'a'",
                "driver a                     # Unmatched argument at index 1: 'a'",
                "bench                        # Missing required subcommand",
                "bench tokenizer              # Missing required option: '--corpora=DIR'",
                "bench tokenizer --corpora . --seconds 0 # expected --seconds above 0 but found 0.0",
                "bench tokenizer --corpora . --sections encode,fly # expected one of [ENCODE, WHOLE, UNSEEN,",
                "bench tokenizer --corpora . --peer quicktok # expected NAME=COMMAND but found \"quicktok\"",
                "bench differential --megabytes 0 # expected --megabytes above 0 but found 0.0",
            })
    void wrongUsageIsExplainedInALineAndPointsToTheHelp(String args, String expected) {
        Run run = Run.of(args.split(" "));

        assertThat(run.exitCode()).isEqualTo(Run.WRONG_USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines().findFirst())
                .hasValueSatisfying(
                        line -> assertThat(line).startsWith("harmony: ").contains(expected));
        assertThat(run.err()).containsPattern("\nTry 'harmony.* --help'.\n$");
        assertThat(run.err().lines()).hasSizeLessThanOrEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "render",
                "convert --to chat",
                "parse",
                "tokenize",
                "decode --file",
                "count",
                "lint",
                "compact --budget 9",
                "lint --jsonl",
                "import --date 2026-01-31",
                "count --jsonl",
                "count --from chat"
            })
    void missingFileIsBadInput(String command) {
        String name = folder.resolve("none").toString();

        assertThat(Run.of((command + " " + name).split(" ")).badInput())
                .isEqualTo("expected a file or folder but found none at " + name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "render",
                "convert --to chat",
                "parse",
                "tokenize",
                "decode --file",
                "count",
                "lint",
                "compact --budget 9",
                "lint --jsonl",
                "import --date 2026-01-31",
                "count --jsonl",
                "count --from chat"
            })
    void folderIsBadInput(String command) {
        assertThat(Run.of((command + " " + folder).split(" ")).badInput())
                .isEqualTo("expected a file but found a directory at " + folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "render",
                "convert --to chat",
                "parse",
                "tokenize",
                "decode --file",
                "count",
                "lint",
                "compact --budget 9",
                "lint --jsonl",
                "import --date 2026-01-31",
                "count --jsonl",
                "count --from chat"
            })
    void unreadableFileIsBadInput(String command) throws IOException {
        File file = Files.createFile(folder.resolve("secret")).toFile();
        assumeTrue(file.setReadable(false));
        assumeFalse(file.canRead(), "this user may read everything");

        assertThat(Run.of((command + " " + file).split(" ")).badInput())
                .isEqualTo("expected a readable file but may not read " + file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "render",
                "convert --to chat",
                "parse",
                "tokenize",
                "tokenize --to json",
                "count",
                "lint",
                "compact --budget 9",
                "lint --jsonl",
                "import --date 2026-01-31",
                "count --jsonl",
                "count --from chat"
            })
    void bytesThatAreNotUtf8AreBadInput(String command) throws IOException {
        Path file = Files.write(folder.resolve("latin1"), new byte[] {'G', 'r', (byte) 0xFC, '\n'});

        assertThat(Run.of((command + " " + file).split(" ")).badInput())
                .isEqualTo(file + ": expected UTF-8 but found byte FC at byte offset 2");
    }

    @Test
    void argumentsAreWhatTheySay() throws IOException {
        Path file = Files.writeString(folder.resolve("arguments"), "--to");

        assertThat(Run.of("tokenize", "--to", "json", "--text", "@" + file).done())
                .contains("\"text\":\"@" + file);
        assertThat(Run.of("tokenize", "--to", "json", "--text", "--help").done())
                .contains("\"text\":\"--help\"");
        assertThat(Run.of("tokenize", "--to", "json", "--text", "\"quoted\"").done())
                .contains("\"text\":\"\\\"quoted\\\"\"");
    }

    @Test
    void namesOfFormsMayBeInUpperCase() {
        assertThat(Run.of("tokenize", "--text", "Hello", "--to", "IDS").done()).isEqualTo("13225\n");
    }

    /** Making a command takes time, by reflection. */
    @Test
    void aCommandIsMadeWithoutTheOthers() {
        Set<String> names = HarmonyCommand.commandLine().getSubcommands().keySet();

        assertThat(names).contains("tokenize", "bench").hasSizeGreaterThan(20);
        for (String name : names) {
            assertThat(HarmonyCommand.commandLine(name, "--help").getSubcommands())
                    .as(name)
                    .containsOnlyKeys(name);
            assertThat(Run.of(name, "--help").done()).startsWith("Usage: harmony " + name);
        }
        assertThat(HarmonyCommand.commandLine("--version").getSubcommands()).isEmpty();
    }
}
