package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetCommandTest {
    private static final String ROW = "{\"messages\":[{\"role\":\"user\",\"content\":\"One and one?\"},"
            + "{\"role\":\"assistant\",\"content\":\"Two.\",\"reasoning_content\":\"Easy.\"}]}\n";

    @TempDir
    private Path folder;

    private String rows;
    private String out;

    @BeforeEach
    void writeRows() throws IOException {
        rows = Files.writeString(folder.resolve("rows.jsonl"), ROW).toString();
        out = folder.resolve("set").toString();
    }

    private Run build(String... more) {
        return dataset("build", more);
    }

    private Run dataset(String command, String... more) {
        String[] args = new String[more.length + 4];
        args[0] = "dataset";
        args[1] = command;
        args[2] = "--date";
        args[3] = "2026-01-31";
        System.arraycopy(more, 0, args, 4, more.length);
        return Run.withInput(ROW, args);
    }

    @Test
    void aDataSetIsBuiltAndItsStatisticsArePrinted() throws IOException {
        assertThat(build(rows, "--out", out).done())
                .contains("samples")
                .contains("assistant/analysis")
                .contains("p50");

        assertThat(Files.readString(Path.of(out, "shard-00000.jsonl"))).startsWith("{\"input_ids\":[200006,");
        assertThat(Run.of("dataset", "stats", out).done())
                .isEqualTo(build("-o", out + "2").done());
        assertThat(build(rows, "--out", out).badInput()).contains("expected a folder without a data set");
        assertThat(build(rows, "--out", out, "--resume").exitCode()).isZero();
    }

    @Test
    void rejectsAreCountedAndTheExitCodeTells() throws IOException {
        Files.writeString(Path.of(rows), ROW + "[]\n");

        Run run = build(rows, "--out", out);
        assertThat(run.exitCode()).isEqualTo(Run.BAD_INPUT);
        assertThat(run.err())
                .isEqualTo("harmony: 1 rows cannot be read; " + Path.of(out, "rejects.jsonl") + " says why\n");
        assertThat(Files.readString(Path.of(out, "rejects.jsonl"))).contains("\"line\":2");
        assertThat(build(rows, "--out", out + "2", "--max-rejects", "0").badInput())
                .contains("expected at most 0 rows that cannot be read but found 1");
    }

    @Test
    void fieldsThatEndInNoMessageAreNamed() throws IOException {
        Files.writeString(Path.of(rows), ROW.replace("{\"messages\"", "{\"score\":1,\"messages\""));

        assertThat(build(rows, "--out", out).err())
                .isEqualTo("harmony: warning: " + rows
                        + ": score ends in no message; 1 rows have it, the first in line 1\n");
        assertThat(build(rows, "--out", out + "2", "--strict").exitCode()).isEqualTo(Run.BAD_INPUT);
    }

    @Test
    void optionsReachTheSamples() throws IOException {
        build(
                        "--out",
                        out,
                        "--layout",
                        "npy",
                        "--pack",
                        "128",
                        "--loss-weights",
                        "--channel-weight",
                        "analysis=0.5",
                        "--turns",
                        "per-turn",
                        "--too-long",
                        "context",
                        "--learn",
                        "last-turn",
                        "--from",
                        "header",
                        "--earlier-answers",
                        "return",
                        "--shard-tokens",
                        "100",
                        "--threads",
                        "1",
                        "--max-length",
                        "100")
                .done();

        assertThat(Files.readString(Path.of(out, "manifest.json")))
                .contains("\"layout\" : \"npy\"")
                .contains("\"pack_length\" : 128")
                .contains("turns per-turn")
                .contains("LAST_TURN")
                .contains("HEADER")
                .contains("RETURN")
                .contains("analysis=0.5")
                .contains("at most 100 tokens, longer: context");
        assertThat(Path.of(out, "shard-00000.weights.npy")).exists();
        assertThat(build("--out", out, "--layout", "parquet").err())
                .contains("expected one of jsonl, npy, megatron, megatron-bridge but found 'parquet'");
    }

    @Test
    void columnsMayBeAdded() throws IOException {
        build(rows, "--out", out, "--columns", "spans,id").done();

        assertThat(Files.readString(Path.of(out, "shard-00000.jsonl")))
                .contains(",\"id\":\"" + rows + ":1\",\"spans\":[{\"message\":0,\"start\":0,");
        assertThat(build("--out", out, "--columns", "name").err())
                .contains("expected one of id, spans but found 'name'");
        assertThat(build("--out", out, "--columns", "id", "--layout", "npy").err())
                .contains("expected --layout jsonl with --columns but found --layout npy");
    }

    @Test
    void whatOtherTrainersLearnIsMadeOfTheChatTemplate() throws IOException {
        String chat = ROW.replace("reasoning_content", "thinking");
        Files.writeString(Path.of(rows), chat);
        for (String trainer : new String[] {"trl", "unsloth"}) {
            String[] asTrainer = {rows, "--mask", trainer, "--dialect", "hf"};
            String rendered = Run.withInput(
                            chat,
                            "render",
                            "-",
                            "--from",
                            "chat",
                            "--date",
                            "2026-01-31",
                            "--dialect",
                            "hf",
                            "--mode",
                            "training",
                            "--to",
                            "json",
                            "--mask",
                            trainer)
                    .done();
            build(rows, "--mask", trainer, "--dialect", "hf", "--out", out + trainer)
                    .done();

            JsonValue row = Json.parse(Files.readString(Path.of(out + trainer, "shard-00000.jsonl")));
            assertThat(row.get("input_ids")).isEqualTo(Json.parse(rendered).get("tokens"));
            assertThat(row.get("labels")).isEqualTo(Json.parse(rendered).get("labels"));
            assertThat(dataset("show", asTrainer).done())
                    .isEqualTo(Run.of("dataset", "show", out + trainer).done());
            assertThat(dataset("stats", asTrainer).done()).contains("assistant/final");
        }
        assertThat(dataset("show", rows, "--mask", "trl").err())
                .contains("expected --dialect hf with --mask trl, which is of what the chat template writes");
        assertThat(dataset("show", rows, "--mask", "trl", "--dialect", "hf", "--analysis", "keep-all")
                        .err())
                .contains("expected no --policy with --mask trl");
    }

    @Test
    void aPolicyThatLosesThoughtsMayBeForced() throws IOException {
        Files.writeString(Path.of(rows), ROW);
        String[] dropping = {rows, "--policy", "drop-all"};

        assertThat(dataset("show", dropping).badInput()).contains("or force the policy");
        assertThat(dataset("show", rows, "--policy", "drop-all", "--force-policy")
                        .done())
                .contains("> <|channel|>final<|message|>Two.<|return|>")
                .doesNotContain("Easy.");
    }

    @Test
    void schemasThatAreShownFaithfullyAreNotLinted() throws IOException {
        Files.writeString(
                Path.of(rows),
                ROW.replace(
                        "{\"messages\"",
                        "{\"tools\":[{\"name\":\"f\",\"parameters\":{\"type\":\"object\",\"properties\":{\"a\":{\"const\":17}}}}],"
                                + "\"messages\""));

        assertThat(dataset("lint", rows).done()).contains("SCHEMA_LOSSY");
        assertThat(dataset("lint", rows, "--faithful-schemas").done()).doesNotContain("SCHEMA_LOSSY");
        assertThat(dataset("stats", rows).done()).contains("SCHEMA_LOSSY");
        assertThat(dataset("stats", rows, "--faithful-schemas").done()).doesNotContain("SCHEMA_LOSSY");
        assertThat(dataset("show", rows, "--faithful-schemas").done()).contains("a?: 17");
    }

    @Test
    void statisticsHaveThreeForms() {
        assertThat(dataset("stats", rows).done()).contains("duplicates");
        assertThat(Json.parse(dataset("stats", rows, "--to", "json").done())
                        .get("samples")
                        .toString())
                .isEqualTo("1");
        assertThat(dataset("stats", "--to", "svg").done()).startsWith("<svg").endsWith("</svg>\n");
    }

    @Test
    void lintNamesFileAndLine() throws IOException {
        Files.writeString(
                Path.of(rows),
                "\n" + ROW.replace("Two.", "Two <|end|>") + "{\"messages\":[{\"role\":\"x\",\"content\":\"\"}]}");

        Run run = dataset("lint", rows);
        assertThat(run.out()).contains(rows + ":2: warning CONTROL_TEXT /messages/3/content: ");
        assertThat(run.err()).contains(rows + ":3 /messages/0/role: ");
        assertThat(run.exitCode()).isEqualTo(Run.BAD_INPUT);
        assertThat(Json.parse(dataset("lint", rows, "--to", "json")
                                .out()
                                .lines()
                                .findFirst()
                                .orElseThrow())
                        .get("in")
                        .text())
                .isEqualTo(rows + ":2");
    }

    @Test
    void fieldsThatEndInNoMessageAreFindings() throws IOException {
        Files.writeString(Path.of(rows), """
                {"id":1,"source":"s","messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b","m":{"n":1}}]}
                {"id":1,"messages":[{"role":"assistant","content":"b","channel":"final","weight":1,"tool_calls":[],"chanel":"x"}],"source":1}
                [{"role":"assistant","content":"b","channel":"final","thinking":"x"}]
                {"text":"a","source":"s"}
                {"conversations":[{"from":"human","value":"a"},{"from":"gpt","value":"b"}],"tools":"[{\\"name\\":\\"f\\",\\"x\\":1}]"}
                """);

        assertThat(dataset("lint", rows).out().lines().filter(line -> line.contains("_FIELD")))
                .extracting(line -> line.replaceAll("^.*:(\\d+): warning (\\w+ [^:]*): .*$", "$1 $2"))
                .containsExactly(
                        "1 UNKNOWN_FIELD /source",
                        "1 UNKNOWN_FIELD /messages/1/m",
                        "2 UNKNOWN_FIELD /source",
                        "2 FOREIGN_FIELD /messages/0/tool_calls",
                        "2 MISSPELT_FIELD /messages/0/chanel",
                        "3 UNKNOWN_FIELD /0/channel",
                        "4 UNKNOWN_FIELD /source",
                        "5 UNKNOWN_FIELD /tools");
    }

    @Test
    void samplesAreShownWithWhatIsLearnt() {
        String shown = dataset("show", rows).done();
        build(rows, "--out", out);

        assertThat(shown)
                .startsWith("sample 1: ")
                .contains(
                        "  # Valid channels: analysis, commentary, final. Channel must be included for every message.<|end|>"
                                + "<|start|>user<|message|>One and one?<|end|><|start|>assistant\n"
                                + "> <|channel|>analysis<|message|>Easy.<|end|><|start|>assistant<|channel|>final<|message|>Two.<|return|>\n");
        assertThat(Run.of("dataset", "show", out).done()).isEqualTo(shown);
        assertThat(Run.of("dataset", "show", out, "--color", "always").done())
                .contains("\u001B[32m> <|channel|>analysis");
        assertThat(Run.of("dataset", "show", out, "--row", "2").badInput())
                .contains("expected --row to be one of the rows of " + out + " but found 2");
        assertThat(dataset("show", rows, "--row", "7").badInput()).contains("expected a row in line 7");
    }

    @Test
    void theDateIsRequired() {
        for (String command : new String[] {"build", "stats", "lint", "show"}) {
            Run run = command.equals("build")
                    ? Run.of("dataset", command, rows, "--out", out)
                    : Run.of("dataset", command, rows);
            assertThat(run.exitCode()).as(command).isEqualTo(Run.WRONG_USAGE);
            assertThat(run.err()).contains("--date");
        }
        assertThat(Run.of("dataset").exitCode()).isEqualTo(Run.WRONG_USAGE);
    }
}
