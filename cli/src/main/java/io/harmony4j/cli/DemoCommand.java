package io.harmony4j.cli;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.ReasoningEffort;
import io.harmony4j.chat.HarmonyModel;
import io.harmony4j.chat.LoopEvent;
import io.harmony4j.chat.LoopResult;
import io.harmony4j.chat.ToolLoop;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.Sampling;
import io.harmony4j.tiny.TinyTools;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code harmony demo}: all steps with a model: a conversation, its tokens, a tool call, the result, the answer. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Show the main job: a conversation becomes tokens, a model continues them, its tokens become messages.",
        footer = {
            "",
            "The model is the tiny one that comes with it, if no other is named; 'harmony",
            "chat' talks to it. Tokens are drawn greedily.",
            "",
            "Examples:",
            "  harmony demo",
            "  harmony demo --backend llama-server:http://127.0.0.1:8080",
        })
final class DemoCommand implements Callable<Integer> {
    /** What is asked. */
    static final Conversation CONVERSATION = Conversation.of(
            Message.system(Content.System.DEFAULT
                    .withReasoningEffort(ReasoningEffort.LOW)
                    .withConversationStartDate(LocalDate.of(2026, 1, 1))),
            Message.developer(
                    Content.developer("You are a helpful assistant.", TinyTools.CALCULATE, TinyTools.GET_WEATHER)),
            Message.user("What is the weather in Tokyo?"));

    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOrBackend model;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Tokenizer tokenizer = Tokenizer.o200kHarmony();
        LoopTranscript transcript = new LoopTranscript(out, Terminal.hasColor(System.getenv()));
        try (ModelOrBackend.Opened opened = model.open()) {
            ToolLoop loop = new ToolLoop(new HarmonyModel(tokenizer, opened.generator()))
                    .withOptions(GenerationOptions.DEFAULT.withSampling(Sampling.GREEDY))
                    .withTools(TinyToolbox.functions(CONVERSATION.declaredTools()));
            LoopResult result = loop.run(CONVERSATION, event -> {
                if (event instanceof LoopEvent.RoundStarted first && first.round() == 1) {
                    out.println("== The prompt: " + first.promptTokens() + " tokens");
                    out.println(tokenizer.decode(first.prompt()));
                    out.println();
                    out.println("== What the model says, and the tool");
                    out.flush();
                }
                transcript.accept(event);
            });
            out.println("== The messages");
            result.conversation().messages().stream()
                    .skip(CONVERSATION.messages().size())
                    .forEach(message -> out.println(message.toJson()));
            out.flush();
            spec.commandLine().getErr().println(transcript.speed() + "; " + opened.description());
        }
        return 0;
    }
}
