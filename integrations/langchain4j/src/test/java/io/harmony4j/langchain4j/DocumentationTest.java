package io.harmony4j.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The lines to copy are those of the example, which a test of its own runs. */
class DocumentationTest {
    private static final Path ROOT = Path.of("../..");

    @Test
    void theLinesToCopyAreTheExamples() throws Exception {
        String page = Files.readString(ROOT.resolve("docs/integrations/langchain4j.md"));
        int begin = page.indexOf("```java\n") + "```java\n".length();
        String lines = page.substring(begin, page.indexOf("```", begin));
        String example = Files.readString(ROOT.resolve("examples/langchain4j/src/main/java/example/Main.java"));

        assertThat(lines.lines().map(String::strip))
                .isNotEmpty()
                .allSatisfy(
                        line -> assertThat(example.lines().map(String::strip)).contains(line));
    }
}
