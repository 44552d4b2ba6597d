package io.harmony4j.langchain4j;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.common.AbstractAiServiceWithJsonSchemaIT;
import java.util.List;

/** What LangChain4j asks of AI services whose answers have a JSON schema. */
class HarmonyAiServiceWithJsonSchemaIT extends AbstractAiServiceWithJsonSchemaIT {
    @Override
    protected List<ChatModel> models() {
        return List.of(Samples.chat(AcceptanceScript.model()).build());
    }

    @Override
    protected boolean supportsRecursion() {
        return true;
    }
}
