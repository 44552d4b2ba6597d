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
import io.harmony4j.parser.HarmonyParser;
import io.harmony4j.parser.ParseEvent;
import io.harmony4j.parser.ParseOptions;
import io.harmony4j.parser.ParseResult;
import io.harmony4j.parser.StreamParser;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.testkit.ScriptedModel;
import io.harmony4j.tokenizer.AllowedSpecial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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

    /** Whatever a model writes: its tokens are in the next prompt as far as they are in messages, and in the JSON. */
    @Property
    void aHistoryGoesOnFromWhateverWasGenerated(@ForAll("outputs") String output) {
        HarmonyRenderer renderer = new HarmonyRenderer(
                Scripted.TOKENIZER, RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.KEEP_ALL));
        TokenHistory history = TokenHistory.of(renderer).withReturn(true).with(QUESTION.messages());
        int[] generated = Scripted.TOKENIZER.encode(output, AllowedSpecial.ALL);
        List<Message> said =
                HarmonyParser.parse(generated, ParseOptions.after(QUESTION)).messages();
        TokenHistory next = history.withGenerated(generated);

        assertThat(next.conversation()
                        .messages()
                        .subList(3, next.conversation().messages().size()))
                .isEqualTo(said.stream()
                        .filter(message -> message.author().role() == Role.ASSISTANT)
                        .toList());
        int begin = history.prompt().length;
        int[] kept = Arrays.copyOfRange(next.prompt(), begin - 2, next.prompt().length - 2);
        if (kept.length > 0
                && said.stream().allMatch(message -> message.author().role() == Role.ASSISTANT)) {
            int mismatch = Arrays.mismatch(Arrays.copyOfRange(kept, 2, kept.length), generated);
            assertThat(mismatch)
                    .as("all of it, or all but the end that was withheld")
                    .satisfiesAnyOf(
                            at -> assertThat(at).isEqualTo(-1),
                            at -> assertThat(at).isGreaterThanOrEqualTo(kept.length - 3));
        }

        List<String> discarded = new ArrayList<>();
        TokenHistory read =
                TokenHistory.fromJson(next.toJson(), renderer, discarded::add).withReturn(true);
        assertThat(read.conversation()).isEqualTo(next.conversation());
        if (discarded.isEmpty()) {
            assertThat(read.toJson()).isEqualTo(next.toJson());
        }
    }

    /** A history to which nothing was generated is the plain rendering, however it has come about. */
    @Property
    void aHistoryOfMessagesIsTheirRendering(
            @ForAll List<@From("messages") Message> messages, @ForAll AnalysisPolicy policy, @ForAll Random random) {
        HarmonyRenderer renderer =
                new HarmonyRenderer(Scripted.TOKENIZER, RenderOptions.DEFAULT.withAnalysisPolicy(policy));
        TokenHistory history = TokenHistory.of(renderer);
        int size = 0;
        while (size < messages.size()) {
            int more = Math.min(messages.size(), size + 1 + random.nextInt(3));
            history = history.with(messages.subList(size, more));
            size = more;

            assertThat(history.prompt())
                    .isEqualTo(
                            renderer.renderForCompletion(new Conversation(messages.subList(0, size)), Role.ASSISTANT));
        }
        assertThat(history.toJson()).isEqualTo(new Conversation(messages).toJson());
    }

    @Provide
    Arbitrary<Message> messages() {
        return Arbitraries.of(
                Message.system(Content.System.DEFAULT),
                Message.developer(Content.developer("Be brief.")),
                Message.developer(Content.developer("Help.", ToolDescription.of("f", "F."))),
                Message.user("Hi"),
                Message.analysis("Hm."),
                Message.call(Recipient.function("f"), "{}"),
                Message.tool(Recipient.function("f"), "1"),
                Message.call(Recipient.of("python"), "1"),
                Message.tool(Recipient.of("python"), "1"),
                Message.preamble("So."),
                Message.answer("Yes."));
    }
}
