package io.harmony4j.langchain4j;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.service.common.AbstractAiServiceIT;
import java.util.List;

/** What LangChain4j asks of AI services. */
class HarmonyAiServiceIT extends AbstractAiServiceIT {
    @Override
    protected List<ChatModel> models() {
        return List.of(Samples.chat(AcceptanceScript.model()).build());
    }

    @Override
    protected Class<? extends TokenUsage> tokenUsageType(ChatModel model) {
        return HarmonyTokenUsage.class;
    }
}
