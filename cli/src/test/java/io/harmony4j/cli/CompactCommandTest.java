package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import org.junit.jupiter.api.Test;

class CompactCommandTest {
    private static final Recipient F = Recipient.function("f");

    private static final Conversation CONVERSATION = Conversation.of(
            Message.user("One?"),
            Message.call(F, "{}"),
            Message.tool(F, "first" + " row".repeat(200) + " last"),
            Message.answer("One."),
            Message.user("Two?"),
            Message.call(F, "{}"),
            Message.tool(F, "row ".repeat(100)),
            Message.answer("Two."),
            Message.user("And three?"));

    private static Run compact(String... options) {
        String[] args = new String[options.length + 1];
        args[0] = "compact";
        System.arraycopy(options, 0, args, 1, options.length);
        return Run.withInput(CONVERSATION.toJson(), args);
    }

    private static Conversation conversation(Run run) {
        return Conversation.fromJson(run.out());
    }

    @Test
    void whatFitsIsPrintedAsItIs() {
        Run run = compact("--budget", "1000");

        assertThat(run.exitCode()).isZero();
        assertThat(conversation(run)).isEqualTo(CONVERSATION);
        assertThat(run.err()).matches("harmony: ([0-9]+) tokens to \\1 in 0 steps\n");
    }

    @Test
    void whatIsLeftOutIsReported() {
        Run run = compact("--budget", "300");

        assertThat(run.exitCode()).isZero();
        assertThat(conversation(run).messages()).hasSize(9);
        assertThat(conversation(run).messages().get(2).text()).isEqualTo("[result left out: 202 tokens]");
        assertThat(run.err()).matches("harmony: [0-9]+ tokens to [0-9]+ in 1 steps\n  result 2: [0-9]+ tokens\n");
    }

    @Test
    void theReportCanBeJsonOrNone() {
        Run json = compact("--budget", "300", "--low", "0.1", "--report", "json");
        JsonValue report = Json.parse(json.err());

        assertThat(report.get("fits").booleanValue()).isTrue();
        assertThat(report.get("budget").intValue()).isEqualTo(300);
        assertThat(report.get("pinned").intValue()).isEqualTo(2);
        assertThat(report.get("steps").elements().get(0).get("kind").text()).isEqualTo("result");
        assertThat(report.get("messages").toString()).isEqualTo("[8]");
        assertThat(report.get("after").intValue())
                .isLessThan(report.get("before").intValue());
        assertThat(compact("--budget", "300", "--report", "none").done())
                .isEqualTo(compact("--budget", "300").out());
    }

    @Test
    void whatDoesNotFitIsPrintedAllTheSame() {
        Run run = compact("--budget", "3");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(conversation(run).messages()).containsExactly(Message.user("And three?"));
        assertThat(run.err()).startsWith("harmony: ").contains(", too many\n");
    }

    @Test
    void theFirstTurnCanBeProtectedAndResultsKeepHeadAndTail() {
        assertThat(conversation(compact("--budget", "300", "--low", "0.1", "--protect-first-turn"))
                        .messages()
                        .subList(0, 4))
                .isEqualTo(CONVERSATION.messages().subList(0, 4));
        assertThat(conversation(compact("--budget", "300", "--head-tail", "2,1"))
                        .messages()
                        .get(2)
                        .text())
                .isEqualTo("first row\n[left out: 199 tokens]\n last");
    }

    @Test
    void aRequestBecomesAConversation() {
        Run run = Run.withInput(
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
                "compact",
                "--budget",
                "1000");

        assertThat(run.exitCode()).isZero();
        assertThat(conversation(run).messages()).hasSizeGreaterThan(1);
        assertThat(run.err()).contains("harmony: note: standard input: read as a Chat Completions request;");
    }

    @Test
    void whatIsNoConversationIsBadInput() {
        assertThat(Run.withInput("[", "compact", "--budget", "9").badInput()).startsWith("standard input: ");
    }
}
