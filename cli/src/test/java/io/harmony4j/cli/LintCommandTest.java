package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintCommandTest {
    private static final String SYSTEM =
            "{\"role\":\"system\",\"content\":[{\"type\":\"system_content\",\"conversation_start_date\":\"2026-01-01\"}]}";
    private static final String QUESTION = "{\"role\":\"user\",\"content\":\"a\"}";
    private static final String CLEAN = "{\"messages\":[" + SYSTEM + "," + QUESTION + "]}";
    private static final String INFO = "{\"messages\":[" + QUESTION + "]}";
    private static final String WARNING = CLEAN.replace("\"a\"}", "\"a\",\"thinking\":\"b\"}");
    private static final String ERROR = CLEAN.replace("user", "tool");

    @TempDir
    private Path folder;

    @Test
    void findingsAreLines() {
        assertThat(Run.withInput(WARNING, "lint").done())
                .isEqualTo(
                        "standard input: warning FOREIGN_FIELD /messages/1/thinking: the field \"thinking\" is ignored: another"
                                + " format has it; read the conversation as what it is, as harmony import and harmony render --from do\n");
        assertThat(Run.withInput(CLEAN, "lint", "-").done()).isEmpty();
    }

    @Test
    void findingsAreJson() {
        for (String[] args : new String[][] {{"lint", "--json"}, {"lint", "--to", "json"}}) {
            JsonValue finding = Json.parse(Run.withInput(WARNING, args).done());

            assertThat(finding.members().keySet())
                    .containsExactly("in", "code", "severity", "pointer", "message", "suggestion");
            assertThat(finding.get("code").text()).isEqualTo("FOREIGN_FIELD");
        }
    }

    @Test
    void theExitCodeTellsOfErrorsOrOfWhatIsAskedFor() {
        assertThat(Run.withInput(ERROR, "lint").exitCode()).isEqualTo(1);
        assertThat(Run.withInput(ERROR, "lint").err()).isEmpty();
        assertThat(Run.withInput(WARNING, "lint").exitCode()).isZero();
        assertThat(Run.withInput(WARNING, "lint", "--fail-on", "warning").exitCode())
                .isEqualTo(1);
        assertThat(Run.withInput(INFO, "lint", "--fail-on", "warning").exitCode())
                .isZero();
        assertThat(Run.withInput(INFO, "lint", "--fail-on", "info").exitCode()).isEqualTo(1);
        assertThat(Run.withInput(CLEAN, "lint", "--fail-on", "info").exitCode()).isZero();
    }

    @Test
    void policyAndPurposeCount() {
        String thought = CLEAN.replace(
                QUESTION,
                QUESTION + ",{\"role\":\"assistant\",\"channel\":\"analysis\",\"content\":\"b\"}," + QUESTION);

        assertThat(Run.withInput(thought, "lint").done()).isEmpty();
        assertThat(Run.withInput(thought, "lint", "--analysis", "drop-all").done())
                .contains("ANALYSIS_DROPPED");
        assertThat(Run.withInput(CLEAN, "lint", "--purpose", "training").done()).contains("NOTHING_TO_LEARN");
    }

    @Test
    void eachLineIsAConversation() throws IOException {
        Path file = Files.writeString(folder.resolve("a.jsonl"), CLEAN + "\n\n{}\n" + WARNING + "\n");
        Run run = Run.of("lint", file.toString());

        assertThat(run.out()).startsWith(file + ":4: warning FOREIGN_FIELD").containsOnlyOnce("\n");
        assertThat(run.err()).startsWith("harmony: " + file + ":3: expected the field \"messages\"");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(Run.withInput(CLEAN + "\n" + WARNING, "lint", "--jsonl").done())
                .startsWith("standard input:2: warning FOREIGN_FIELD");
    }

    @Test
    void aFileThatIsNoConversationIsNamedAndTheOthersAreRead() throws IOException {
        Path wrong = Files.writeString(folder.resolve("a.json"), "[]");
        Path right = Files.writeString(folder.resolve("b.json"), WARNING);
        Run run = Run.of("lint", wrong.toString(), right.toString());

        assertThat(run.out()).startsWith(right + ": warning");
        assertThat(run.err()).startsWith("harmony: " + wrong + ": expected a conversation");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void aFindingIsOneLine() {
        assertThat(Run.withInput(CLEAN.replace("\"a\"}", "\"a\",\"x\\ny\":1}"), "lint")
                        .done())
                .contains("UNKNOWN_FIELD")
                .containsOnlyOnce("\n");
    }
}
