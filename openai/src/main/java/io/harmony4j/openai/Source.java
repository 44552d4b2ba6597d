package io.harmony4j.openai;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Conversation;
import io.harmony4j.renderer.AnalysisPolicy;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a text of any {@link Shape} says: a conversation, and the request that it came from if it came from one.
 *
 * @param conversation all that it says
 * @param request the request; null if it is none
 */
public record Source(Conversation conversation, @Nullable ApiRequest request) {
    public Source {
        requireNonNull(conversation, "conversation");
    }

    /** Returns a conversation that came from no request. */
    public static Source of(Conversation conversation) {
        return new Source(conversation, null);
    }

    /**
     * Reads a text.
     *
     * @param shape what it is
     * @param options how to read requests
     * @param store where responses are that a request goes on from
     * @throws ApiException if it is a request that is refused
     * @throws IllegalArgumentException if it is a conversation or an answer, and not as it should be
     */
    public static Source read(String json, Shape shape, ApiOptions options, ResponseStore store) {
        return switch (requireNonNull(shape, "shape")) {
            case HARMONY -> of(Conversation.fromJson(json));
            case CHAT_REQUEST -> of(new ChatCompletions(options).request(json));
            case RESPONSES_REQUEST -> of(new Responses(options, store).request(json));
            case CHAT_ANSWER -> of(new Conversation(ChatCompletions.messages(json)));
            case RESPONSES_ANSWER -> of(new Conversation(Responses.messages(json)));
        };
    }

    private static Source of(ApiRequest request) {
        return new Source(request.wholeConversation(), request);
    }

    /**
     * Returns which chains of thought a prompt leaves out.
     *
     * @param given what the caller wants, which comes first; null if that is for the request to say
     * @param ofConversations what goes for a conversation that is no request's
     */
    public AnalysisPolicy policy(@Nullable AnalysisPolicy given, AnalysisPolicy ofConversations) {
        AnalysisPolicy own = request == null ? ofConversations : request.analysisPolicy();
        return Objects.requireNonNullElse(given, own);
    }
}
