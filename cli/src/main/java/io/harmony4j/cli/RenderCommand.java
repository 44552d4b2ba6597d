package io.harmony4j.cli;

import io.harmony4j.Conversation;
import io.harmony4j.Role;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.openai.Source;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.ChatTemplate;
import io.harmony4j.renderer.Dialect;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.LossMask;
import io.harmony4j.renderer.MessageSpan;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.renderer.Rendering;
import io.harmony4j.renderer.TrainingSample;
import io.harmony4j.renderer.UnslothMask;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Stack;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
            "  harmony render conversation.json --mode training --to json --mask",
            "  harmony render request.json --from chat --dialect hf --to text",
            "  harmony render sample.json --from chat --dialect hf --mode training --to json --mask trl",
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
            description = "Who continues, for completion; default ${DEFAULT-VALUE}.")
    private Role role;

    @Mixin
    private AnalysisOption analysis;

    @Option(
            names = "--dialect",
            paramLabel = "DIALECT",
            defaultValue = "openai",
            description = {
                "How the details are written; default ${DEFAULT-VALUE}.",
                "openai: as openai/harmony.",
                "oss: as oss-harmony, which vLLM uses: the channel commentary stands before the recipient, as the models write it.",
                "hf: as the chat template on Hugging Face. A chat request (--from chat) is read as the template reads it, and"
                        + " refused where the template refuses it; conversation and training are then the same.",
            })
    private Dialect dialect;

    @Mixin
    private FaithfulOption schemas;

    @Option(
            names = "--spans",
            description = "With --to json: also where each message is, and which are left out, by their indices.")
    private boolean hasSpans;

    @Option(
            names = "--mask",
            arity = "0..1",
            paramLabel = "MASK",
            preprocessor = MaskWord.class,
            description = {
                "With --mode training --to json: also labels, the tokens that are learnt, or -100. Which ones: ${COMPLETION-CANDIDATES};"
                        + " if none is named, sampled.",
                "sampled: what a model would have generated.",
                "trl, unsloth: as assistant_only_loss of TRL and train_on_responses_only of unsloth, for comparison; with"
                        + " --dialect hf and a chat request.",
            })
    private @Nullable Mask mask;

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
        Rendering rendering = rendering(tokenizer, given);
        int[] tokens = rendering.tokens();
        switch (form) {
            case ids -> Ids.print(out, tokens, " ");
            case text -> out.print(tokenizer.decode(tokens));
            case json -> Ids.printJson(out, tokens, tokenizer.decode(tokens), details(rendering, tokenizer));
        }
        out.println();
        return 0;
    }

    private void checkForm() {
        if ((hasSpans || mask != null) && form != Form.json) {
            throw wrongUsage(
                    "expected --to json with " + (hasSpans ? "--spans" : "--mask") + " but found --to " + form);
        }
        if (mask != null && mode != Mode.training) {
            throw wrongUsage("expected --mode training with --mask but found --mode " + mode);
        }
        if (mask != null) {
            mask.requireDialect(dialect, spec.commandLine());
        }
    }

    private ParameterException wrongUsage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private boolean isTrainers() {
        return mask != null && mask != Mask.sampled;
    }

    /** Renders what the input has. */
    private Rendering rendering(Tokenizer tokenizer, @Nullable AnalysisPolicy given) throws IOException {
        Input input = new Input(file);
        try {
            String json = input.text();
            if (dialect == Dialect.HF && from.isChatRequest(json, input, strictJson)) {
                return chat(new ChatTemplate(tokenizer, from.date()), json, given);
            }
            if (isTrainers()) {
                throw new IllegalArgumentException("expected a chat request with --mask " + mask
                        + " but found something else; --from chat takes it for one");
            }
            Source source = from.read(json, input, strictJson);
            RenderOptions options =
                    RenderOptions.DEFAULT.withDialect(dialect).withFaithfulTypeScript(schemas.areFaithful());
            AnalysisPolicy policy = mode == Mode.training
                    ? Objects.requireNonNullElse(given, options.trainingPolicy()) // whatever a request's prompt has
                    : source.policy(given, options.analysisPolicy());
            options = options.withAnalysisPolicy(policy);
            return rendering(new HarmonyRenderer(tokenizer, options), source.conversation());
        } catch (IllegalArgumentException e) {
            throw input.error(e);
        }
    }

    private Rendering chat(ChatTemplate template, String json, @Nullable AnalysisPolicy given) {
        if (given != null) {
            throw wrongUsage(
                    "expected no policy with a chat request and --dialect hf, as the chat template has its own, but found "
                            + given.wireName());
        }
        if (mode != Mode.completion) {
            return template.renderingForTraining(json);
        }
        if (role != Role.ASSISTANT) {
            throw wrongUsage(
                    "expected --role assistant with a chat request and --dialect hf, as the chat template has no other, but"
                            + " found " + role.wireName());
        }
        return template.renderingForCompletion(json);
    }

    private Rendering rendering(HarmonyRenderer renderer, Conversation conversation) {
        return switch (mode) {
            case completion -> renderer.renderingForCompletion(conversation, role);
            case conversation -> renderer.rendering(conversation);
            case training -> renderer.renderingForTraining(conversation);
        };
    }

    private JsonObject details(Rendering rendering, Tokenizer tokenizer) {
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
        if (mask != null) {
            TrainingSample sample = switch (mask) {
                case sampled -> LossMask.DEFAULT.apply(rendering);
                case trl -> LossMask.TRL.apply(rendering);
                case unsloth -> UnslothMask.of(tokenizer).apply(rendering);
            };
            details.put("labels", JsonArray.ofIntegers(sample.labels()));
        }
        return details.build();
    }

    /** Lets {@code --mask} stand without a word: what comes next is one only if it names a mask. */
    static final class MaskWord implements IParameterPreprocessor {
        @Override
        public boolean preprocess(
                Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> info) {
            boolean isAttached = "=".equals(info.get("separator")); // as in --mask=trl
            boolean isWord = !arguments.isEmpty()
                    && Arrays.stream(Mask.values()).anyMatch(mask -> mask.name().equals(arguments.peek()));
            if (!isAttached && !isWord) {
                arguments.push(Mask.sampled.name());
            }
            return false; // the word is still to be read
        }
    }
}
