package io.harmony4j.server;

import io.harmony4j.ToolNamespace;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.json.JsonValue;
import io.harmony4j.openai.ApiOptions;
import io.harmony4j.openai.ChatCompletions;
import io.harmony4j.openai.Models;
import io.harmony4j.openai.RequestGrammars;
import io.harmony4j.openai.ResponseLoop;
import io.harmony4j.openai.ResponseStore;
import io.harmony4j.openai.Responses;
import io.harmony4j.openai.TextCompletions;
import io.harmony4j.openai.ToolRunner;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.tokenizer.Tokenizer;
import java.time.Duration;

/** A model that is there, with what turns requests into its prompts. Immutable. */
final class Service {
    /** How many grammars are kept. */
    private static final int MAX_GRAMMARS = 256;

    private final ServedModel model;
    private final Tokenizer tokenizer = Tokenizer.o200kHarmony();
    private final HarmonyRenderer renderer;
    private final ToolRunner tools;
    private final RequestGrammars grammars;
    private final Metrics metrics;
    private final ChatCompletions chat;
    private final TextCompletions texts;
    private final Responses responses;
    private final Models models;

    Service(ServedModel model, ServerOptions options, ResponseStore store, Metrics metrics) {
        this.model = model;
        this.renderer = new HarmonyRenderer(tokenizer, model.renderOptions());
        this.tools = options.toolRunner();
        this.grammars = model.obeysGrammars() ? new RequestGrammars(MAX_GRAMMARS) : RequestGrammars.NONE;
        this.metrics = metrics;
        ApiOptions api = options.apiOptions()
                .withModels(model.names().toArray(String[]::new))
                .withAnalysisPolicy(model.analysisPolicy())
                .withBuiltInTools(options.builtInTools().toArray(ToolNamespace[]::new))
                .withMaxLength(Integer.MAX_VALUE);
        this.chat = new ChatCompletions(api);
        this.texts = new TextCompletions(api);
        this.responses = new Responses(api, store);
        this.models = new Models(api);
    }

    ServedModel model() {
        return model;
    }

    Tokenizer tokenizer() {
        return tokenizer;
    }

    /** Returns a renderer of conversations from which all is left out that is to be. */
    HarmonyRenderer renderer() {
        return renderer;
    }

    /** Returns the grammars that bind what the model writes. */
    RequestGrammars grammars() {
        return grammars;
    }

    Metrics metrics() {
        return metrics;
    }

    /**
     * Returns the generator on behalf of a request.
     *
     * @param cancellation whether what is generated is still wanted
     * @param awaitRoom waits until the client can be sent more
     */
    TokenGenerator generator(Exchange exchange, Cancellation cancellation, Runnable awaitRoom) {
        return new WatchedGenerator(model.generator(), metrics, exchange, cancellation, awaitRoom);
    }

    /** Returns what makes responses with such a generator. */
    ResponseLoop loop(TokenGenerator generator) {
        return new ResponseLoop(generator, tokenizer, renderer, model.contextTokens(), tools).withGrammars(grammars);
    }

    /** Notes how long a request has waited for its place. */
    void waited(Duration time, Exchange exchange) {
        metrics.waited(time);
        exchange.note("queue_ms", JsonValue.of(time.toMillis()));
    }

    ChatCompletions chat() {
        return chat;
    }

    TextCompletions texts() {
        return texts;
    }

    Responses responses() {
        return responses;
    }

    Models models() {
        return models;
    }
}
