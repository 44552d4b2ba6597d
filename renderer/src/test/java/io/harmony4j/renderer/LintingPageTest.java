package io.harmony4j.renderer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** docs/linting.md lists what can be found. */
class LintingPageTest {
    @Test
    void eachCodeIsInTheTableInOrder() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "linting.md"));

        assertThat(page.lines()
                        .filter(line -> line.startsWith("| `"))
                        .map(line -> line.replaceFirst("^\\| `([A-Z_]+)` \\| ([a-z]+) \\|.*", "$1 $2")))
                .containsExactly(Arrays.stream(Finding.Code.values())
                        .map(code -> code + " " + code.severity().wireName())
                        .toArray(String[]::new));
    }
}
