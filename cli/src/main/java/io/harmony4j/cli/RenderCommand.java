package io.harmony4j.cli;

import io.harmony4j.Conversation;
import io.harmony4j.Role;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.openai.Source;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.Dialect;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.LossMask;
import io.harmony4j.renderer.MessageSpan;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.renderer.Rendering;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code harmony render}: a conversation's JSON, or a request's, to the model's tokens. */
@Command(
        name = "render",
        mixinStandardHelpOptions = true,
        description = "Render a conversation into the tokens that the model was trained on.",
        footer = {
            "",
            "Examples:",
            "  harmony render conversation.json --to text",
            "  harmony render conversation.json --mode training --to json --mask",
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

    @Option(
            names = "--dialect",
            paramLabel = "DIALECT",
            defaultValue = "openai",
            converter = DialectConverter.class,
            description = {
                "How the details are written; default ${DEFAULT-VALUE}.",
                "openai: as openai/harmony.",
                "oss: as oss-harmony, which vLLM uses: the channel commentary stands before the recipient, as the models write it.",
            })
    private Dialect dialect;

    @Option(
            names = "--spans",
            description = "With --to json: also where each message is, and which are left out, by their indices.")
    private boolean hasSpans;

    @Option(
            names = "--mask",
            description = "With --mode training --to json: also labels, the tokens that are learnt, or -100.")
    private boolean hasMask;

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
        AnalysisPolicy given = analysis.policy(); // wrong usage comes before what is wrong with the input
        checkForm();
        PrintWriter out = spec.commandLine().getOut();
        Rendering rendering = null;
        int[] tokens;
        if (hasSpans || hasMask) {
            rendering = read(tokenizer, given, this::rendering);
            tokens = rendering.tokens();
        } else {
            tokens = read(tokenizer, given, this::tokens);
        }
        switch (form) {
            case ids -> Ids.print(out, tokens, " ");
            case text -> out.print(tokenizer.decode(tokens));
            case json -> {
                String text = tokenizer.decode(tokens);
                if (rendering == null) {
                    Ids.printJson(out, tokens, text);
                } else {
                    Ids.printJson(out, tokens, text, details(rendering));
                }
            }
        }
        out.println();
        return 0;
    }

    private void checkForm() {
        if ((hasSpans || hasMask) && form != Form.json) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected --to json with " + (hasSpans ? "--spans" : "--mask") + " but found --to " + form);
        }
        if (hasMask && mode != Mode.training) {
            throw new ParameterException(
                    spec.commandLine(), "expected --mode training with --mask but found --mode " + mode);
        }
    }

    /** Renders what the input has. */
    private <T> T read(
            Tokenizer tokenizer, @Nullable AnalysisPolicy given, BiFunction<HarmonyRenderer, Conversation, T> render)
            throws IOException {
        Input input = new Input(file);
        try {
            Source source = from.read(input.text(), input, strictJson);
            AnalysisPolicy usual = mode == Mode.training ? AnalysisPolicy.KEEP_ALL : AnalysisPolicy.REFERENCE;
            RenderOptions options =
                    RenderOptions.DEFAULT.withDialect(dialect).withAnalysisPolicy(source.policy(given, usual));
            return render.apply(new HarmonyRenderer(tokenizer, options), source.conversation());
        } catch (IllegalArgumentException e) {
            throw input.error(e);
        }
    }

    private int[] tokens(HarmonyRenderer renderer, Conversation conversation) {
        return switch (mode) {
            case completion -> renderer.renderForCompletion(conversation, role);
            case conversation -> renderer.render(conversation);
            case training -> renderer.renderForTraining(conversation);
        };
    }

    private Rendering rendering(HarmonyRenderer renderer, Conversation conversation) {
        return switch (mode) {
            case completion -> renderer.renderingForCompletion(conversation, role);
            case conversation -> renderer.rendering(conversation);
            case training -> renderer.renderingForTraining(conversation);
        };
    }

    private JsonObject details(Rendering rendering) {
        JsonObject.Builder details = JsonObject.builder();
        if (hasSpans) {
            List<JsonValue> spans = new ArrayList<>();
            for (MessageSpan span : rendering.messages()) {
                spans.add(JsonObject.builder()
                        .put("message", span.index())
                        .put("start", span.start())
                        .put("content", span.content())
                        .put("end", span.end())
                        .build());
            }
            details.put("spans", JsonArray.of(spans));
            details.put(
                    "dropped",
                    JsonArray.ofIntegers(rendering.dropped().stream()
                            .mapToInt(Integer::intValue)
                            .toArray()));
        }
        if (hasMask) {
            details.put(
                    "labels",
                    JsonArray.ofIntegers(LossMask.DEFAULT.apply(rendering).labels()));
        }
        return details.build();
    }

    /** Converts a word on the command line to a dialect. */
    static final class DialectConverter implements ITypeConverter<Dialect> {
        @Override
        public Dialect convert(String word) {
            try {
                return Dialect.of(word);
            } catch (IllegalArgumentException unknown) {
                throw new TypeConversionException(unknown.getMessage());
            }
        }
    }
}
