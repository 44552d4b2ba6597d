package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Conversation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
    private static final String CHAT = "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"},"
            + "{\"role\":\"assistant\",\"content\":\"<think>t</think>b\",\"weight\":0}]}";
    private static final String ALPACA = "{\"instruction\":\"a\",\"output\":\"b\"}";

    @TempDir
    private Path folder;

    private static Run run(String input, String... more) {
        String[] args = new String[more.length + 3];
        args[0] = "import";
        args[1] = "--date";
        args[2] = "2026-01-31";
        System.arraycopy(more, 0, args, 3, more.length);
        return Run.withInput(input, args);
    }

    @Test
    void eachRowIsAConversation() {
        String[] lines =
                run(CHAT + "\n\n" + ALPACA + "\n{\"text\":\"c\"}").done().split("\n", -1);

        assertThat(lines).hasSize(4);
        assertThat(lines[0])
                .contains("\"conversation_start_date\":\"2026-01-31\"")
                .endsWith(
                        "{\"role\":\"assistant\",\"content\":\"<think>t</think>b\",\"channel\":\"final\",\"weight\":0.0}]}");
        assertThat(Conversation.fromJson(lines[1]).messages())
                .extracting(message -> message.text())
                .containsExactly("", "a", "b");
        assertThat(lines[2]).isEqualTo("{\"text\":\"c\"}");
    }

    @Test
    void whatIsPrintedCanBeReadAgain() {
        String out = run(CHAT).done();

        assertThat(run(out).done()).isEqualTo(out);
    }

    @Test
    void badRowCostsItselfAlone() {
        Run run = run("{\n" + CHAT + "\n{\"messages\":[{\"role\":\"alien\"}]}\n{\"q\":1}\n" + ALPACA);

        assertThat(run.out().lines()).hasSize(2);
        assertThat(run.err().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("harmony: standard input:1: "),
                        line -> assertThat(line)
                                .isEqualTo(
                                        "harmony: standard input:3: /messages/0/role: expected a role (system, developer, user,"
                                                + " assistant, tool, function) but found \"alien\""),
                        line -> assertThat(line)
                                .startsWith("harmony: standard input:4: expected the keys of a known shape"));
        assertThat(run.exitCode()).isEqualTo(Run.BAD_INPUT);
    }

    @Test
    void fileOfJsonIsARowOrAListOfRows() throws IOException {
        Path rows = Files.writeString(
                folder.resolve("rows.json"), "[" + ALPACA + ",\n{\"instruction\":7,\"output\":\"\"}]");
        Path row = Files.writeString(folder.resolve("row.json"), CHAT.replace(",", ",\n"));
        Path messages = Files.writeString(folder.resolve("messages.json"), "[{\"role\":\"user\",\"content\":\"a\"}]");
        Run run = run("", rows.toString(), row.toString(), messages.toString());

        assertThat(run.out().lines()).hasSize(3);
        assertThat(run.err()).isEqualTo("harmony: " + rows + ": /1/instruction: expected a string but found 7\n");
        assertThat(run.exitCode()).isEqualTo(Run.BAD_INPUT);
    }

    @Test
    void shapeAndThinkTagsAreOptions() {
        assertThat(run(CHAT, "--think-tags").done()).contains("\"channel\":\"analysis\"");
        assertThat(run(CHAT, "--shape", "alpaca").badInput())
                .isEqualTo("standard input:1: /instruction: expected a string but found none");
    }

    @Test
    void unusedFieldsAreNamedOncePerFileOrRefused() throws IOException {
        String more = ALPACA.replace("}", ",\"source\":\"s\"}");
        Path file = Files.writeString(folder.resolve("a.jsonl"), ALPACA + "\n" + more + "\n" + more);
        Run run = run("", file.toString());

        assertThat(run.out().lines()).hasSize(3);
        assertThat(run.err())
                .isEqualTo("harmony: note: " + file + ": the field source is in no message; rows with it: 2, first "
                        + file + ":2\n");
        assertThat(run.exitCode()).isEqualTo(Run.DONE);
        Run strict = run("", "--strict", file.toString());
        assertThat(strict.out().lines()).hasSize(1);
        assertThat(strict.err())
                .startsWith(
                        "harmony: " + file
                                + ":2: expected only fields that end in a message but found source; remove them, or do not be strict\n")
                .doesNotContain("note");
        assertThat(strict.exitCode()).isEqualTo(Run.BAD_INPUT);
    }

    @Test
    void unusedFieldsOfAnyNumberAreNotAllNamed() {
        StringBuilder row = new StringBuilder("{\"text\":\"t\"");
        for (int i = 0; i < 200; i++) {
            row.append(",\"f").append(i).append("\":1");
        }

        assertThat(run(row + "}").err().lines()).hasSize(101).last().asString().endsWith("the first 100 are named");
    }
}
