package io.harmony4j.conformance;

import static java.util.Objects.requireNonNull;

import io.harmony4j.conformance.Report.Identity;
import io.harmony4j.conformance.Report.Result;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Asks an implementation for the vectors of a suite, and judges its answers. For one thread at a time. */
public final class Runner {
    /** How many questions are open at a time: enough to keep a process busy, few enough to keep in memory. */
    private static final int OPEN_QUESTIONS = 256;

    private static final double NANOS_PER_MILLI = 1e6;

    private final Implementation implementation;
    private final Identity identity;
    private final Set<String> capabilities = new HashSet<>(); // empty: not known, so that all is asked

    /** Is told how far a run is. */
    @FunctionalInterface
    public interface Progress {
        /** A case has been judged, and so many of how many. */
        void judged(Result result, int done, int total);
    }

    private record Question(TestVector vector, CompletableFuture<Answer> answer) {}

    /**
     * Gets to know an implementation: what it is and what it offers.
     *
     * @throws IllegalArgumentException if it does not say hello, or speaks another protocol
     */
    public Runner(Implementation implementation) {
        this.implementation = requireNonNull(implementation, "implementation");
        Answer answer = implementation.ask(Driver.HELLO).join();
        JsonObject hello = answer.json();
        if (hello == null) {
            throw new IllegalArgumentException(answer.failure());
        }
        requireHello(hello);
        requireProtocol(hello.get("protocol"));
        identity = Identity.of(hello.get("implementation"));
        hello.get("capabilities").elements().forEach(capability -> capabilities.add(Lenient.text(capability)));
        if (!capabilities.isEmpty()
                && capabilities.stream().noneMatch(capability -> capability.startsWith(TestVector.DIALECT))) {
            capabilities.add(TestVector.DIALECT + TestVector.DEFAULT_DIALECT);
        }
    }

    /** A program that is no driver, but sends back what it gets or answers anything with nothing, says nothing about itself. */
    private static void requireHello(JsonObject hello) {
        boolean isIntroduction = hello.get("implementation").isObject()
                || hello.get("capabilities").isArray()
                || (hello.has("protocol") && !hello.has("cmd"));
        if (!isIntroduction) {
            throw new IllegalArgumentException(
                    "expected a driver that says what it is but found one that does not answer"
                            + " hello: " + (hello.has("cmd") ? "it sends back the request " : "it answers ") + hello
                            + "; the fields of the answer are protocol, implementation and capabilities");
        }
    }

    /** What is neither a number nor a string says nothing. */
    private static void requireProtocol(JsonValue spoken) {
        boolean isOther = switch (spoken.kind()) {
            case NUMBER -> spoken.doubleValue() != Driver.PROTOCOL;
            case STRING -> !spoken.text().equals(String.valueOf(Driver.PROTOCOL));
            default -> false;
        };
        if (isOther) {
            throw new IllegalArgumentException(
                    "expected a driver that speaks protocol " + Driver.PROTOCOL + " but found " + spoken);
        }
    }

    /** Returns what the implementation says about itself. */
    public Identity identity() {
        return identity;
    }

    /**
     * Runs vectors.
     *
     * <p>Labels are for an implementation that is asked for all of the suite, and gives its answers without a crash.
     *
     * @param suite what they belong to
     * @param vectors the ones to run
     * @param skipped ids of vectors or cases that are not asked
     */
    public Report run(Suite suite, List<TestVector> vectors, Set<String> skipped, Progress progress) {
        requireNonNull(suite, "suite");
        requireNonNull(vectors, "vectors");
        requireNonNull(skipped, "skipped");
        requireNonNull(progress, "progress");
        List<TestVector> cases =
                vectors.stream().flatMap(vector -> vector.cases().stream()).toList();
        List<Result> results = new ArrayList<>(cases.size());
        Queue<Question> open = new ArrayDeque<>();
        for (TestVector vector : cases) {
            if (open.size() == OPEN_QUESTIONS) {
                add(judge(open.remove()), results, cases.size(), progress);
            }
            open.add(new Question(vector, ask(vector, skipped)));
        }
        while (!open.isEmpty()) {
            add(judge(open.remove()), results, cases.size(), progress);
        }
        String date = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        int crashes = implementation.crashes();
        List<Label> labels = crashes == 0 ? labels(suite, results) : List.of();
        return new Report(suite.version(), date, identity, labels, results, implementation.log(), crashes);
    }

    /** Returns whether a command may be asked for. */
    boolean offers(String command) {
        return capabilities.isEmpty() || capabilities.contains(command);
    }

    /** Asks, with the text beside the token ids: for a parser that reads nothing but text. */
    CompletableFuture<Answer> ask(JsonObject request) {
        return implementation.ask(TextBesideTokens.in(request));
    }

    /** Runs one case, and waits for it. */
    Result run(TestVector vector) {
        return judge(new Question(vector, ask(vector, Set.of())));
    }

    private static void add(Result result, List<Result> results, int total, Progress progress) {
        results.add(result);
        progress.judged(result, results.size(), total);
    }

    private CompletableFuture<Answer> ask(TestVector vector, Set<String> skipped) {
        String missing = missing(vector);
        boolean isSkipped = skipped.contains(vector.id()) || skipped.contains(vector.wholeId());
        if (isSkipped || missing != null) {
            JsonValue why = JsonValue.of(isSkipped ? "as told" : "not offered: " + missing);
            return CompletableFuture.completedFuture(Answer.of(JsonObject.of("skipped", why), 0));
        }
        return ask(vector.request());
    }

    /** Returns a capability that a vector needs and the implementation has not, or null. */
    private @Nullable String missing(TestVector vector) {
        if (capabilities.isEmpty()) {
            return null;
        }
        for (String feature : vector.features()) {
            if (!capabilities.contains(feature)) {
                return feature;
            }
        }
        return null;
    }

    private static Result judge(Question question) {
        TestVector vector = question.vector();
        Answer answer = question.answer().join();
        JsonObject json = answer.json();
        Judgement judgement =
                json == null ? new Judgement(Verdict.ERROR, answer.failure()) : Judgement.of(vector, json);
        return new Result(
                vector.id(),
                vector.level(),
                vector.category(),
                judgement.verdict(),
                judgement.reason(),
                vector.expectation().shown(),
                json == null || judgement.verdict() == Verdict.SKIP
                        ? JsonValue.ofNull()
                        : Judgement.shown(vector.expectation().expect(), json),
                answer.nanos() / NANOS_PER_MILLI);
    }

    private static List<Label> labels(Suite suite, List<Result> results) {
        Map<String, Verdict> verdicts = new HashMap<>();
        results.forEach(result -> verdicts.put(result.id(), result.verdict()));
        return Arrays.stream(Label.values())
                .filter(label -> {
                    List<Verdict> asked = suite.vectors().stream()
                            .filter(vector -> label.asksFor(vector.category(), vector.level()))
                            .flatMap(vector -> vector.cases().stream())
                            .map(vector -> verdicts.getOrDefault(vector.id(), Verdict.SKIP))
                            .toList();
                    return !asked.isEmpty()
                            && asked.stream()
                                    .allMatch(verdict -> verdict == Verdict.PASS || verdict == Verdict.NON_STRICT);
                })
                .toList();
    }
}
