package io.harmony4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** This library gives every answer that the suite expects. */
class OwnLibraryTest {
    private final Driver driver = new Driver();

    @TestFactory
    Stream<DynamicTest> passesEveryVector() {
        return Vectors.SUITE.vectors().stream()
                .flatMap(vector -> vector.cases().stream())
                .map(vector -> DynamicTest.dynamicTest(
                        vector.id() + " " + vector.description(),
                        () -> assertThat(Judgement.of(vector, driver.answer(vector.request())))
                                .isEqualTo(new Judgement(Verdict.PASS, ""))));
    }
}
