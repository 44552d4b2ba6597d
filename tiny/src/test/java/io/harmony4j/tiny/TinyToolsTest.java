package io.harmony4j.tiny;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.Recipient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TinyToolsTest {
    private static final Recipient PYTHON = Recipient.of("python");

    @ParameterizedTest
    @CsvSource({
        "12 + 34, 46",
        "12 - 34, -22",
        "9999 * 9999, 99980001",
        "12 / 5, 2.4",
        "-2.5 * 4, -10",
        "1 / 3, 0.3333",
        "0 / 3, 0"
    })
    void calculates(String expression, String result) {
        assertThat(TinyTools.call(Recipient.function("calculate"), "{\"expression\":\"" + expression + "\"}"))
                .isEqualTo("{\"result\":" + result + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "print(2 ** 10); 1024",
                "print(17 % 5); 2",
                "print(sum(range(1, 100 + 1))); 5050",
                "print(sum(range(5, 4 + 1))); 0",
                "print(len(\"banana\")); 6",
                "print(max(3, 12, 7)); 12",
                "print(12 * 34); 408"
            })
    void runsPython(String program, String output) {
        assertThat(TinyTools.call(PYTHON, program)).isEqualTo(output);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "functions.calculate; {\"expression\":\"1 / 0\"}; {\"error\":\"division by zero\"}",
                "functions.calculate; {\"expression\":3}; {\"error\":\"missing argument\"}",
                "functions.calculate; twelve; {\"error\":\"arguments are not JSON\"}",
                "python; import os; error: expected a print of one number but found import os",
                "python; print(1 / 0); error: division by zero"
            })
    void failuresAreAnswersToo(String tool, String arguments, String answer) {
        assertThat(TinyTools.call(Recipient.of(tool), arguments)).isEqualTo(answer);
    }

    @Test
    void factsStayTheSame() {
        assertThat(TinyTools.call(Recipient.function("get_weather"), "{\"city\":\"Paris\"}"))
                .isEqualTo(TinyTools.call(Recipient.function("lookup_weather"), "{\"place\":\"Paris\"}"))
                .startsWith("{\"weather\":\"");
    }

    @Test
    void anUnknownToolIsTheCallersMistake() {
        assertThatThrownBy(() -> TinyTools.call(Recipient.function("fly"), "{}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected one of the tools python, functions.calculate,")
                .hasMessageEndingWith("but found functions.fly");
    }
}
