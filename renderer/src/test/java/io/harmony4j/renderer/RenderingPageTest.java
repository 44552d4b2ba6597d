package io.harmony4j.renderer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The examples of docs/algorithms/rendering.md are what the code does. */
class RenderingPageTest {
    private static final String TEXT = "Two.\n\n## b";

    private static String line(String before, String after) {
        String tokens = Arrays.stream(Fragments.tokens(before, after))
                .mapToObj(Fragments.TOKENIZER::decode)
                .collect(Collectors.joining("|"));
        return (before + " + " + after + "    " + tokens).replace("\n", "\\n") + "\n";
    }

    @Test
    void aTextIsCutBetweenALineFeedAndAHashOnly() throws IOException {
        String right = line("Two.\n\n", "## b");
        String wrong = line("Two.", "\n\n## b");

        assertThat(Files.readString(Path.of("..", "docs", "algorithms", "rendering.md")))
                .contains("```\n" + right + wrong + "```\n");
        assertThat(Fragments.tokens("Two.\n\n", "## b")).isEqualTo(Fragments.tokens(TEXT));
        assertThat(Fragments.tokens("Two.", "\n\n## b")).isNotEqualTo(Fragments.tokens(TEXT));
        assertThat(Fragments.tokens(";\n\n", "//")).isNotEqualTo(Fragments.tokens(";\n\n//"));
    }
}
