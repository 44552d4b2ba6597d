package io.harmony4j.langchain4j;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.common.AbstractChatModelIT;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;

/** What LangChain4j asks of chat models. */
class HarmonyChatModelIT extends AbstractChatModelIT {
    @Override
    protected List<ChatModel> models() {
        return List.of(Samples.chat(AcceptanceScript.model()).build());
    }

    @Override
    protected ChatModel createModelWith(ChatRequestParameters parameters) {
        return Samples.chat(AcceptanceScript.model())
                .defaultRequestParameters(parameters)
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
    protected Class<? extends TokenUsage> tokenUsageType(ChatModel model) {
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
}
