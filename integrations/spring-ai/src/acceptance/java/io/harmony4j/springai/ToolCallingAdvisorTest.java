package io.harmony4j.springai;

import org.junit.jupiter.api.Timeout;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.test.chat.client.advisor.AbstractToolCallingAdvisorIT;

/** All of Spring AI's tests of a loop that calls tools. */
@Timeout(60)
class ToolCallingAdvisorTest extends AbstractToolCallingAdvisorIT {
    @Override
    protected ChatModel getChatModel() {
        return ScriptedCities.model();
    }
}
