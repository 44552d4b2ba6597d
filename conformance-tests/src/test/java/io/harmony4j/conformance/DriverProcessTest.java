package io.harmony4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.harmony4j.conformance.BrokenDriver.Fault;
import io.harmony4j.conformance.Report.Result;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A broken driver, which is a real process, is judged by what is broken in it and by nothing else. */
class DriverProcessTest {
    /** Far more than any answer takes. */
    private static final Duration PATIENT = Duration.ofMinutes(2);

    /** More than an answer to a short text takes, also where much else runs. */
    private static final Duration IMPATIENT = Duration.ofSeconds(4);

    private static final int COUNT = 100;
    private static final int POISONED = 42;

    /** Vectors for a hundred texts, one of which is poison. */
    private static Suite texts() {
        return new Suite(
                "texts",
                IntStream.range(0, COUNT)
                        .mapToObj(i -> tokenize(i, i == POISONED ? BrokenDriver.POISON : "text " + i))
                        .toList());
    }

    private static TestVector tokenize(int number, String text) {
        JsonObject expected = new Driver()
                .answer(JsonObject.builder()
                        .put("cmd", "tokenize")
                        .put("text", text)
                        .build());
        return vector("{\"id\":\"text-" + number
                + "\",\"description\":\"a text\",\"level\":\"MUST\",\"source\":\"here\",\"given\":"
                + "{\"cmd\":\"tokenize\",\"text\":\"" + text + "\"},\"expect\":" + expected + "}");
    }

    private static TestVector vector(String json) {
        return TestVector.of("tokenizer", Json.parse(json));
    }

    private static Report run(Fault fault, Suite suite, Duration limit) {
        try (Implementation driver = DriverProcess.of(BrokenDriver.command(fault), limit, PATIENT)) {
            return new Runner(driver).run(suite, suite.vectors(), Set.of(), (result, done, total) -> {});
        }
    }

    private static List<Result> wrong(Report report) {
        return report.results().stream()
                .filter(result -> result.verdict() != Verdict.PASS)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "ANSWERS_OUT_OF_ORDER", "ANSWERS_TWICE", "ANSWERS_MORE_THAN_ASKED"})
    void whatTheProtocolAllowsIsRight(Fault fault) {
        Report report = run(fault, texts(), PATIENT);

        assertThat(wrong(report)).isEmpty();
        assertThat(report.results()).hasSize(COUNT);
    }

    @ParameterizedTest
    @CsvSource({
        "CRASHES, ended with exit code 3; standard error ends in: segmentation fault",
        "CRASHES_AFTER_ANSWERING, ended with exit code 5",
        "PRINTS_GARBAGE, expected an answer on a line but found: DEBUG: {\"seq\"",
        "PRINTS_GARBAGE_AFTER_ANSWERING, expected an answer on a line but found: done.",
        "PRINTS_WITHOUT_END, expected an answer on a line but found: a line of more than",
        "CLOSES_OUTPUT, closed its standard output",
        "ANSWERS_WHAT_NOBODY_ASKED, expected the seq of a request but found 987654321",
        "ANSWERS_WITH_A_HUGE_SEQ, expected the seq of a request but found 18446744073709551617",
        "ANSWERS_WITHOUT_END, expected an answer on a line but found: {\"seq\":1,\"tokens\":[",
    })
    void whatIsNoAnswerIsAnErrorOfTheRequestThatBroughtIt(Fault fault, String reason) {
        Report report = run(fault, texts(), PATIENT);

        assertThat(wrong(report)).singleElement().satisfies(result -> {
            assertThat(result.id()).isEqualTo("text-" + POISONED);
            assertThat(result.verdict()).isEqualTo(Verdict.ERROR);
            assertThat(result.reason()).startsWith(reason);
            assertThat(result.actual().isNull()).isTrue();
        });
        assertThat(report.log()).anySatisfy(line -> assertThat(line).startsWith(reason));
    }

    @Test
    void silenceIsAnErrorOfTheRequestThatBroughtIt() {
        Report report = run(Fault.HANGS, texts(), IMPATIENT);

        assertThat(wrong(report)).singleElement().satisfies(result -> {
            assertThat(result.id()).isEqualTo("text-" + POISONED);
            assertThat(result.verdict()).isEqualTo(Verdict.ERROR);
            assertThat(result.reason()).isEqualTo("no answer within 4000 ms");
        });
    }

    @Test
    void commandThatIsAlwaysMetWithSilenceIsNotAskedForever() {
        List<TestVector> vectors = new ArrayList<>(texts().vectors());
        vectors.remove(POISONED);
        for (int i = 0; i < 30; i++) {
            vectors.add(
                    30,
                    vector(
                            "{\"id\":\"poison-" + i
                                    + "\",\"description\":\"poison\",\"level\":\"MUST\",\"source\":\"here\","
                                    + "\"given\":{\"cmd\":\"detokenize\",\"tokens\":[],\"poison\":1},\"expect\":{\"text\":\"\"}}"));
        }
        Report report = run(Fault.HANGS, new Suite("texts", vectors), Duration.ofSeconds(2));

        assertThat(wrong(report))
                .hasSize(30)
                .allMatch(result -> result.id().startsWith("poison-") && result.verdict() == Verdict.ERROR)
                .anyMatch(result -> result.reason().equals("not asked: detokenize has failed too often in a row"));
    }

    @Test
    void droppedRecipientsFailWhereThereIsOne() {
        Suite suite = Vectors.SUITE;
        List<TestVector> vectors = suite.vectors().stream()
                .filter(vector -> vector.category().startsWith("parse")
                        && vector.expectation().expect().has("messages"))
                .toList();
        Report report;
        try (Implementation driver = DriverProcess.of(BrokenDriver.command(Fault.DROPS_RECIPIENTS), PATIENT, PATIENT)) {
            report = new Runner(driver).run(suite, vectors, Set.of(), (result, done, total) -> {});
        }

        assertThat(report.results())
                .hasSizeGreaterThan(100)
                .allSatisfy(result -> assertThat(result.verdict())
                        .as(result.id())
                        .isEqualTo(hasRecipient(result.expected()) ? Verdict.FAIL : Verdict.PASS));
        assertThat(report.failures())
                .hasSizeGreaterThan(10)
                .allMatch(result -> result.reason().contains("recipient"));
        assertThat(report.labels()).isEmpty();
    }

    private static boolean hasRecipient(JsonValue value) {
        return !value.get("recipient").isNull()
                || Stream.concat(value.elements().stream(), value.members().values().stream())
                        .anyMatch(DriverProcessTest::hasRecipient);
    }

    @Test
    void swappedTokensFailWhereOneOfThemIs() {
        Suite suite = Vectors.SUITE;
        List<TestVector> vectors = suite.vectors().stream()
                .filter(vector -> vector.category().startsWith("render"))
                .toList();
        Report report;
        try (Implementation driver = DriverProcess.of(BrokenDriver.command(Fault.SWAPS_TOKENS), PATIENT, PATIENT)) {
            report = new Runner(driver).run(suite, vectors, Set.of(), (result, done, total) -> {});
        }

        assertThat(report.results()).hasSizeGreaterThan(100).allSatisfy(result -> {
            String tokens = result.expected().get("tokens").toString();
            boolean isHit = tokens.contains("200007") || tokens.contains("200012");
            assertThat(result.verdict()).as(result.id()).isEqualTo(isHit ? Verdict.FAIL : Verdict.PASS);
        });
        assertThat(report.failures())
                .hasSizeGreaterThan(100)
                .allMatch(result -> result.reason().contains("200012"));
    }

    @Test
    void floodOfStandardErrorIsNoFaultAndKeptInPart() {
        Report report = run(Fault.FLOODS_STANDARD_ERROR, texts(), PATIENT);

        assertThat(wrong(report)).isEmpty();
        assertThat(report.log())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("standard error, ")
                        .endsWith("number 99999")
                        .hasSizeLessThan(10_000));
    }

    @Test
    void driverThatEndsAtOnceIsRefusedWithWhatItSaid() {
        assertThatThrownBy(() -> run(Fault.CRASHES_AT_START, texts(), PATIENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a driver that says hello but found: ended with exit code 4;"
                        + " standard error ends in: no model here");
    }

    @Test
    void driverThatGreetsPeopleIsRefused() {
        assertThatThrownBy(() -> run(Fault.GREETS_PEOPLE, texts(), PATIENT))
                .hasMessageContaining("expected an answer on a line but found: Loading, please wait");
    }

    @Test
    void driverThatDoesNotSayHelloIsRefused() {
        try (Implementation driver =
                DriverProcess.of(BrokenDriver.command(Fault.HANGS_AT_START), IMPATIENT, IMPATIENT)) {
            assertThatThrownBy(() -> new Runner(driver))
                    .hasMessage("expected a driver that says hello but found: no answer within 4000 ms");
        }
    }

    @Test
    void timeLimitIsAlsoThatOfHello() {
        String command = BrokenDriver.command(Fault.HANGS_AT_START).stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        try (Implementation driver = DriverProcess.of(command, Duration.ofMillis(300))) {
            assertThatThrownBy(() -> new Runner(driver))
                    .hasMessage("expected a driver that says hello but found: no answer within 300 ms");
        }
    }

    @Test
    void timeLimitMayBeForever() {
        try (Implementation driver = DriverProcess.of(
                BrokenDriver.command(Fault.NONE),
                Duration.ofSeconds(Long.MAX_VALUE),
                Duration.ofSeconds(Long.MAX_VALUE))) {
            assertThat(new Runner(driver).identity().name()).isEqualTo("Harmony4J");
        }
    }

    @Test
    void programThatSendsBackWhatItGetsDoesNotAnswerHello() {
        try (Implementation driver = DriverProcess.of(BrokenDriver.command(Fault.ECHOES), PATIENT, PATIENT)) {
            assertThatThrownBy(() -> new Runner(driver))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "expected a driver that says what it is but found one that does not answer hello: it sends"
                                    + " back the request {\"cmd\":\"hello\",\"protocol\":1}; the fields of the answer are protocol,"
                                    + " implementation and capabilities");
        }
    }

    /** It is asked again, and answers all then; but its user's requests are not asked again. */
    @Test
    void driverThatCrashesNowAndThenEarnsNothing() {
        Suite suite = new Suite(
                "texts",
                IntStream.range(0, 600).mapToObj(i -> tokenize(i, "text " + i)).toList());
        Report steady = run(Fault.NONE, suite, PATIENT);
        Report unsteady = run(Fault.CRASHES_NOW_AND_THEN, suite, PATIENT);

        assertThat(steady.labels()).containsExactly(Label.CORE);
        assertThat(steady.crashes()).isZero();
        assertThat(wrong(unsteady)).isEmpty();
        assertThat(unsteady.labels()).isEmpty();
        assertThat(unsteady.crashes()).isGreaterThanOrEqualTo(3);
    }

    /** Whether it ends when it is told to, or crashes, also before anybody could look at what it had started. */
    @ParameterizedTest
    @CsvSource({"LEAVES_A_CHILD, hello", "LEAVES_A_CHILD, poison", "CRASHES_AT_START_AND_LEAVES_A_CHILD, hello"})
    void whatADriverLeavesBehindIsEnded(Fault fault, String text) {
        assumeTrue(
                fault == Fault.LEAVES_A_CHILD || Files.isDirectory(Path.of("/proc")),
                "what a process has started is not known after its end");
        List<String> log;
        try (Implementation driver = DriverProcess.of(BrokenDriver.command(fault), PATIENT, PATIENT)) {
            driver.ask(tokenize(0, text).request()).join();
            log = driver.log();
        }
        long child = log.stream()
                .flatMap(line -> Pattern.compile(BrokenDriver.CHILD + "(\\d+)")
                        .matcher(line)
                        .results())
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .findFirst()
                .orElseThrow();

        ProcessHandle.of(child).ifPresent(left -> assertThat(left.onExit()).succeedsWithin(Duration.ofSeconds(20)));
    }

    @Test
    void inputOfADriverThatDoesNotKnowStopEnds() throws InterruptedException {
        Implementation driver = DriverProcess.of(BrokenDriver.command(Fault.DOES_NOT_STOP), PATIENT, PATIENT);
        try (driver) {
            new Runner(driver);
        }
        for (int i = 0; i < 1000 && driver.log().isEmpty(); i++) {
            Thread.sleep(10); // what it said last is still being read
        }

        assertThat(driver.log())
                .singleElement()
                .satisfies(line -> assertThat(line).endsWith(BrokenDriver.NO_MORE_INPUT));
    }

    @Test
    void programThatIsNotThereIsRefused() {
        try (Implementation driver = DriverProcess.of("no-such-program-anywhere", PATIENT)) {
            assertThatThrownBy(() -> new Runner(driver))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected a driver that can be started but found")
                    .hasMessageContaining("no-such-program-anywhere");
        }
    }

    @Test
    void processThatHangsDoesNotOutliveItsDriver() {
        Set<ProcessHandle> before =
                Set.copyOf(ProcessHandle.current().children().toList());
        Implementation driver = DriverProcess.of(BrokenDriver.command(Fault.HANGS), PATIENT, PATIENT);
        new Runner(driver);
        var answer = driver.ask(tokenize(0, BrokenDriver.POISON).request());
        List<ProcessHandle> started = ProcessHandle.current()
                .children()
                .filter(process -> !before.contains(process))
                .toList();
        driver.close();

        assertThat(started)
                .singleElement()
                .satisfies(process -> assertThat(process.onExit()).succeedsWithin(PATIENT));
        assertThat(answer.join().failure()).isEqualTo("the driver has been closed");
        assertThat(driver.ask(tokenize(0, "late").request()).join().failure()).isEqualTo("the driver has been closed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "node driver.js # [node, driver.js]",
                "  a   b\tc  # [a, b, c]",
                "python3 'my driver.py' \"--name=a b\" # [python3, my driver.py, --name=a b]",
                "a '' # [a, ]",
                "a'b c'd # [ab cd]",
            })
    void commandsAreDividedAtSpaces(String line, String words) {
        assertThat(CommandWords.of(line)).hasToString(words);
    }

    @Test
    void commandsMustBeWhole() {
        assertThatThrownBy(() -> CommandWords.of(" ")).hasMessage("expected the command of a driver but found nothing");
        assertThatThrownBy(() -> CommandWords.of("a 'b")).hasMessage("expected a second ' but found none in: a 'b");
    }
}
