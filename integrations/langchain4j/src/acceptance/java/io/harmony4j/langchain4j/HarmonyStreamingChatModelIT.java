package io.harmony4j.langchain4j;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.atLeast;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.common.AbstractStreamingChatModelIT;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import org.mockito.InOrder;

/** What LangChain4j asks of streaming chat models. The cancellation waits its 30 seconds for a response that must not come. */
class HarmonyStreamingChatModelIT extends AbstractStreamingChatModelIT {
    @Override
    protected List<StreamingChatModel> models() {
        return List.of(Samples.streaming(AcceptanceScript.model()).build());
    }

    @Override
    protected StreamingChatModel createModelWith(ChatRequestParameters parameters) {
        return Samples.streaming(AcceptanceScript.model())
                .defaultRequestParameters(parameters)
                .build();
    }

    @Override
    public StreamingChatModel createModelWith(ChatModelListener listener) {
        return Samples.streaming(AcceptanceScript.model())
                .listeners(List.of(listener))
                .build();
    }

    @Override
    protected String customModelName() {
        return "gpt-oss-20b";
    }

    @Override
    protected ChatRequestParameters createIntegrationSpecificParameters(int maxOutputTokens) {
        return ChatRequestParameters.builder().maxOutputTokens(maxOutputTokens).build();
    }

    /** The limit counts thinking; with 5 tokens there is no text yet. */
    @Override
    protected int maxOutputTokens() {
        return 25;
    }

    @Override
    protected Class<? extends TokenUsage> tokenUsageType(StreamingChatModel model) {
        return HarmonyTokenUsage.class;
    }

    @Override
    protected boolean supportsSingleImageInputAsBase64EncodedString() {
        return false;
    }

    @Override
    protected boolean supportsSingleImageInputAsPublicURL() {
        return false;
    }

    @Override
    protected void verifyToolCallbacks(StreamingChatResponseHandler handler, InOrder io, StreamingChatModel model) {
        io.verify(handler, atLeast(1)).onPartialThinking(any(), any());
        super.verifyToolCallbacks(handler, io, model);
    }

    @Override
    protected void verifyToolCallbacks(StreamingChatResponseHandler handler, InOrder io, String id) {
        io.verify(handler, atLeast(1)).onPartialThinking(any(), any());
        verifyCall(handler, io, 0, id, "getWeather", "{\"", "city", "\":\"", "Mun", "ich", "\"}");
    }

    @Override
    protected void verifyToolCallbacks(StreamingChatResponseHandler handler, InOrder io, String id1, String id2) {
        io.verify(handler, atLeast(1)).onPartialThinking(any(), any());
        verifyCall(handler, io, 0, id1, "getWeather", "{\"", "city", "\":\"", "Mun", "ich", "\"}");
        verifyCall(handler, io, 1, id2, "getTime", "{\"", "country", "\":\"", "France", "\"}");
    }

    /** Verifies a call that comes token by token. */
    private static void verifyCall(
            StreamingChatResponseHandler handler, InOrder io, int index, String id, String tool, String... pieces) {
        for (String piece : pieces) {
            io.verify(handler).onPartialToolCall(eq(partial(index, id, tool, piece)), any());
        }
        io.verify(handler).onCompleteToolCall(complete(index, id, tool, String.join("", pieces)));
    }
}
