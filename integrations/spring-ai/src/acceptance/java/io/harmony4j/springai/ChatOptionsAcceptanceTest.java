package io.harmony4j.springai;

import org.springframework.ai.test.options.AbstractChatOptionsTests;

/** All of Spring AI's tests of options. */
class ChatOptionsAcceptanceTest extends AbstractChatOptionsTests<HarmonyChatOptions, HarmonyChatOptions.Builder> {
    @Override
    protected Class<HarmonyChatOptions> getConcreteOptionsClass() {
        return HarmonyChatOptions.class;
    }

    @Override
    protected HarmonyChatOptions.Builder readyToBuildBuilder() {
        return HarmonyChatOptions.builder().model("gpt-oss-20b").seed(7L);
    }
}
