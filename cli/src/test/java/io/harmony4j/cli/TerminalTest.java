package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TerminalTest {
    private static final String STDOUT = "harmony.terminal.stdout";

    @AfterEach
    void forget() {
        System.clearProperty(STDOUT);
    }

    @Test
    void colorsAreForTerminals() {
        assertThat(Terminal.hasColor(Map.of())).isFalse();
        System.setProperty(STDOUT, "true");
        assertThat(Terminal.hasColor(Map.of())).isTrue();
    }

    @Test
    void noColorIsRespectedUnlessEmpty() {
        System.setProperty(STDOUT, "true");
        assertThat(Terminal.hasColor(Map.of("NO_COLOR", "1"))).isFalse();
        assertThat(Terminal.hasColor(Map.of("NO_COLOR", ""))).isTrue();
    }

    @Test
    void aTerminalGetsColorsByDefault() {
        System.setProperty(STDOUT, "true");
        String out = Run.of("tokenize", "--text", "Hello").done();
        assertThat(out)
                .isEqualTo(
                        System.getenv("NO_COLOR") == null
                                ? Terminal.token("Hello", 0, false) + "\n1 token\n"
                                : "13225\n");
    }

    @Test
    void eachLineIsColoredForItself() {
        assertThat(Terminal.token("a\n\nb", 0, false))
                .isEqualTo(
                        "\u001B[30;48;5;153ma⏎\u001B[0m\n\u001B[30;48;5;153m⏎\u001B[0m\n\u001B[30;48;5;153mb\u001B[0m");
    }

    @Test
    void backgroundsAlternateAndSpecialTokensHaveTheirOwn() {
        assertThat(Terminal.token("a", 5, false)).isEqualTo(Terminal.token("a", 0, false));
        assertThat(Terminal.token("a", 1, false)).isNotEqualTo(Terminal.token("a", 0, false));
        assertThat(Terminal.token("a", 0, true)).isEqualTo("\u001B[30;48;5;203ma\u001B[0m");
    }

    @Test
    void controlCharactersOfATextDoNotReachTheTerminal() {
        assertThat(Terminal.token("\u001B[31m\r\u0007\u007F\u009B\t", 0, false))
                .isEqualTo("\u001B[30;48;5;153m␛[31m␍␇␡\uFFFD\t\u001B[0m");
    }
}
