package io.harmony4j.springai;

import org.junit.jupiter.api.Timeout;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.test.chat.client.advisor.AbstractToolCallingAdvisorAutoRegistrationIT;

/** All of Spring AI's tests of a loop that a chat client brings along by itself. */
@Timeout(60)
class ToolCallingAdvisorAutoRegistrationTest extends AbstractToolCallingAdvisorAutoRegistrationIT {
    @Override
    protected ChatModel getChatModel() {
        return ScriptedCities.model();
    }
}
