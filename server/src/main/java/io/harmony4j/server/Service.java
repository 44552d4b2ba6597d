package io.harmony4j.server;

import io.harmony4j.openai.ApiOptions;
import io.harmony4j.openai.ChatCompletions;
import io.harmony4j.openai.Models;
import io.harmony4j.openai.ResponseStore;
import io.harmony4j.openai.Responses;
import io.harmony4j.openai.TextCompletions;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.tokenizer.Tokenizer;

/** A model that is there, with what turns requests into its prompts. Immutable. */
final class Service {
    private final ServedModel model;
    private final Tokenizer tokenizer = Tokenizer.o200kHarmony();
    private final HarmonyRenderer renderer =
            new HarmonyRenderer(tokenizer, RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.KEEP_ALL));
    private final Turns turns;
    private final ChatCompletions chat;
    private final TextCompletions texts;
    private final Responses responses;
    private final Models models;

    Service(ServedModel model, ServerOptions options, ResponseStore store, Metrics metrics) {
        this.model = model;
        this.turns = new Turns(metrics);
        ApiOptions api = options.apiOptions()
                .withModels(model.names().toArray(String[]::new))
                .withAnalysisPolicy(model.analysisPolicy())
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

    /** Returns what runs the model's turns. */
    Turns turns() {
        return turns;
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
