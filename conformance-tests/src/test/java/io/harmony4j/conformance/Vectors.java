package io.harmony4j.conformance;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** The suite, as dynamic tests. */
final class Vectors {
    static final Suite SUITE = Suite.load();

    private Vectors() {}

    /** Returns a test for each vector with one of the commands. */
    static Stream<DynamicTest> tests(List<String> commands, Consumer<TestVector> test) {
        return SUITE.vectors().stream()
                .filter(vector -> commands.contains(vector.given().get("cmd").text()))
                .map(vector ->
                        DynamicTest.dynamicTest(vector.id() + " " + vector.description(), () -> test.accept(vector)));
    }
}
