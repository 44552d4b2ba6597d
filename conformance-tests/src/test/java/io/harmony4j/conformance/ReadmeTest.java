package io.harmony4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents show is true: their links lead somewhere, the number of vectors is right. Their Java is run elsewhere. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(#[^)]*)?\\)");

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
