package io.harmony4j.langchain4j;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.service.common.AbstractStreamingAiServiceIT;
import java.util.List;

/** What LangChain4j asks of streaming AI services. */
class HarmonyStreamingAiServiceIT extends AbstractStreamingAiServiceIT {
    @Override
    protected List<StreamingChatModel> models() {
        return List.of(Samples.streaming(AcceptanceScript.model()).build());
    }

    @Override
    protected Class<? extends TokenUsage> tokenUsageType(StreamingChatModel model) {
        return HarmonyTokenUsage.class;
    }
}
