package io.harmony4j.conformance;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** The suite, as dynamic tests of a kind. */
final class Vectors {
    static final Suite SUITE = Suite.load();

    private Vectors() {}

    static List<Vector> ofKind(String kind) {
        return SUITE.vectors().stream()
                .filter(vector -> vector.kind().equals(kind))
                .toList();
    }

    /** Returns a test for each vector of a kind. */
    static Stream<DynamicTest> tests(String kind, Consumer<Vector> test) {
        return ofKind(kind).stream()
                .map(vector ->
                        DynamicTest.dynamicTest(vector.id() + " " + vector.description(), () -> test.accept(vector)));
    }
}
