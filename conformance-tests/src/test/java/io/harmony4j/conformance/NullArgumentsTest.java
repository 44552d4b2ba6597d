package io.harmony4j.conformance;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.conformance.Expectation.Alternative;
import io.harmony4j.conformance.Expectation.Kept;
import io.harmony4j.conformance.Expectation.Never;
import io.harmony4j.conformance.Report.Identity;
import io.harmony4j.conformance.Report.Result;
import io.harmony4j.conformance.TestVector.Level;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** An argument that is null is refused where it is given, by its name. */
@SuppressWarnings("NullAway") // that is the point
class NullArgumentsTest {
    private static final Never NEVER = new Never(false, false, List.of());
    private static final Expectation EXPECTATION = new Expectation(JsonObject.EMPTY, List.of(), Map.of(), NEVER);
    private static final Implementation OWN = Implementation.harmony4j();
    private static final Suite SUITE = new Suite("1", List.of());
    private static final Report REPORT =
            new Report("1", "", new Identity("", "", "", ""), List.of(), List.of(), List.of(), 0);

    /** A record, with arguments that will do, and the names of those that may not be null. */
    private record Made(Class<? extends Record> type, List<Object> arguments, String names) {}

    @TestFactory
    Stream<DynamicTest> componentIsRefusedByItsName() {
        JsonValue none = JsonValue.ofNull();
        return Stream.of(
                        new Made(Suite.class, List.of("1", List.of()), "version vectors"),
                        new Made(
                                TestVector.class,
                                List.of(
                                        "a",
                                        "b",
                                        "c",
                                        Level.MUST,
                                        "d",
                                        List.of(),
                                        JsonObject.EMPTY,
                                        TestVector.Every.SPLIT,
                                        EXPECTATION),
                                "id category description level source features given - expectation"),
                        new Made(
                                Expectation.class,
                                List.of(JsonObject.EMPTY, List.of(), Map.of(), NEVER),
                                "expect accept compare never"),
                        new Made(Alternative.class, List.of("a", JsonObject.EMPTY), "why expect"),
                        new Made(Never.class, List.of(true, true, List.of()), "- - lose"),
                        new Made(Kept.class, List.of("a", 1), "text -"),
                        new Made(
                                Report.class,
                                List.of("1", "", new Identity("", "", "", ""), List.of(), List.of(), List.of(), 0),
                                "suite date implementation labels results log -"),
                        new Made(Identity.class, List.of("", "", "", ""), "name version language homepage"),
                        new Made(
                                Result.class,
                                List.of("a", Level.MUST, "b", Verdict.PASS, "", none, none, 0.0),
                                "id level category verdict reason expected actual -"),
                        new Made(Answer.class, List.of(JsonObject.EMPTY, "", 0L), "- failure -"),
                        new Made(
                                Fuzzer.Finding.class,
                                List.of("a", "b", JsonObject.EMPTY),
                                "category difference vector"))
                .flatMap(NullArgumentsTest::refused);
    }

    private static Stream<DynamicTest> refused(Made made) {
        String[] names = made.names().split(" ", -1);
        return Stream.iterate(0, i -> i < names.length, i -> i + 1)
                .filter(i -> !names[i].equals("-"))
                .map(i -> refused(made.type().getSimpleName(), names[i], () -> {
                    Constructor<?> constructor = made.type().getDeclaredConstructors()[0];
                    Object[] arguments = made.arguments().toArray();
                    arguments[i] = null;
                    try {
                        constructor.newInstance(arguments);
                    } catch (ReflectiveOperationException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> argumentIsRefusedByItsName() {
        Fuzzer fuzzer = new Fuzzer(OWN, OWN, 1, 1);
        Runner runner = new Runner(OWN);
        DriverProcess process = DriverProcess.of("no-such-program-anywhere", Duration.ofSeconds(1));
        return Stream.of(
                refused("ConformanceTests.of", "implementation", () -> ConformanceTests.of(null)),
                refused("Driver.answer", "request", () -> new Driver().answer(null)),
                refused("Driver.run", "requests", () -> new Driver().run(null, OutputStream.nullOutputStream())),
                refused("Driver.run", "answers", () -> new Driver().run(InputStream.nullInputStream(), null)),
                refused("DriverProcess.of", "commandLine", () -> DriverProcess.of(null, Duration.ofSeconds(1))),
                refused("DriverProcess.of", "limit", () -> DriverProcess.of("a", null)),
                refused("DriverProcess.ask", "request", () -> process.ask(null)),
                refused("Implementation.of", "object", () -> Implementation.of(null)),
                refused("Implementation.ask", "request", () -> OWN.ask(null)),
                refused("Fuzzer", "one", () -> new Fuzzer(null, OWN, 1, 1)),
                refused("Fuzzer", "other", () -> new Fuzzer(OWN, null, 1, 1)),
                refused("Fuzzer.run", "goesOn", () -> fuzzer.run(null, (questions, disagreements) -> {})),
                refused("Fuzzer.run", "progress", () -> fuzzer.run(() -> false, null)),
                refused("Fuzzer.files", "of", () -> fuzzer.files(null)),
                refused("Report.fromJson", "json", () -> Report.fromJson(null)),
                refused("Report.regressionsSince", "baseline", () -> REPORT.regressionsSince(null)),
                refused("Report.toHtml", "reports", () -> Report.toHtml(null, SUITE)),
                refused("Report.toHtml", "suite", () -> Report.toHtml(List.of(), null)),
                refused("Runner", "implementation", () -> new Runner(null)),
                refused(
                        "Runner.run",
                        "suite",
                        () -> runner.run(null, List.of(), Set.of(), (result, done, total) -> {})),
                refused("Runner.run", "vectors", () -> runner.run(SUITE, null, Set.of(), (result, done, total) -> {})),
                refused("Runner.run", "skipped", () -> runner.run(SUITE, List.of(), null, (result, done, total) -> {})),
                refused("Runner.run", "progress", () -> runner.run(SUITE, List.of(), Set.of(), null)),
                refused("Suite.read", "file", () -> Suite.read(null)),
                DynamicTest.dynamicTest("the process is closed", process::close));
    }

    private static DynamicTest refused(String method, String name, ThrowingCallable call) {
        return DynamicTest.dynamicTest(
                method + ": " + name,
                () -> assertThatThrownBy(call)
                        .isInstanceOf(NullPointerException.class)
                        .hasMessage(name));
    }
}
