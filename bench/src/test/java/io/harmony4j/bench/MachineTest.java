package io.harmony4j.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class MachineTest {
    private static final LocalDate DATE = LocalDate.of(2026, 11, 24);

    @Test
    void aReaderLearnsWhereItWasMeasured() {
        Machine machine = new Machine(DATE, "AMD EPYC", 2, "Linux 6.18", "Temurin 25.0.3", 0.25);

        assertThat(machine)
                .hasToString("2026-11-24, AMD EPYC, 2 processors, load 0.3, Linux 6.18, Java Temurin 25.0.3");
        assertThat(machine.toJson().build())
                .hasToString("{\"date\":\"2026-11-24\",\"processor\":\"AMD EPYC\",\"processors\":2,"
                        + "\"system\":\"Linux 6.18\",\"java\":\"Temurin 25.0.3\",\"load\":0.25}");
    }

    @Test
    void aLoadThatIsNotKnownIsNotShown() {
        assertThat(new Machine(DATE, "M4", 8, "Mac OS X 15", "Zulu 25", -1))
                .hasToString("2026-11-24, M4, 8 processors, Mac OS X 15, Java Zulu 25");
    }

    @Test
    void thisOneHasAProcessor() {
        assertThat(Machine.here().processor()).isNotBlank();
        assertThat(Machine.here().processors()).isPositive();
    }
}
