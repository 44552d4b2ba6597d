package io.harmony4j.conformance;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** This library gives every answer that the suite expects. */
class OwnLibraryTest {
    @TestFactory
    Stream<DynamicContainer> passesEveryVector() {
        return ConformanceTests.of(Implementation.harmony4j());
    }
}
