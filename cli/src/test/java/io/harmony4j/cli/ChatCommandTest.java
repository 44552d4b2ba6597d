package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A chat with the tiny model, line by line as from a pipe. */
class ChatCommandTest {

    @Test
    void answersWithAToolAndEndsWithTheInput() {
        String out = Run.withInput("What is 17 * 23?\n", "chat").doneByAModel();
        assertThat(out)
                .contains("assistant to functions.calculate, commentary")
                .contains("tool functions.calculate\n{\"result\":391}\n")
                .contains("assistant, final\n")
                .containsPattern("\\d+ tokens, \\d+\\.\\d a second");
    }

    @Test
    void commandsAreObeyed() {
        String out = Run.withInput(
                        "/tokens\n/effort high\n/effort most\n/tools\n/tools off\nHello!\n/tokens\n/reset\n/help\n/what\n\n/quit\nHello!\n",
                        "chat")
                .doneByAModel();
        assertThat(out)
                .contains("There was no prompt yet.")
                .contains("Effort: high")
                .contains("expected low, medium or high but found most\nEffort: high")
                .contains("get_weather  Returns the weather of a city.")
                .contains("No tools.")
                .contains("Reasoning: high")
                .contains("<|start|>user<|message|>Hello!<|end|><|start|>assistant\n")
                .contains("The conversation begins anew.")
                .contains("/effort low|medium|high")
                .contains("expected a command but found /what; /help lists them")
                .doesNotContain("namespace functions")
                .containsOnlyOnce("assistant, final\n");
    }

    @Test
    void afterAResetTheFirstQuestionIsForgotten() {
        String out = Run.withInput("What is 17 * 23?\n/reset\nHello!\n/tokens\n", "chat")
                .doneByAModel();
        assertThat(out)
                .contains("The conversation begins anew.")
                .contains("namespace functions")
                .contains("<|start|>user<|message|>Hello!<|end|><|start|>assistant\n")
                .doesNotContain("What is 17 * 23?");
    }

    @Test
    void aSecondQuestionKnowsTheFirst() {
        String out = Run.withInput("What is the weather in Tokyo?\nAnd in Oslo?\n/tokens\n", "chat")
                .doneByAModel();
        assertThat(out)
                .contains("{\"city\":\"Tokyo\"}")
                .contains("{\"city\":\"Oslo\"}")
                .contains("What is the weather in Tokyo?<|end|>");
    }
}
