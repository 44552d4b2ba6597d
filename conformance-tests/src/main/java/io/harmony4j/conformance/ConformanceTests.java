package io.harmony4j.conformance;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.harmony4j.conformance.Report.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;

/**
 * The suite as tests of JUnit 5: a container for each category, and in it a test for each case. What the implementation does not
 * offer is skipped.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicContainer> isHarmony() {
 *     return ConformanceTests.of(Implementation.of(request -> …));
 * }
 * }</pre>
 *
 * <p>Needs {@code junit-jupiter-api} on the class path.
 */
public final class ConformanceTests {
    private ConformanceTests() {}

    /** Returns a test for each case of the suite, and a last one of whether the implementation has crashed at any of them. Callers who have opened the implementation close it when the tests
     * have run. */
    @SuppressWarnings("exports") // callers of this method have JUnit, and no others need it
    public static Stream<DynamicContainer> of(Implementation implementation) {
        Runner runner = new Runner(implementation);
        Map<String, List<TestVector>> byCategory = Suite.load().vectors().stream()
                .collect(Collectors.groupingBy(TestVector::category, LinkedHashMap::new, Collectors.toList()));
        Stream<DynamicContainer> categories = byCategory.entrySet().stream()
                .map(category -> DynamicContainer.dynamicContainer(
                        category.getKey(),
                        category.getValue().stream()
                                .flatMap(vector -> vector.cases().stream())
                                .map(vector -> DynamicTest.dynamicTest(
                                        vector.id() + " " + vector.description(), () -> test(runner.run(vector))))));
        DynamicTest last = DynamicTest.dynamicTest("implementation never crashes", () -> testCrashes(implementation));
        return Stream.concat(categories, Stream.of(DynamicContainer.dynamicContainer("crashes", Stream.of(last))));
    }

    private static void testCrashes(Implementation implementation) {
        if (implementation.crashes() > 0) {
            throw new AssertionError("expected an implementation that never crashes but found "
                    + implementation.crashes() + " crashes: " + implementation.log());
        }
    }

    private static void test(Result result) {
        assumeFalse(result.verdict() == Verdict.SKIP, result.reason());
        if (result.verdict().isBad()) {
            throw new AssertionError(result.verdict() + ": " + result.reason() + "\nexpected " + result.expected()
                    + "\nfound    " + result.actual());
        }
    }
}
