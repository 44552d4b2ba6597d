package io.harmony4j.langchain4j;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.common.AbstractChatModelListenerIT;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import io.harmony4j.backends.Backends;
import io.harmony4j.testkit.ScriptedServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;

/** What LangChain4j asks of the listeners of chat models. */
class HarmonyChatModelListenerIT extends AbstractChatModelListenerIT {
    private static final ScriptedServer BUSY = ScriptedServer.refusing(503, "Loading model");

    @AfterAll
    static void close() {
        BUSY.close();
    }

    @Override
    protected ChatModel createModel(ChatModelListener listener) {
        return Samples.chat(AcceptanceScript.model())
                .modelName(modelName())
                .defaultRequestParameters(ChatRequestParameters.builder()
                        .temperature(temperature())
                        .topP(topP())
                        .maxOutputTokens(maxTokens())
                        .build())
                .listeners(List.of(listener))
                .build();
    }

    @Override
    protected ChatModel createFailingModel(ChatModelListener listener) {
        return Samples.chat(Backends.of("llama-server:" + BUSY.url() + "?retries=0"))
                .listeners(List.of(listener))
                .build();
    }

    @Override
    protected String modelName() {
        return "gpt-oss-20b";
    }

    @Override
    protected Class<? extends Exception> expectedExceptionClass() {
        return InternalServerException.class;
    }
}
