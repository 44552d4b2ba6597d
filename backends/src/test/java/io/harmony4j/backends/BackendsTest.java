package io.harmony4j.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackendsTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "llama:http://127.0.0.1", "http://127.0.0.1:8080", "LLAMA-SERVER:http://a", "vllm2"})
    void unknownNamesListTheKnownOnes(String description) {
        assertThatThrownBy(() -> Backends.of(description))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("llama-server, ollama, sglang, tensorrt-llm, vllm")
                .hasMessageContaining("\"" + description + "\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "vllm http",
                "vllm: http",
                "vllm:127.0.0.1:8000 http",
                "vllm:ftp://a/ http",
                "vllm:http:// http",
                "vllm:http://a_b{ http",
                "vllm:http://user:word@a/ key_file",
                "vllm:http://a/#x key_file",
                "vllm:http://a/?modle=x model,",
                "vllm:http://a/?model model,",
                "vllm:http://a/?retries=-1 retries",
                "vllm:http://a/?idle_seconds=x idle_seconds",
                "ollama:http://a/?num_ctx=0 num_ctx",
                "vllm:http://a/?key_file=/nowhere/key /nowhere/key",
            })
    void whatIsWrongWithADescriptionIsSaid(String description, String said) {
        assertThatThrownBy(() -> {
                    Backends.of(description).generate(Recordings.PROMPT, Recordings.OPTIONS, token -> {});
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said);
    }

    @Test
    void aKeyIsSentAndAPathIsKept(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "secret\n");
        try (FakeServer server = new FakeServer(FakeServer.stream(Recordings.VLLM))) {
            Backends.of("vllm:" + server.url() + "/gpu7/v1?model=a%20b+c&key_file=" + file)
                    .generate(Recordings.PROMPT, Recordings.OPTIONS, token -> {});

            FakeServer.Request request = server.requests().get(0);
            assertThat(request.line()).startsWith("POST /gpu7/v1/completions ");
            assertThat(request.headers()).containsEntry("authorization", "Bearer secret");
            assertThat(request.json().get("model").text()).isEqualTo("a b+c");
        }
    }
}
