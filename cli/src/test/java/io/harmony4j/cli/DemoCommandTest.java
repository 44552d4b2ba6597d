package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DemoCommandTest {
    @Test
    void showsThePromptTheAnswerTheEventsAndTheMessages() {
        assertThat(Run.of("demo").done())
                .contains(
                        "== The prompt: 157 tokens\n<|start|>system<|message|>You are ChatGPT",
                        "type get_weather = (_: {\n",
                        "Do I need an umbrella in Tokyo?<|end|><|start|>assistant\n",
                        "== What a model answers: 32 tokens\n200005 35644 200008 ",
                        "{\"event\":\"content_delta\",\"text\":\" weather\"}\n",
                        "\"ending\":\"call\"")
                .endsWith("""
                        == The messages
                        {"role":"assistant","content":"The weather decides. Call get_weather.","channel":"analysis"}
                        {"role":"assistant","recipient":"functions.get_weather","content":"{\\"city\\":\\"Tokyo\\"}",\
                        "channel":"commentary","content_type":"<|constrain|>json"}
                        """);
    }
}
