package io.harmony4j.cli;

import io.harmony4j.Conversation;
import io.harmony4j.Role;
import io.harmony4j.openai.Source;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code harmony render}: a conversation's JSON, or a request's, to the model's tokens. */
@Command(
        name = "render",
        mixinStandardHelpOptions = true,
        description = "Render a conversation into the tokens that the model was trained on.",
        footer = {
            "",
            "Examples:",
            "  harmony render conversation.json --to text",
            "  harmony render conversation.json --mode training",
            "  harmony render request.json --from chat --date 2026-01-01 --to text",
            "  cat conversation.json | harmony render -",
        })
final class RenderCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            description = "A conversation in JSON ({\"messages\":[...]}), or a request; or - for standard input.")
    private String file;

    @Mixin
    private FromOption from;

    @Option(
            names = "--to",
            paramLabel = "FORM",
            defaultValue = "ids",
            description = "What to print: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private Form form;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "completion",
            description = {
                "What for: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.",
                "completion: a prompt, which ends where the next message begins.",
                "conversation: the messages and nothing after them.",
                "training: a sample to train on, which ends with <|return|>.",
            })
    private Mode mode;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            defaultValue = "assistant",
            converter = RoleConverter.class,
            description = "Who continues, for completion; default ${DEFAULT-VALUE}.")
    private Role role;

    @Mixin
    private AnalysisOption analysis;

    @Mixin
    private StrictJsonOption strictJson;

    /** What to print. */
    enum Form {
        ids,
        text,
        json
    }

    /** What to render for. */
    enum Mode {
        completion,
        conversation,
        training
    }

    @Override
    public Integer call() throws IOException {
        Tokenizer tokenizer = Tokenizer.o200kHarmony();
        int[] tokens = tokens(tokenizer, new Input(file));
        PrintWriter out = spec.commandLine().getOut();
        switch (form) {
            case ids -> Ids.print(out, tokens, " ");
            case text -> out.print(tokenizer.decode(tokens));
            case json -> Ids.printJson(out, tokens, tokenizer.decode(tokens));
        }
        out.println();
        return 0;
    }

    private int[] tokens(Tokenizer tokenizer, Input input) throws IOException {
        AnalysisPolicy given = analysis.policy(); // wrong usage comes before what is wrong with the input
        try {
            Source source = from.read(input.text(), input, strictJson);
            Conversation conversation = source.conversation();
            HarmonyRenderer renderer = new HarmonyRenderer(
                    tokenizer,
                    RenderOptions.DEFAULT.withAnalysisPolicy(source.policy(given, AnalysisPolicy.REFERENCE)));
            return switch (mode) {
                case completion -> renderer.renderForCompletion(conversation, role);
                case conversation -> renderer.render(conversation);
                case training -> renderer.renderForTraining(conversation);
            };
        } catch (IllegalArgumentException e) {
            throw input.error(e);
        }
    }
}
