package io.harmony4j.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.harmony4j.Conversation;
import io.harmony4j.Json;
import io.harmony4j.Role;
import io.harmony4j.render.HarmonyRenderer;
import io.harmony4j.render.RenderOptions;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code harmony render}: a conversation's JSON to the model's tokens. */
@Command(
        name = "render",
        mixinStandardHelpOptions = true,
        description = "Render a conversation into the tokens that the model was trained on.",
        footer = {
            "",
            "Examples:",
            "  harmony render conversation.json                 # ids of a prompt that the assistant continues",
            "  harmony render conversation.json --to text       # the same as text",
            "  harmony render conversation.json --mode training # a sample to train on",
            "  cat conversation.json | harmony render -",
        })
final class RenderCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            description = "A conversation in JSON ({\"messages\":[...]}), or - for standard input.")
    private String file;

    @Option(names = "--to", defaultValue = "ids", description = "What to print: ${COMPLETION-CANDIDATES}; default ids.")
    private Form form;

    @Option(
            names = "--mode",
            defaultValue = "completion",
            description =
                    "${COMPLETION-CANDIDATES}; default completion: a prompt that ends where the next message begins.")
    private Mode mode;

    @Option(
            names = "--role",
            defaultValue = "assistant",
            converter = RoleConverter.class,
            description = "Who continues, for completion; default assistant.")
    private Role role;

    @Option(names = "--keep-analysis", description = "Keep old chain of thought, which is left out otherwise.")
    private boolean keepsAnalysis;

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
        HarmonyRenderer renderer = new HarmonyRenderer(tokenizer, RenderOptions.DEFAULT.keepAnalysis(keepsAnalysis));
        Conversation conversation = Conversation.fromJson(new Input(file).text());
        int[] tokens = switch (mode) {
            case completion -> renderer.renderForCompletion(conversation, role);
            case conversation -> renderer.render(conversation);
            case training -> renderer.renderForTraining(conversation);
        };
        PrintWriter out = spec.commandLine().getOut();
        switch (form) {
            case ids -> out.println(Ids.format(tokens));
            case text -> out.println(tokenizer.decode(tokens));
            case json -> out.println(json(tokens, tokenizer.decode(tokens)));
        }
        out.flush();
        return 0;
    }

    static String json(int[] tokens, String text) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        ArrayNode ids = object.putArray("tokens");
        Arrays.stream(tokens).forEach(ids::add);
        return Json.write(object.put("text", text));
    }
}
