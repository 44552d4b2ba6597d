package io.harmony4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README.md shows is true: its Java compiles, its links lead somewhere, its number of vectors is right. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(#[^)]*)?\\)");

    @Test
    void snippetsCompile(@TempDir Path folder) throws IOException, InterruptedException {
        String body = matches(JAVA, Files.readString(ROOT.resolve("README.md")))
                .map(snippet -> "{\n" + snippet.group(1) + "}\n")
                .reduce("", String::concat);
        assertThat(body).isNotEmpty();
        String imports = Stream.of(
                        "io.harmony4j",
                        "io.harmony4j.parse",
                        "io.harmony4j.render",
                        "io.harmony4j.tokenizer",
                        "java.util")
                .map("import %s.*;\n"::formatted)
                .reduce("", String::concat);
        Path source = folder.resolve("Readme.java");
        Files.writeString(source, imports + "class Readme {\nvoid snippets(int[] generated) {\n" + body + "}\n}\n");
        Process javac = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        source.toString())
                .redirectErrorStream(true)
                .start();
        String errors = new String(javac.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(javac.waitFor()).as(errors).isZero();
    }

    @Test
    void linksLeadToFiles() throws IOException {
        try (Stream<Path> paths = Files.walk(ROOT.resolve("docs"))) {
            List<Path> pages = Stream.concat(
                            Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")),
                            paths.filter(path -> path.toString().endsWith(".md")))
                    .toList();
            for (Path page : pages) {
                matches(LINK, Files.readString(page))
                        .map(link -> link.group(1))
                        .filter(link -> !link.startsWith("http"))
                        .forEach(link -> assertThat(page.resolveSibling(link))
                                .as(page + ": " + link)
                                .exists());
            }
        }
    }

    @Test
    void numberOfVectorsIsRight() throws IOException {
        assertThat(Files.readString(ROOT.resolve("README.md")))
                .contains("%,d [vectors]".formatted(Vectors.SUITE.vectors().size()));
    }

    @Test
    void driverOfTenLinesIsTheOneThatIsTested() throws IOException {
        assertThat(Files.readString(ROOT.resolve("README.md")))
                .contains("```python\n" + Files.readString(Path.of("examples/driver.py")) + "```");
    }

    private static Stream<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }
}
