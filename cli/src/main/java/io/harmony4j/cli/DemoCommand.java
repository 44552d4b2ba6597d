package io.harmony4j.cli;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.ReasoningEffort;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.engine.GenerationOptions;
import io.harmony4j.engine.Generator;
import io.harmony4j.engine.Model;
import io.harmony4j.engine.Sampling;
import io.harmony4j.loop.LoopResult;
import io.harmony4j.loop.TokenGenerator;
import io.harmony4j.loop.ToolLoop;
import io.harmony4j.render.HarmonyRenderer;
import io.harmony4j.tiny.TinyTools;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code harmony demo}: the whole way, with the tiny model: a conversation, tokens, a tool call, its result, the answer. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Show the main job: a conversation becomes tokens, a model continues them, its tokens become messages.",
        footer = {
            "",
            "The model is the tiny one that comes along; 'harmony chat' talks to it.",
            "",
            "Example:",
            "  harmony demo",
        })
final class DemoCommand implements Callable<Integer> {
    private static final Conversation CONVERSATION = Conversation.of(
            Message.system(Content.System.DEFAULT
                    .withReasoningEffort(ReasoningEffort.LOW)
                    .withConversationStartDate("2026-01-01")),
            Message.developer(Content.Developer.EMPTY
                    .withInstructions("You are a helpful assistant.")
                    .withFunctions(TinyTools.CALCULATE, TinyTools.GET_WEATHER)),
            Message.user("What is the weather in Tokyo?"));

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Tokenizer tokenizer = Tokenizer.o200kHarmony();
        int[] prompt = new HarmonyRenderer(tokenizer).renderForCompletion(CONVERSATION, Role.ASSISTANT);
        out.println("== The prompt: " + prompt.length + " tokens");
        out.println(tokenizer.decode(prompt));
        out.println();
        out.println("== What the model says, and the tool");
        out.flush();

        LoopTranscript transcript = new LoopTranscript(out, Terminal.hasColor(System.getenv()));
        try (Model model = Model.tiny()) {
            ToolLoop loop = new ToolLoop(
                    tokenizer,
                    TokenGenerator.of(new Generator(model), GenerationOptions.DEFAULT.withSampling(Sampling.GREEDY)));
            for (String tool : new String[] {"functions.calculate", "functions.get_weather"}) {
                loop = loop.withTool(tool, arguments -> TinyTools.call(Recipient.of(tool), arguments));
            }
            LoopResult result = loop.run(CONVERSATION, transcript::accept);
            out.println("== The messages");
            result.conversation().messages().stream()
                    .skip(CONVERSATION.messages().size())
                    .forEach(message -> out.println(message.toJson()));
            out.flush();
            spec.commandLine().getErr().println(transcript.speed() + "; kernels: " + model.kernels());
        }
        return 0;
    }
}
