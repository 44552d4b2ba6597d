package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceCommandTest {
    private static final int MUST_WRONG = 3;

    /** The driver of the newcomer's path in README.md. */
    private static final String EXAMPLE = "python3 ../conformance-tests/examples/driver.py";

    private static final String STOP_ANSWER =
            "{\"stop\": [200002, 200007, 200012], \"stopForAssistantActions\": [200002, 200012]}";

    private static final String STOP_TOKENS =
            "{\"implementation\": {\"name\": name}, \"capabilities\": [\"stop_tokens\"]}"
                    + " if request[\"cmd\"] == \"hello\" else"
                    + " " + STOP_ANSWER;

    @TempDir
    private Path folder;

    private static void assumePython() {
        boolean isThere = Stream.of(System.getenv("PATH").split(System.getProperty("path.separator")))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "python3")));
        assumeTrue(isThere, "python3 is not installed, which the example needs");
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private JsonValue json(String name) throws IOException {
        return Json.parse(Files.readString(folder.resolve(name)));
    }

    @Test
    void ownLibraryIsRightInAPartOfTheSuite() throws IOException {
        String out = Run.of(
                        "conformance",
                        "run",
                        "--only",
                        "render-*,tokenizer-stop-tokens,parse-0006",
                        "--json",
                        file("a.json"))
                .done();

        assertThat(out)
                .matches("(?s)Harmony4J .*, suite 0\\.1\\.0: [\\d,]+ cases in [\\d.]+ s\n.*")
                .containsPattern("stop-tokens +1 +0 +0 +0 +0\n")
                .containsPattern("parse-canonical +1 +0 +0 +0 +0\n")
                .endsWith("Labels: none\n");
        assertThat(json("a.json").get("counts").get("FAIL").intValue()).isZero();
    }

    /** The newcomer's path: a driver of ten lines, a run, the page. */
    @Test
    void driverOfTenLinesIsJudged() throws IOException {
        assumePython();
        Run run = Run.of(
                "conformance",
                "run",
                "--driver",
                EXAMPLE,
                "--only",
                "tokenizer,tokenizer-stop-tokens,schema",
                "--json",
                file("a.json"),
                "--html",
                file("a.html"),
                "--junit",
                file("a.xml"),
                "--badge",
                file("a.svg"));

        assertThat(run.exitCode()).isEqualTo(MUST_WRONG);
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("my tokenizer 1, suite 0.1.0: ")
                .containsPattern("stop-tokens +1 +0 +0 +0 +0\n")
                .containsPattern("schema +0 +0 +0 +0 +\\d+\n")
                .containsPattern("tokenizer +[1-9]\\d* +0 +[1-9]\\d* +0 +0\n")
                .contains("FAIL MUST tokenizer-")
                .contains("more: --html FILE shows all\n");
        assertThat(json("a.json").get("implementation").get("name").text()).isEqualTo("my tokenizer");
        assertThat(Files.readString(folder.resolve("a.html")))
                .startsWith("<!DOCTYPE html>")
                .contains("my tokenizer");
        assertThat(Files.readString(folder.resolve("a.xml"))).contains("<testsuite name=\"tokenizer\"");
        assertThat(Files.readString(folder.resolve("a.svg"))).startsWith("<svg");
    }

    @Test
    void onlyRegressionsCountAgainstABaseline() throws IOException {
        assumePython();
        String only = "tokenizer-1280,tokenizer-1285,tokenizer-stop-tokens";
        Run.of("conformance", "run", "--driver", EXAMPLE, "--only", only, "--json", file("known.json"));
        String same = Run.of(
                        "conformance", "run", "--driver", EXAMPLE, "--only", only, "--baseline", file("known.json"))
                .done();
        Run.of("conformance", "run", "--only", only, "--json", file("good.json"))
                .done();
        Run worse = Run.of("conformance", "run", "--driver", EXAMPLE, "--only", only, "--baseline", file("good.json"));

        assertThat(same).contains("Regressions since " + file("known.json") + ": 0\n");
        assertThat(worse.exitCode()).isEqualTo(MUST_WRONG);
        assertThat(worse.out())
                .contains("FAIL MUST tokenizer-1285: ")
                .contains("Regressions since " + file("good.json") + ": 1\n");
    }

    @Test
    void whatIsSkippedOrLessBindingIsNotAsked() throws IOException {
        assumePython();
        Path skip = Files.writeString(folder.resolve("skip"), "# known\ntokenizer-1285 # an issue\n\n");
        String out = Run.of(
                        "conformance",
                        "run",
                        "--driver",
                        EXAMPLE,
                        "--only",
                        "tokenizer-1280,tokenizer-1285,recover-*",
                        "--level",
                        "MUST",
                        "--skip",
                        skip.toString(),
                        "--json",
                        file("a.json"))
                .done();

        assertThat(out).containsPattern("tokenizer +1 +0 +0 +0 +1\n");
        assertThat(json("a.json").get("results").elements())
                .extracting(result -> result.get("level").text())
                .containsOnly("MUST");
    }

    /** Returns the command of a driver in Python whose answers are what an expression makes of a request. */
    private String driver(String name, String setup, String answer) throws IOException {
        assumePython();
        Path program = Files.writeString(
                folder.resolve(name + ".py"),
                "import json, os, sys\n" + setup
                        + "\nfor line in sys.stdin:\n    request = json.loads(line)\n    answer = " + answer
                        + "\n    print(json.dumps({\"seq\": request[\"seq\"], **answer}), flush=True)\n");
        return "python3 '" + program + "'";
    }

    @Test
    void outputIsCheckedBeforeTheRun() throws IOException {
        String driver = driver("d", "name = ''; open('" + file("started") + "', 'w')", STOP_TOKENS);

        for (String option : List.of("--json", "--junit", "--badge", "--html")) {
            assertThat(Run.of("conformance", "run", "--driver", driver, option, file("none/a"))
                            .badInput())
                    .isEqualTo("expected a folder to write a into but found none at " + file("none"));
        }
        assertThat(Run.of("conformance", "report", file("none.json"), "--html", file("none/a"))
                        .badInput())
                .startsWith("expected a folder to write a into");
        assertThat(Run.of("conformance", "fuzz", "--against", driver, "--out", file("d.py"))
                        .badInput())
                .startsWith("expected a folder that can be written but found " + file("d.py"));
        assertThat(Run.of("conformance", "peers", "--work", file("work"), "--markdown", file("none/a"))
                        .badInput())
                .startsWith("expected a folder to write a into");
        assertThat(folder.resolve("started")).doesNotExist();
    }

    @Test
    void nameOfADriverCannotChangeTheTerminal() throws IOException {
        String driver =
                driver("d", "name = '\\x1b[2J\\x1b]0;owned\\x07\\r\\n\\u202e\\x9b31m' + 'x' * 100000", STOP_TOKENS);
        String out = Run.of("conformance", "run", "--driver", driver, "--only", "tokenizer-stop-tokens")
                .done();

        assertThat(out)
                .startsWith("␛[2J␛]0;owned␇␍\\n\uFFFD\uFFFD31mxxx")
                .hasSizeLessThan(2000)
                .doesNotContain("\u001B", "\u0007", "\r", "\u202E", "\u009B");
    }

    /** It crashes once, and is right when it is asked again. */
    @Test
    void driverThatCrashesNowAndThenIsNotDone() throws IOException {
        String once = "def once(request):\n    if not os.path.exists('" + file("crashed") + "'):\n        open('"
                + file("crashed") + "', 'w')\n        os._exit(5)\n    return " + STOP_ANSWER;
        String driver = driver("d", once, "{\"capabilities\": []} if request[\"cmd\"] == \"hello\" else once(request)");
        Run run = Run.of(
                "conformance", "run", "--driver", driver, "--only", "tokenizer-stop-tokens", "--json", file("a.json"));
        Files.delete(folder.resolve("crashed"));
        Run known = Run.of(
                "conformance",
                "run",
                "--driver",
                driver,
                "--only",
                "tokenizer-stop-tokens",
                "--baseline",
                file("a.json"));

        assertThat(run.exitCode()).isEqualTo(MUST_WRONG);
        assertThat(run.out())
                .containsPattern("stop-tokens +1 +0 +0 +0 +0\n")
                .contains("Crashes, silences and lines that are no answer: 1; the driver earns no label")
                .contains("Driver: ended with exit code 5\n")
                .endsWith("Labels: none\n");
        assertThat(json("a.json").get("crashes").intValue()).isOne();
        assertThat(known.exitCode()).isEqualTo(Run.DONE);
    }

    @Test
    void runOfSkippedCasesIsNotDone() throws IOException {
        String driver = driver(
                "d",
                "name = 'd'",
                "{\"implementation\": {\"name\": name}, \"capabilities\": [\"stop_tokens\"]}"
                        + " if request[\"cmd\"] == \"hello\" else {\"skipped\": \"not \\x1b today\"}");
        Run run = Run.of(
                "conformance", "run", "--driver", driver, "--badge", file("a.svg"), "--only", "stop-tokens,schema");

        assertThat(run.exitCode()).isEqualTo(Run.BAD_INPUT);
        assertThat(run.out())
                .contains(
                        "\nSkipped: 313 not offered: schema; 26 not offered: parse; 3 not offered: stream; 1 not ␛ today\n");
        assertThat(run.err())
                .isEqualTo("harmony: expected a driver that answers some of the cases but all 343 were skipped: "
                        + "313 not offered: schema; 26 not offered: parse; 3 not offered: stream; 1 not ␛ today\n");
        assertThat(Files.readString(folder.resolve("a.svg"))).contains("nothing tested");
        assertThat(Run.of("conformance", "fuzz", "--against", driver, "--cases", "1", "--out", file("found"))
                        .badInput())
                .startsWith("expected drivers that both offer one of");
    }

    @Test
    void questionsThatNobodyAnswersAreNoAgreement() throws IOException {
        String driver = driver(
                "d",
                "name = 'd'",
                "{\"capabilities\": [\"tokenize\"]}"
                        + " if request[\"cmd\"] == \"hello\" else {\"skipped\": \"not today\"}");

        Run run = Run.of("conformance", "fuzz", "--against", driver, "--cases", "1", "--out", file("found"));

        assertThat(run.exitCode()).isEqualTo(Run.BAD_INPUT);
        assertThat(run.err()).contains("none of 128 was answered by both");
    }

    @Test
    void severalReportsMakeOnePage() throws IOException {
        Run.of("conformance", "run", "--only", "schema", "--json", file("a.json"))
                .done();
        Run.of("conformance", "run", "--only", "stop-tokens", "--json", file("b.json"))
                .done();
        Run.of("conformance", "report", file("a.json"), file("b.json"), "--html", file("m.html"))
                .done();

        String page = Files.readString(folder.resolve("m.html"));
        assertThat(page.split("\"name\":\"Harmony4J\"")).hasSize(3);
        assertThat(page).contains("\"category\":\"stop-tokens\"").contains("\"category\":\"schema\"");
    }

    @Test
    void disagreementsAreWrittenAsVectorsThatCanBeRun() {
        assumePython();
        Run fuzz = Run.of(
                "conformance",
                "fuzz",
                "--against",
                EXAMPLE,
                "--cases",
                "200",
                "--seed",
                "5",
                "--max",
                "3",
                "--out",
                file("found"));
        Path vectors = folder.resolve("found/fuzz-5-tokenizer.json");

        assertThat(fuzz.exitCode()).isEqualTo(MUST_WRONG);
        assertThat(fuzz.err()).isEmpty();
        assertThat(fuzz.out())
                .startsWith("256 questions, seed 5: ")
                .contains("tokenizer: tokens")
                .endsWith("Written: " + vectors + "\n");
        assertThat(Run.of("conformance", "run", "--vectors", vectors.toString()).done())
                .contains("suite fuzz-5-tokenizer.json: 3 cases")
                .endsWith("Labels: none\n");
        assertThat(Run.of("conformance", "run", "--vectors", vectors.toString(), "--driver", EXAMPLE)
                        .exitCode())
                .isEqualTo(MUST_WRONG);
    }

    @Test
    void wrongInputIsExplained() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "no JSON");

        assertThat(Run.of("conformance", "run", "--driver", "no-such-program").badInput())
                .startsWith("expected a driver that can be started but found: ")
                .contains("no-such-program");
        assertThat(Run.of("conformance", "run", "--driver", "echo hello").badInput())
                .startsWith(
                        "expected a driver that says hello but found: expected an answer on a line but found: hello");
        assertThat(Run.of("conformance", "run", "--driver", "cat").badInput())
                .contains("does not answer hello: it sends back the request");
        assertThat(Run.of("conformance", "run", "--driver", "sleep 60", "--timeout", "0.2")
                        .badInput())
                .isEqualTo("expected a driver that says hello but found: no answer within 200 ms");
        assertThat(Run.of("conformance", "run", "--driver", "a 'b").badInput()).contains("expected a second '");
        assertThat(Run.of("conformance", "run", "--timeout", "0", "--driver", "cat")
                        .badInput())
                .startsWith("expected a time limit above 0");
        assertThat(Run.of("conformance", "run", "--baseline", text.toString()).badInput())
                .startsWith(text + ": expected a report in JSON");
        assertThat(Run.of("conformance", "run", "--vectors", text.toString()).badInput())
                .startsWith(text + ": expected a file of vectors in JSON");
        assertThat(Run.of("conformance", "run", "--skip", file("none")).badInput())
                .isEqualTo("expected a file or folder but found none at " + file("none"));
        assertThat(Run.of("conformance", "report", text.toString(), "--html", file("a.html"))
                        .badInput())
                .startsWith(text + ": expected a report in JSON");
        assertThat(Run.of("conformance", "run", "--only", "nothing").exitCode()).isEqualTo(Run.WRONG_USAGE);
        assertThat(Run.of("conformance", "fuzz", "--against", "a", "--cases", "1", "--seconds", "1")
                        .exitCode())
                .isEqualTo(Run.WRONG_USAGE);
        assertThat(Run.of("conformance").err()).contains("Missing required subcommand");
    }
}
