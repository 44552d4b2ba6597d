package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.conformance.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code harmony conformance peers} with what can be installed on this machine. */
class ConformancePeersIT {
    private static final List<String> NPM_PEERS = List.of("openai-harmony", "tiktoken", "gpt-tokenizer");

    @TempDir
    private Path folder;

    /** Also on a machine that has no npm, or no network. */
    @Test
    void eachPeerIsInTheMatrixOrNamedAsMissing() throws Exception {
        Path page = Files.writeString(
                folder.resolve("page.md"), "Before\n<!-- matrix -->\nold\n<!-- end of matrix -->\nAfter\n");
        Path html = folder.resolve("matrix.html");
        Path work = folder.resolve("work");
        String out = Program.harmony(folder)
                .run(
                        "conformance",
                        "peers",
                        "--only",
                        "stop-tokens,special-tokens",
                        "--work",
                        work.toString(),
                        "--markdown",
                        page.toString(),
                        "--html",
                        html.toString())
                .done();

        assertThat(out).contains("| category ", "| special-tokens ", "| Harmony4J ", "| JTokkit 1.1.0 |");
        for (String peer : NPM_PEERS) {
            assertThat(out).containsAnyOf("| " + peer + " (npm) ", "Without " + peer + ": ");
        }
        assertThat(Files.readString(page))
                .startsWith("Before\n<!-- matrix -->\nSuite ")
                .endsWith("\n<!-- end of matrix -->\nAfter\n")
                .contains("| special-tokens ")
                .doesNotContain("old");
        assertThat(Files.readString(html)).contains("special-tokens-found-after-letter", "JTokkit");
        Report jtokkit = Report.fromJson(Files.readString(work.resolve("jtokkit.json")));
        assertThat(jtokkit.implementation().name()).isEqualTo("JTokkit");
        assertThat(jtokkit.results()).isNotEmpty();
    }

    @Test
    void withoutNodeTheOthersAreRun() throws Exception {
        String out = Program.harmony(folder)
                .with("PATH", folder.toString())
                .run("conformance", "peers", "--only", "stop-tokens,decoding", "--work", folder.toString())
                .done();

        for (String peer : NPM_PEERS) {
            assertThat(out).contains("Without " + peer + ": ");
        }
        assertThat(out).contains("| Harmony4J ", "| JTokkit 1.1.0 |").doesNotContain("(npm)");
    }
}
