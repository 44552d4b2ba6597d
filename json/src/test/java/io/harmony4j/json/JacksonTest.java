package io.harmony4j.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.Version;
import org.junit.jupiter.api.Test;

class JacksonTest {
    private static Version version(int major, int minor) {
        return new Version(major, minor, 0, null, "com.fasterxml.jackson.core", "jackson-core");
    }

    @Test
    void versionsFrom215OnAreTaken() {
        assertThat(Jackson.problem(version(2, 15))).isNull();
        assertThat(Jackson.problem(version(2, 21))).isNull();
    }

    @Test
    void otherVersionsAreRefusedByName() {
        assertThat(Jackson.problem(version(2, 14)))
                .startsWith("expected jackson-core 2.15 or a later 2.x on the class path but found 2.14.0; ");
        assertThat(Jackson.problem(version(3, 0))).contains("but found 3.0.0; ");
    }
}
