package io.harmony4j.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.SpecialToken;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.GeneratedToken.Alternative;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.tokenizer.AllowedSpecial;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is made of each runtime's answer. */
class AnswerTest {
    private static Stream<List<String>> recordings() {
        return Stream.of(
                List.of("llama-server", Recordings.LLAMA_SERVER),
                List.of("vllm", Recordings.VLLM),
                List.of("tensorrt-llm", Recordings.TENSORRT_LLM),
                List.of("sglang", Recordings.SGLANG),
                List.of("sglang", Recordings.SGLANG_INCREMENTAL),
                List.of("ollama", Recordings.OLLAMA));
    }

    private static Generation generate(String name, String answer) {
        return generate(name, answer, Recordings.OPTIONS, new ArrayList<>());
    }

    private static Generation generate(
            String name, String answer, GenerationOptions options, List<GeneratedToken> tokens) {
        try (FakeServer server = new FakeServer(FakeServer.stream(answer))) {
            return Backends.of(name + ":" + server.url() + "?retries=0")
                    .generate(Recordings.PROMPT, options, tokens::add);
        }
    }

    private static List<Integer> ids(List<GeneratedToken> tokens) {
        return tokens.stream().map(GeneratedToken::id).toList();
    }

    private static void check(String name, Generation generation, List<GeneratedToken> tokens) {
        assertThat(ids(tokens)).isEqualTo(Recordings.ANSWER);
        assertThat(Arrays.stream(generation.tokens()).boxed()).isEqualTo(Recordings.ANSWER);
        assertThat(generation.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(generation.promptTokens()).isEqualTo(Recordings.PROMPT.length);
        assertThat(generation.cachedTokens()).isEqualTo(name.equals("ollama") ? 0 : 7);
        assertThat(tokens.stream().map(GeneratedToken::position))
                .containsExactlyElementsOf(IntStream.range(0, Recordings.ANSWER.size())
                        .mapToObj(i -> i + Recordings.PROMPT.length)
                        .toList());
    }

    @TestFactory
    Stream<DynamicTest> eachRuntimesAnswerIsTheSameTokens() {
        return recordings()
                .map(recording -> DynamicTest.dynamicTest(recording.get(0), () -> {
                    List<GeneratedToken> tokens = new ArrayList<>();
                    check(
                            recording.get(0),
                            generate(recording.get(0), recording.get(1), Recordings.OPTIONS, tokens),
                            tokens);
                }));
    }

    @TestFactory
    Stream<DynamicTest> aChunkForEachByteIsTheSame() {
        return recordings()
                .map(recording -> DynamicTest.dynamicTest(recording.get(0), () -> {
                    List<byte[]> bytes = new ArrayList<>();
                    for (byte b : recording.get(1).replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)) {
                        bytes.add(new byte[] {b});
                    }
                    List<GeneratedToken> tokens = new ArrayList<>();
                    try (FakeServer server = new FakeServer(FakeServer.stream(bytes))) {
                        Generation generation = Backends.of(recording.get(0) + ":" + server.url())
                                .generate(Recordings.PROMPT, Recordings.OPTIONS, tokens::add);
                        check(recording.get(0), generation, tokens);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> aCutAtAnyByteIsTheSame() {
        return recordings()
                .map(recording -> DynamicTest.dynamicTest(recording.get(0), () -> {
                    Description description = Description.of("", "http://127.0.0.1:1");
                    HttpConnection connection = new HttpConnection(recording.get(0), description);
                    Backend backend = new Backend(runtime(recording.get(0), description), connection);
                    byte[] all = recording.get(1).getBytes(StandardCharsets.UTF_8);
                    for (int cut = 0; cut <= all.length; cut++) {
                        AnswerBytes bytes = new AnswerBytes(connection, Duration.ofSeconds(9), () -> false);
                        bytes.onNext(List.of(ByteBuffer.wrap(all, 0, cut)));
                        bytes.onNext(List.of(ByteBuffer.wrap(all, cut, all.length - cut)));
                        bytes.onComplete();
                        List<GeneratedToken> tokens = new ArrayList<>();
                        Answer answer =
                                new Answer(Recordings.TOKENIZER, Recordings.PROMPT, Recordings.OPTIONS, tokens::add);
                        backend.read(bytes, answer);
                        check(recording.get(0), answer.generation(), tokens);
                    }
                }));
    }

    private static Runtime runtime(String name, Description description) {
        return switch (name) {
            case "llama-server" -> new LlamaServer();
            case "vllm" -> new Vllm(null);
            case "tensorrt-llm" -> new TensorRtLlm(null);
            case "sglang" -> new Sglang();
            default -> new Ollama(description);
        };
    }

    @Test
    void aTokenIsHandedOnAsSoonAsItComes() {
        List<Integer> seen = new ArrayList<>();
        FakeServer.Script script = connection -> {
            connection.beginStream();
            for (String event : Recordings.LLAMA_SERVER.split("(?<=\n\n)", -1)) {
                int before = seen.size();
                connection.chunk(event);
                if (event.contains("\"stop\":false")) {
                    await(() -> seen.size() > before);
                }
            }
            connection.endStream();
        };
        try (FakeServer server = new FakeServer(script)) {
            Backends.of("llama-server:" + server.url())
                    .generate(Recordings.PROMPT, Recordings.OPTIONS, token -> seen.add(token.id()));
        }
        assertThat(seen).isEqualTo(Recordings.ANSWER);
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - start)
                    .isLessThan(Duration.ofSeconds(20).toNanos());
            Thread.onSpinWait();
        }
    }

    @Test
    void theLimitOfTokensIsLength() {
        assertThat(generate("llama-server", """
                        data: {"content":"<|channel|>","tokens":[200005],"stop":false}

                        data: {"content":"","tokens":[],"stop":true,"stop_type":"limit"}

                        """).finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(generate("vllm", """
                        data: {"choices":[{"index":0,"text":"a","token_ids":[64],"finish_reason":"length"}]}

                        data: [DONE]

                        """).finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(generate("sglang", """
                        data: {"output_ids":[64],"meta_info":{"finish_reason":{"type":"length","length":1},"completion_tokens":1}}

                        data: [DONE]

                        """).finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(generate("ollama", "{\"response\":\"a\",\"done\":true,\"done_reason\":\"length\"}\n")
                        .finishReason())
                .isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void noMoreTokensThanTheLimit() {
        Generation generation =
                generate("vllm", Recordings.VLLM, Recordings.OPTIONS.withMaxTokens(4), new ArrayList<>());

        assertThat(generation.tokens()).containsExactly(200005, 17196, 200008, 9048);
        assertThat(generation.finishReason()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void aStopTokenThatTheRuntimeDoesNotKnowEndsItToo() {
        Generation generation = generate(
                "vllm", Recordings.VLLM, Recordings.OPTIONS.withStopTokens(List.of(200008)), new ArrayList<>());

        assertThat(generation.tokens()).containsExactly(200005, 17196, 200008);
        assertThat(generation.finishReason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void anEndTokenThatTheRuntimeKeepsIsAdded() {
        String call = "<|channel|>commentary to=functions.f <|constrain|>json<|message|>{}";
        assertThat(ended(call, "null")).isEqualTo(SpecialToken.CALL.id());
        assertThat(ended("<|channel|>final<|message|>go to=x", "null")).isEqualTo(SpecialToken.RETURN.id());
        assertThat(ended("<|channel|>analysis<|message|>a<|end|><|start|>assistant to=python<|message|>1", "null"))
                .isEqualTo(SpecialToken.CALL.id());
        assertThat(ended(call, "200002")).isEqualTo(SpecialToken.RETURN.id());
        assertThat(ended("<|channel|>final<|message|>a", "199999")).isEqualTo(SpecialToken.END_OF_TEXT.id());
        assertThat(ended("", "null")).isEqualTo(SpecialToken.RETURN.id());
    }

    private static int ended(String text, String stopReason) {
        int[] ids = Recordings.TOKENIZER.encode(text, AllowedSpecial.ALL);
        Generation generation = generate(
                "vllm",
                "data: {\"choices\":[{\"index\":0,\"text\":\"\",\"token_ids\":" + Arrays.toString(ids)
                        + ",\"finish_reason\":\"stop\",\"stop_reason\":" + stopReason + "}]}\n\ndata: [DONE]\n\n");
        assertThat(generation.tokens()).hasSize(ids.length + 1);
        assertThat(Arrays.copyOf(generation.tokens(), ids.length)).isEqualTo(ids);
        assertThat(generation.finishReason()).isEqualTo(FinishReason.STOP);
        return generation.tokens()[ids.length];
    }

    @Test
    void textCountsWhereNoIdsCome() {
        assertThat(generate("vllm", """
                        data: {"choices":[{"index":0,"text":"<|channel|>fin","finish_reason":null}]}

                        data: {"choices":[{"index":0,"text":"al<|message|>Hi there","finish_reason":"stop","stop_reason":200002}]}

                        data: [DONE]

                        """).tokens())
                .containsExactly(Recordings.TOKENIZER.encode(
                        "<|channel|>final<|message|>Hi there<|return|>", AllowedSpecial.ALL));
    }

    @Test
    void strippedTextIsTheTokensOfWhatIsLeft() {
        assertThat(generate("ollama", """
                        {"response":"analysis","done":false}
                        {"response":"Go to=x.assistantfinalHi","done":false}
                        {"response":"","done":true,"done_reason":"stop"}
                        """).tokens())
                .containsExactly(
                        Recordings.TOKENIZER.encode("analysisGo to=x.assistantfinalHi<|return|>", AllowedSpecial.ALL));
    }

    @Test
    void logProbabilitiesOfEachRuntimeThatHasThem() {
        checkLogProbabilities("llama-server", """
                data: {"content":"!","tokens":[0],"stop":false,"completion_probabilities":[{"id":0,"token":"!","bytes":[33],"logprob":-0.5,"top_logprobs":[{"id":0,"token":"!","bytes":[33],"logprob":-0.5},{"id":1,"token":"x","bytes":[34],"logprob":-1.5}]}]}

                data: {"content":"","tokens":[],"stop":true,"stop_type":"limit"}

                """);
        checkLogProbabilities("vllm", """
                data: {"choices":[{"index":0,"text":"!","token_ids":[0],"logprobs":{"text_offset":[0],"token_logprobs":[-0.5],"tokens":["token_id:0"],"top_logprobs":[{"token_id:1":-1.5,"token_id:0":-0.5}]},"finish_reason":"length"}]}

                data: [DONE]

                """);
        checkLogProbabilities("sglang", """
                data: {"text":"!","output_ids":[0],"meta_info":{"completion_tokens":1,"finish_reason":{"type":"length","length":1},"output_token_logprobs":[[-0.5,0,null]],"output_top_logprobs":[[[-0.5,0,null],[-1.5,1,null]]]}}

                data: [DONE]

                """);
    }

    private static void checkLogProbabilities(String name, String answer) {
        for (int count = 0; count <= 2; count++) {
            List<GeneratedToken> tokens = new ArrayList<>();
            generate(name, answer, Recordings.OPTIONS.withLogProbabilities(count), tokens);

            assertThat(tokens).hasSize(1);
            assertThat(tokens.get(0).logProbability()).hasValue(-0.5);
            assertThat(tokens.get(0).alternatives())
                    .isEqualTo(List.of(new Alternative(0, -0.5), new Alternative(1, -1.5))
                            .subList(0, count));
        }
    }

    @Test
    void logProbabilitiesAreRefusedWhereThereAreNone() {
        assertThatThrownBy(() -> generate("ollama", "", Recordings.OPTIONS.withLogProbabilities(0), new ArrayList<>()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Ollama gives text");
        assertThatThrownBy(() ->
                        generate("tensorrt-llm", "", Recordings.OPTIONS.withLogProbabilities(2), new ArrayList<>()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 alternatives");
    }

    @Test
    void whatCannotBeAskedIsRefusedBeforeAnythingIsSent() {
        GenerationOptions processed = Recordings.OPTIONS.withLogitsProcessor(() -> logits -> {});
        assertThatThrownBy(() -> generate("vllm", "", processed, new ArrayList<>()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no logits processor")
                .hasMessageContaining("vllm");
        assertThatThrownBy(() ->
                        Backends.of("vllm:http://127.0.0.1:1").generate(new int[0], Recordings.OPTIONS, token -> {}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Backends.of("vllm:http://127.0.0.1:1")
                        .generate(new int[] {1, 999_999}, Recordings.OPTIONS, token -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("999999 at index 1");
    }
}
