package io.harmony4j.langchain4j;

import dev.langchain4j.data.image.Image;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.common.AbstractAiServiceWithToolsIT;
import java.util.List;

/** What LangChain4j asks of AI services with tools. */
class HarmonyAiServiceWithToolsIT extends AbstractAiServiceWithToolsIT {
    @Override
    protected List<ChatModel> models() {
        return List.of(Samples.chat(AcceptanceScript.model()).build());
    }

    @Override
    protected boolean supportsRecursion() {
        return true;
    }

    @Override
    protected boolean verifyModelInteractions() {
        return true;
    }

    /** In place of a picture from the net. */
    @Override
    protected Image catImage() {
        return Image.builder().base64Data("aGk=").mimeType("image/png").build();
    }
}
