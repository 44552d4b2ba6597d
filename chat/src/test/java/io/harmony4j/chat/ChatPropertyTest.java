package io.harmony4j.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.ToolDescription;
import io.harmony4j.parser.Diagnostic;
import io.harmony4j.parser.ParseEvent;
import io.harmony4j.parser.ParseOptions;
import io.harmony4j.parser.ParseResult;
import io.harmony4j.parser.StreamParser;
import io.harmony4j.testkit.ScriptedModel;
import io.harmony4j.tokenizer.AllowedSpecial;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;

/** What holds for anything that a model may write. */
class ChatPropertyTest {
    private static final Conversation QUESTION = Conversation.of(
            Message.system(Content.System.DEFAULT),
            Message.developer(Content.developer("Help.", ToolDescription.of("f", "F."))),
            Message.user("?"));

    /** Texts of special tokens, words of headers, calls, and words that stand for content. */
    @Provide
    Arbitrary<String> outputs() {
        Arbitrary<String> control = Arbitraries.of(SpecialToken.values()).map(SpecialToken::literal);
        Arbitrary<String> header = Arbitraries.of(
                "assistant",
                "final",
                "analysis",
                "commentary",
                " to=functions.f",
                " to=python",
                " json",
                "user",
                " ",
                "{");
        Arbitrary<String> whole = Arbitraries.of(
                "<|channel|>commentary to=functions.f <|constrain|>json<|message|>{}<|call|>",
                "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant",
                "<|channel|>final<|message|>Done.<|return|>");
        Arbitrary<String> word = Arbitraries.integers().between(0, 99).map(i -> " word" + i + "x");
        return Arbitraries.frequencyOf(Tuple.of(3, control), Tuple.of(3, header), Tuple.of(2, whole), Tuple.of(3, word))
                .list()
                .ofMaxSize(25)
                .map(parts -> String.join("", parts));
    }

    @Property
    void deltasAddUpToTheView(@ForAll("outputs") String output) {
        List<ChatDelta> deltas = new ArrayList<>();
        ChatStream chat = new ChatStream(deltas::add);
        StreamParser parser = new StreamParser(Scripted.TOKENIZER, ParseOptions.forRole(Role.ASSISTANT), chat);
        for (int token : Scripted.TOKENIZER.encode(output, AllowedSpecial.ALL)) {
            parser.accept(token);
        }
        parser.finish();
        ParseResult result = parser.result();
        ChatView view = chat.view(result);

        assertThat(view.reasoning()).isEqualTo(ChatView.of(result).reasoning());
        assertThat(view.content()).isEqualTo(ChatView.of(result).content());
        assertThat(view.toolCalls())
                .extracting(ToolCall::arguments)
                .isEqualTo(ChatView.of(result).toolCalls().stream()
                        .map(ToolCall::arguments)
                        .toList());
        StringBuilder reasoning = new StringBuilder();
        StringBuilder content = new StringBuilder();
        StringBuilder arguments = new StringBuilder();
        for (ChatDelta delta : deltas) {
            if (delta instanceof ChatDelta.Reasoning more) {
                reasoning.append(more.text());
            } else if (delta instanceof ChatDelta.Content more) {
                content.append(more.text());
            } else if (delta instanceof ChatDelta.ToolCallArguments more) {
                arguments.append(more.text());
            }
        }
        assertThat(reasoning).hasToString(view.reasoning());
        assertThat(content).hasToString(view.content());
        assertThat(arguments)
                .hasToString(view.toolCalls().stream().map(ToolCall::arguments).collect(Collectors.joining()));
    }

    /** Whatever a model says, a loop ends within its limits, and each word is in the conversation or was reported. */
    @Property
    void aLoopEndsAndLosesNothing(@ForAll @Size(min = 4, max = 4) List<@From("outputs") String> outputs) {
        ScriptedModel generator = Scripted.model(outputs.toArray(String[]::new));
        StringBuilder said = new StringBuilder();
        StringBuilder reported = new StringBuilder();
        LoopResult result = new ToolLoop(new HarmonyModel(Scripted.TOKENIZER, generator))
                .withTool(Recipient.function("f"), arguments -> "42")
                .withLimits(LoopLimits.DEFAULT.withRounds(4))
                .run(QUESTION, event -> {
                    if (event instanceof LoopEvent.Generated token) {
                        said.append(Scripted.TOKENIZER.decode(new int[] {token.token()}));
                    } else if (event instanceof LoopEvent.Parsed parsed
                            && parsed.event() instanceof ParseEvent.Repaired repaired) {
                        Diagnostic diagnostic = repaired.diagnostic();
                        reported.append(diagnostic.text()).append(' ');
                    }
                });

        assertThat(result.rounds()).isBetween(1, 4);
        String kept = result.conversation().messages() + " " + result.inventedMessages() + " " + reported;
        Pattern.compile("word[0-9]+x")
                .matcher(said)
                .results()
                .forEach(word -> assertThat(kept).contains(word.group()));
    }
}
