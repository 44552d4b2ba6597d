package io.harmony4j.cli;

import static java.util.Objects.requireNonNullElse;

import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.Sampling;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.json.Json;
import io.harmony4j.openai.ApiRequest;
import io.harmony4j.openai.RequestGrammars;
import io.harmony4j.openai.Source;
import io.harmony4j.parser.ParseEvent;
import io.harmony4j.parser.ParseOptions;
import io.harmony4j.parser.StreamParser;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code harmony generate}: what a model says next in a conversation. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = "Let a model continue a conversation, and parse what it says while it streams.",
        footer = {
            "",
            "The prompt leaves out the analysis of turns that have their answer, as harmony",
            "render does with --analysis since-last-final; that of the tiny model is as in its",
            "training, with --analysis reference. Standard error says which kernels compute or",
            "which backend generates, and how many tokens a second.",
            "",
            "Of a request, it takes the prompt, the most tokens and the sampling; options on the",
            "command line come first. Stop strings and n are for servers.",
            "",
            "A grammar binds the model where a call is demanded, a tool is strict or the answer",
            "has a format; of the runtimes elsewhere, llama-server and sglang obey it.",
            "",
            "Examples:",
            "  harmony generate --model gpt-oss-20b conversation.json",
            "  harmony generate --model gpt-oss-20b.gguf --temperature 0.7 --seed 1 -",
            "  harmony generate --from chat request.json",
            "  harmony generate --tools tools.json --tool-choice required conversation.json",
            "  harmony generate --backend llama-server:http://127.0.0.1:8080 conversation.json",
        })
final class GenerateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOrBackend model;

    @Mixin
    private FromOption from;

    @Mixin
    private StrictJsonOption strictJson;

    @Mixin
    private FaithfulOption schemas;

    @Mixin
    private TurnOptions turn;

    @Parameters(
            paramLabel = "FILE",
            description = "A conversation in JSON ({\"messages\":[...]}), or a request; or - for standard input.")
    private String file;

    @Option(
            names = "--to",
            paramLabel = "FORM",
            description = {
                "What to print: ${COMPLETION-CANDIDATES}; default transcript on a terminal, messages elsewhere.",
                "messages: a line of JSON for each. events: a line of JSON for each, as it comes.",
                "transcript: human-readable, as it comes, in the colours of the channels. ids: the tokens.",
            })
    private @Nullable Form form;

    @Option(names = "--max-tokens", paramLabel = "N", description = "The most tokens to generate; default 4096.")
    private @Nullable Integer maxTokens;

    @Option(names = "--temperature", paramLabel = "T", description = "0 for the most likely token; default 1.")
    private @Nullable Double temperature;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            description = "Only the most likely tokens that together reach P; default 1.")
    private @Nullable Double topP;

    @Option(names = "--top-k", paramLabel = "K", description = "Only the K most likely tokens; default 0, all.")
    private @Nullable Integer topK;

    @Option(
            names = "--min-p",
            paramLabel = "P",
            description = "Only tokens at least P times as likely as the likeliest; default 0.")
    private @Nullable Double minP;

    @Option(names = "--seed", paramLabel = "N", description = "Where the random numbers begin; default 0.")
    private @Nullable Long seed;

    /** What to print. */
    enum Form {
        transcript,
        messages,
        events,
        ids
    }

    @Override
    public Integer call() throws IOException {
        Tokenizer tokenizer = Tokenizer.o200kHarmony();
        Input input = new Input(file);
        ApiRequest asked = turn.isGiven()
                ? turn.request(requireNonNullElse(maxTokens, GenerationOptions.DEFAULT.maxTokens()))
                : null;
        Source source = source(input, asked);
        GenerationOptions options = options(source.request());
        int[] prompt = prompt(tokenizer, source, input, model.analysisPolicy());
        PrintWriter err = spec.commandLine().getErr();
        try (ModelOrBackend.Opened opened = model.open()) {
            err.println(opened.description());
            StreamParser parser = new StreamParser(tokenizer, ParseOptions.forRole(Role.ASSISTANT), printer());
            TokenGenerator generator = bound(opened.generator(), asked == null ? source.request() : asked);
            Generation generation = generator.generate(prompt, options, token -> {
                if (form() == Form.ids) {
                    print(token.id());
                }
                parser.accept(token.id());
            });
            parser.finish();
            spec.commandLine().getOut().flush();
            err.println(summary(generation));
        }
        return 0;
    }

    /**
     * Returns what to go on from.
     *
     * @param asked what options ask for beside it, if any is given
     */
    private Source source(Input input, @Nullable ApiRequest asked) throws IOException {
        try {
            String json = input.text();
            boolean isRequest = asked != null && from.shape(json, strictJson).isRequest();
            if (isRequest && !from.isChatRequest(json, input, strictJson)) {
                throw new IllegalArgumentException("expected a conversation or a chat request with --tools,"
                        + " --response-format and --tool-choice but found a Responses request");
            }
            String whole = isRequest ? turn.addedTo(Json.parse(json)).toString() : json;
            Source source = from.read(whole, input, strictJson);
            return asked == null || isRequest ? source : Source.of(TurnOptions.addedTo(source.conversation(), asked));
        } catch (IllegalArgumentException e) {
            throw input.error(e);
        }
    }

    /** Returns a generator that obeys a request; the generator itself if there is none, or it obeys no grammar. */
    private TokenGenerator bound(TokenGenerator generator, @Nullable ApiRequest request) {
        return request == null || !model.obeysGrammars()
                ? generator
                : new RequestGrammars(1).bind(request, generator, Tokenizer.o200kHarmony());
    }

    /** Returns how to generate: as the command line says, else as the request does, else by default. */
    private GenerationOptions options(@Nullable ApiRequest request) {
        GenerationOptions options = GenerationOptions.DEFAULT;
        if (request != null) {
            options = request.generationOptions(0)
                    .withMaxTokens(request.decoding().maxTokens().orElse(options.maxTokens()));
            options = options.withSampling(
                    options.sampling().withSeed(request.decoding().seed().orElse(0)));
        }
        return options.withMaxTokens(requireNonNullElse(maxTokens, options.maxTokens()))
                .withStopTokens(SpecialToken.stopIds())
                .withSampling(sampling(options.sampling()));
    }

    private Sampling sampling(Sampling otherwise) {
        return otherwise
                .withTemperature(requireNonNullElse(temperature, otherwise.temperature()))
                .withTopP(requireNonNullElse(topP, otherwise.topP()))
                .withTopK(requireNonNullElse(topK, otherwise.topK()))
                .withMinP(requireNonNullElse(minP, otherwise.minP()))
                .withSeed(requireNonNullElse(seed, otherwise.seed()));
    }

    private int[] prompt(Tokenizer tokenizer, Source source, Input input, AnalysisPolicy policy) {
        RenderOptions options = RenderOptions.DEFAULT
                .withAnalysisPolicy(source.policy(null, policy))
                .withFaithfulTypeScript(schemas.areFaithful());
        try {
            return new HarmonyRenderer(tokenizer, options).renderForCompletion(source.conversation(), Role.ASSISTANT);
        } catch (IllegalArgumentException e) {
            throw input.error(e);
        }
    }

    private Form form() {
        return form != null ? form : Terminal.isOutput() ? Form.transcript : Form.messages;
    }

    private void print(int id) {
        spec.commandLine().getOut().println(id);
        spec.commandLine().getOut().flush();
    }

    private Consumer<ParseEvent> printer() {
        PrintWriter out = spec.commandLine().getOut();
        return switch (form()) {
            case transcript -> new Transcript(out, Terminal.hasColor(System.getenv()))::accept;
            case events -> EventLines.ofEvents(out);
            case messages -> EventLines.ofMessages(out);
            case ids -> event -> {};
        };
    }

    static String summary(Generation generation) {
        return String.format(
                Locale.ROOT,
                "prompt: %d tokens, %d of them read before, %.1f tokens/s; generated: %d tokens, %.1f tokens/s; ended by: %s",
                generation.promptTokens(),
                generation.cachedTokens(),
                generation.prefillTokensPerSecond(),
                generation.tokens().length,
                generation.decodeTokensPerSecond(),
                generation.finishReason().wireName());
    }
}
