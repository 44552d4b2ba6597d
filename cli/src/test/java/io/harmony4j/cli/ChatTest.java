package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.LogitsProcessor;
import io.harmony4j.generation.PromptTooLongException;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.grammar.GrammarMatcher;
import io.harmony4j.grammar.HarmonyGrammar;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A chat whose model says what it is told to. */
class ChatTest {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();

    /** How many tokens the model can read. */
    private static final int CONTEXT = 1000;

    private final StringWriter text = new StringWriter();
    private final Deque<int[]> prompts = new ArrayDeque<>();
    private final List<LogitsProcessor> processors = new ArrayList<>();

    private Chat chat(String... outputs) {
        Deque<String> left = new ArrayDeque<>(List.of(outputs));
        TokenGenerator generator = (prompt, options, tokens) -> {
            if (prompt.length > CONTEXT) {
                throw new PromptTooLongException(prompt.length, CONTEXT);
            }
            prompts.add(prompt);
            processors.add(options.newLogitsProcessor());
            int[] output = TOKENIZER.encode(left.remove(), AllowedSpecial.ALL);
            for (int i = 0; i < output.length; i++) {
                tokens.accept(GeneratedToken.of(output[i], prompt.length + i));
            }
            return Generation.of(output, FinishReason.STOP, prompt.length);
        };
        return new Chat(
                generator,
                true,
                AnalysisPolicy.SINCE_LAST_FINAL,
                GenerationOptions.DEFAULT,
                () -> false,
                new PrintWriter(text),
                false);
    }

    @Test
    void aGrammarBindsCallsWhileThereAreTools() {
        Chat chat = chat("<|channel|>final<|message|>Hi.<|return|>", "<|channel|>final<|message|>Hi.<|return|>");
        chat.take("Hello!");
        chat.take("/tools off");
        chat.take("Hello!");

        HarmonyGrammar grammar = ((GrammarMatcher) processors.get(0)).grammar();
        String call = "<|channel|>commentary to=functions.%s<|message|>{\"%s\":\"1 + 1\"}<|call|>";
        assertThat(grammar.check(call.formatted("calculate", "expression")).isComplete())
                .isTrue();
        assertThat(grammar.check(call.formatted("calculate", "text")).isComplete())
                .isFalse();
        assertThat(grammar.check(call.formatted("search", "expression")).isComplete())
                .isFalse();
        assertThat(grammar.check("<|channel|>final<|message|>Hi.<|return|>").isComplete())
                .isTrue();
        assertThat(processors.get(1)).isEqualTo(LogitsProcessor.NONE);
    }

    @Test
    void tokensAreThoseOfTheLastPrompt() {
        Chat chat = chat(
                "<|channel|>commentary to=functions.calculate <|constrain|>json<|message|>{}<|call|>",
                "<|channel|>final<|message|>I do not know.<|return|>");
        chat.take("What is 17 * 23?");
        text.getBuffer().setLength(0);
        chat.take("/tokens");

        assertThat(prompts).hasSize(2);
        assertThat(text)
                .hasToString(TOKENIZER.decode(prompts.getLast()) + System.lineSeparator() + prompts.getLast().length
                        + " tokens" + System.lineSeparator());
    }

    @Test
    void whatTheModelWritesInTheNameOfOthersIsForgottenAndSaidSo() {
        Chat chat = chat(
                "<|channel|>final<|message|>Hi.<|end|><|start|>user<|message|>Bye.<|end|>",
                "<|channel|>final<|message|>Yes?<|return|>");
        chat.take("Hello!");
        chat.take("Are you there?");

        assertThat(text.toString())
                .containsOnlyOnce("(left out of the conversation: what the model wrote in the name of the user)");
        assertThat(TOKENIZER.decode(prompts.getLast())).contains("Hi.").doesNotContain("Bye.");
    }

    @Test
    void aTurnOfThoughtsSaysThatItIsNoAnswer() {
        chat("<|channel|>analysis<|message|>Hm.<|end|>").take("Hello!");

        assertThat(text.toString()).contains("(ended by: no answer)");
    }

    @Test
    void aMessageThatIsTooLongIsRefusedAndTheChatGoesOn() {
        Chat chat = chat("<|channel|>final<|message|>Hi.<|return|>");
        chat.take("long ".repeat(CONTEXT));
        chat.take("Hello!");

        assertThat(text.toString())
                .contains("expected a prompt of at most 1000 tokens", "; /reset forgets the conversation", "Hi.");
        assertThat(TOKENIZER.decode(prompts.getLast())).doesNotContain("long long");
    }

    @Test
    void toolsThatAreOffAreNotCalled() {
        Chat chat = chat(
                "<|channel|>commentary to=functions.calculate <|constrain|>json<|message|>{\"expression\":\"1 + 2\"}<|call|>",
                "<|channel|>final<|message|>I cannot.<|return|>");
        chat.take("/tools off");
        chat.take("What is 1 + 2?");

        assertThat(text.toString()).contains("error: there is no tool functions.calculate");
    }

    @Test
    void thePromptGoesOnFromWhatWasGenerated() {
        String first = "<|channel|>commentary to=functions.calculate <|constrain|>json<|message|>{ }<|call|>";
        Chat chat = chat(
                first,
                "<|channel|>final<|message|>No.<|return|>",
                "<|channel|>final<|message|>No.<|return|>",
                "<|channel|>final<|message|>No.<|return|>");
        chat.take("What is 17 * 23?");
        chat.take("Why?");
        chat.take("/effort high");
        chat.take("And now?");
        List<String> asked = prompts.stream().map(TOKENIZER::decode).toList();

        assertThat(asked.get(1)).startsWith(asked.get(0) + first);
        assertThat(asked.get(2)).startsWith(asked.get(1) + "<|channel|>final<|message|>No.<|end|><|start|>user");
        assertThat(asked.get(3))
                .contains("Reasoning: high", "17 * 23", "Why?<|end|>", "And now?")
                .doesNotContain("Reasoning: medium");
    }
}
