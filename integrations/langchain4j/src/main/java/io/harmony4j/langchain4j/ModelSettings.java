package io.harmony4j.langchain4j;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import io.harmony4j.Conversation;
import io.harmony4j.chat.HarmonyModel;
import io.harmony4j.chat.TurnOptions;
import io.harmony4j.generation.GenerationOptions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What both chat models are made of.
 *
 * @param generation how tokens are generated where a request says nothing
 * @param seed where random numbers begin; null for another place each time
 * @param parameters what requests have where they say nothing else
 */
record ModelSettings(
        HarmonyModel model,
        Conversations conversations,
        GenerationOptions generation,
        @Nullable Long seed,
        ChatRequestParameters parameters,
        List<ChatModelListener> listeners) {

    /** Without this one, AI services put schemas into the user's message. */
    static final Set<Capability> CAPABILITIES = Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA);

    /** Returns the conversation of a request, or throws one of LangChain4j's exceptions. */
    Conversation conversation(ChatRequest request) {
        try {
            return conversations.of(request.messages(), request.parameters());
        } catch (RuntimeException e) {
            throw Failures.ofRequest(e);
        }
    }

    /** Returns the options of a request, or throws one of LangChain4j's exceptions. */
    TurnOptions options(ChatRequest request) {
        long begin = seed == null ? ThreadLocalRandom.current().nextLong() : seed;
        try {
            return RequestOptions.of(
                    request.parameters(),
                    generation.withSampling(generation.sampling().withSeed(begin)));
        } catch (RuntimeException e) {
            throw Failures.ofRequest(e);
        }
    }

    HarmonyTokenCountEstimator tokenCountEstimator() {
        return new HarmonyTokenCountEstimator(model, conversations, parameters);
    }
}
