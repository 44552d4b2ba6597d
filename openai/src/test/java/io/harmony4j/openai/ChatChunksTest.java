package io.harmony4j.openai;

import static io.harmony4j.openai.Scripted.CREATED;
import static io.harmony4j.openai.Scripted.CUSTOM;
import static io.harmony4j.openai.Scripted.RULES;
import static io.harmony4j.openai.Scripted.TOKENIZER;
import static io.harmony4j.openai.Scripted.chunks;
import static io.harmony4j.openai.Scripted.envelope;
import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.chat.Usage;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The chunks of Chat Completions. */
class ChatChunksTest {
    private static final String START = "<|start|>assistant";
    private static final String FINAL = "<|channel|>final<|message|>";
    private static final String CALL =
            "<|channel|>commentary to=functions.get_weather <|constrain|>json<|message|>{\"city\":\"Tokyo\"}";
    private static final String BEGIN = "{\"role\":\"assistant\",\"content\":\"\"}";

    /** Returns the deltas of chunks that have one choice each. */
    private static List<String> deltas(List<JsonObject> chunks) {
        return chunks.stream().map(ChatChunksTest::delta).toList();
    }

    private static String delta(JsonObject chunk) {
        assertThat(chunk.get("choices").elements()).hasSize(1);
        return chunk.get("choices").elements().get(0).get("delta").toString();
    }

    @Test
    void chunksHaveTheirFieldsAndNoOthers() {
        List<JsonObject> chunks = chunks(envelope(), RULES, FINAL + "Hi<|return|>", FinishReason.STOP);

        String head =
                "{\"id\":\"chatcmpl-0\",\"object\":\"chat.completion.chunk\",\"created\":1750000000,\"model\":\"gpt-oss-20b\","
                        + "\"service_tier\":\"default\",\"system_fingerprint\":null,\"choices\":[{\"index\":0,\"delta\":";
        assertThat(chunks)
                .extracting(JsonObject::toString)
                .containsExactly(
                        head + BEGIN + ",\"logprobs\":null,\"finish_reason\":null}]}",
                        head + "{\"content\":\"Hi\"},\"logprobs\":null,\"finish_reason\":null}]}",
                        head + "{},\"logprobs\":null,\"finish_reason\":\"stop\"}]}");
    }

    @Test
    void theFirstChunkComesBeforeThePromptIsRead() {
        List<JsonObject> chunks = new ArrayList<>();
        ChatAnswer answer = new ChatAnswer(TOKENIZER, envelope(), RULES, chunks::add);
        assertThat(chunks).isEmpty();

        answer.begin();
        answer.begin();
        assertThat(deltas(chunks)).containsExactly(BEGIN);

        answer.turn(0).accept(FINAL + "Hi<|return|>");
        answer.turn(0).finish(FinishReason.STOP);
        assertThat(deltas(chunks)).containsExactly(BEGIN, "{\"content\":\"Hi\"}", "{}");
    }

    /** Clients take a stream for ended at the first reason that they see. */
    @Test
    void onlyTheLastChunkOfAnEmptyAnswerHasAReason() {
        List<JsonObject> chunks = chunks(envelope(), RULES, "", FinishReason.STOP);
        assertThat(deltas(chunks)).containsExactly(BEGIN, "{}");
        assertThat(chunks)
                .extracting(chunk -> chunk.get("choices").elements().get(0).get("finish_reason"))
                .containsExactly(JsonValue.ofNull(), JsonValue.of("stop"));
    }

    @Test
    void messagesOfAKindAreJoinedByALineFeed() {
        List<String> deltas = deltas(chunks(
                envelope(),
                RULES,
                "<|channel|>analysis<|message|>a<|end|>" + START + "<|channel|>analysis<|message|>b<|end|>" + START
                        + "<|channel|>commentary<|message|>c<|end|>" + START + FINAL + "d<|return|>",
                FinishReason.STOP));

        assertThat(deltas)
                .containsExactly(
                        BEGIN,
                        "{\"reasoning\":\"a\",\"reasoning_content\":\"a\"}",
                        "{\"reasoning\":\"\\n\",\"reasoning_content\":\"\\n\"}",
                        "{\"reasoning\":\"b\",\"reasoning_content\":\"b\"}",
                        "{\"content\":\"c\"}",
                        "{\"content\":\"\\n\"}",
                        "{\"content\":\"d\"}",
                        "{}");
    }

    @Test
    void reasoningThatIsLeftOutHasNoDeltas() {
        ChatEnvelope excluded = new ChatEnvelope(Scripted.numbered(), CREATED, "m", null, 1, false, List.of(), false);
        String output = "<|channel|>analysis<|message|>a<|end|>" + START + FINAL + "d<|return|>";

        assertThat(deltas(chunks(excluded, RULES, output, FinishReason.STOP)))
                .containsExactly(BEGIN, "{\"content\":\"d\"}", "{}");
    }

    @Test
    void charactersAreWhole() {
        int[] unicorn = TOKENIZER.encode("\ud83e\udd84");
        assertThat(unicorn).hasSizeGreaterThan(1);

        assertThat(deltas(chunks(envelope(), RULES, FINAL + "a\ud83e\udd84b<|return|>", FinishReason.STOP)))
                .containsExactly(
                        BEGIN, "{\"content\":\"a\"}", "{\"content\":\"\ud83e\udd84\"}", "{\"content\":\"b\"}", "{}");
    }

    @Test
    void aCallSaysWhatItIsOnce() {
        List<String> deltas = deltas(chunks(
                envelope(),
                RULES,
                CALL + "<|end|>" + START + CALL.replace("Tokyo", "Oslo") + "<|call|>",
                FinishReason.STOP));

        assertThat(deltas)
                .startsWith(
                        BEGIN,
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\","
                                + "\"function\":{\"name\":\"get_weather\",\"arguments\":\"\"}}]}",
                        "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"\"}}]}")
                .contains(
                        "{\"tool_calls\":[{\"index\":1,\"id\":\"call_2\",\"type\":\"function\","
                                + "\"function\":{\"name\":\"get_weather\",\"arguments\":\"\"}}]}",
                        "{\"tool_calls\":[{\"index\":1,\"function\":{\"arguments\":\"Os\"}}]}");
        assertThat(deltas).filteredOn(delta -> delta.contains("\"id\"")).hasSize(2);
    }

    @Test
    void aCustomCallsTextComesWhenItIsKnown() {
        String output = "<|channel|>commentary to=functions.shell<|message|>{\"input\":\"ls -l\"}<|call|>";

        assertThat(deltas(chunks(envelope(), CUSTOM, output, FinishReason.STOP)))
                .containsExactly(
                        BEGIN,
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"custom\","
                                + "\"custom\":{\"name\":\"shell\",\"input\":\"\"}}]}",
                        "{\"tool_calls\":[{\"index\":0,\"custom\":{\"input\":\"ls -l\"}}]}",
                        "{}");
    }

    @Test
    void oldClientsGetPiecesOfOneCall() {
        String output = CALL + "<|end|>" + START + CALL + "<|end|>" + START + FINAL + "more<|return|>";
        List<JsonObject> chunks = chunks(envelope(1, false, true), RULES, output, FinishReason.STOP);

        assertThat(deltas(chunks))
                .containsExactly(
                        BEGIN,
                        "{\"function_call\":{\"name\":\"get_weather\",\"arguments\":\"\"}}",
                        "{\"function_call\":{\"arguments\":\"{\\\"\"}}",
                        "{\"function_call\":{\"arguments\":\"city\"}}",
                        "{\"function_call\":{\"arguments\":\"\\\":\\\"\"}}",
                        "{\"function_call\":{\"arguments\":\"Tokyo\"}}",
                        "{\"function_call\":{\"arguments\":\"\\\"}\"}}",
                        "{}");
        assertThat(finishReasons(chunks)).last().isEqualTo("function_call");
    }

    private static List<String> finishReasons(List<JsonObject> chunks) {
        return chunks.stream()
                .flatMap(chunk -> chunk.get("choices").elements().stream())
                .map(choice -> choice.get("finish_reason"))
                .map(reason -> reason.isNull() ? "null" : reason.text())
                .toList();
    }

    @Test
    void theFinishReasonComesAloneAndOnce() {
        List<JsonObject> chunks = chunks(envelope(), RULES, CALL + "<|call|>", FinishReason.STOP);

        assertThat(delta(chunks.get(chunks.size() - 1))).isEqualTo("{}");
        assertThat(finishReasons(chunks)).last().isEqualTo("tool_calls");
        assertThat(finishReasons(chunks))
                .filteredOn(reason -> !reason.equals("null"))
                .hasSize(1);
    }

    @Test
    void usageComesLastAndOnlyIfAskedFor() {
        List<JsonObject> chunks = chunks(envelope(1, true, false), RULES, FINAL + "Hi<|return|>", FinishReason.STOP);

        assertThat(chunks).hasSize(4);
        assertThat(chunks.subList(0, 3)).allSatisfy(chunk -> {
            assertThat(chunk.has("usage")).isTrue();
            assertThat(chunk.get("usage").isNull()).isTrue();
        });
        JsonObject last = chunks.get(3);
        assertThat(last.get("choices").elements()).isEmpty();
        assertThat(last.get("usage").get("completion_tokens").intValue()).isEqualTo(5);
        assertThat(last.get("id")).isEqualTo(chunks.get(0).get("id"));

        assertThat(chunks(envelope(1, false, false), RULES, FINAL + "Hi<|return|>", FinishReason.STOP))
                .noneSatisfy(chunk -> assertThat(chunk.has("usage")).isTrue());
    }

    @Test
    void noChunkHasAnErrorOrEmptyCalls() {
        assertThat(chunks(envelope(1, true, false), RULES, FINAL + "Hi<|return|>", FinishReason.STOP))
                .allSatisfy(chunk -> assertThat(chunk.toString()).doesNotContain("\"error\"", "tool_calls", "\"\"}]"));
    }

    @Test
    void aFailureIsTheLastChunk() {
        List<JsonObject> chunks = new ArrayList<>();
        ChatAnswer answer = new ChatAnswer(TOKENIZER, envelope(2, true, false), Scripted.stop("Hey"), chunks::add);
        answer.turn(0).accept(FINAL + "He");
        answer.turn(0).fail(new ApiException(500, null, null, "The model broke."));
        answer.turn(1).accept(FINAL + "Hello");
        answer.turn(1).finish(FinishReason.STOP);

        assertThat(chunks).hasSize(4);
        assertThat(delta(chunks.get(2))).isEqualTo("{\"content\":\"He\"}");
        assertThat(chunks.get(3))
                .isEqualTo(
                        Json.parse(
                                "{\"error\":{\"message\":\"The model broke.\",\"type\":\"server_error\",\"param\":null,\"code\":null}}"));
    }

    @Test
    void aFailureBeforeAnythingCameHasItsFirstChunkToo() {
        List<JsonObject> chunks = new ArrayList<>();
        ChatAnswer answer = new ChatAnswer(TOKENIZER, envelope(), RULES, chunks::add);
        answer.turn(0).fail(new ApiException(500, null, null, "The model broke."));

        assertThat(chunks).hasSize(2);
        assertThat(delta(chunks.get(0))).isEqualTo(BEGIN);
    }

    @Test
    void allChoicesBeginBeforeOneIsFinished() {
        List<JsonObject> chunks = new ArrayList<>();
        ChatAnswer answer = new ChatAnswer(TOKENIZER, envelope(3, true, false), RULES, chunks::add);
        for (int i = 2; i >= 0; i--) {
            answer.turn(i).accept(FINAL + i);
            answer.turn(i).finish(FinishReason.STOP, Usage.of(10, 0));
        }

        assertThat(chunks)
                .extracting(chunk -> {
                    List<JsonValue> choices = chunk.get("choices").elements();
                    return choices.isEmpty()
                            ? "usage " + chunk.get("usage").get("completion_tokens")
                            : choices.get(0).get("index") + " " + choices.get(0).get("delta");
                })
                .containsExactly(
                        "0 " + BEGIN,
                        "1 " + BEGIN,
                        "2 " + BEGIN,
                        "2 {\"content\":\"2\"}",
                        "2 {}",
                        "1 {\"content\":\"1\"}",
                        "1 {}",
                        "0 {\"content\":\"0\"}",
                        "0 {}",
                        "usage 30");
    }

    @Test
    void whatMayBeAStopStringIsHeldBack() {
        AnswerRules stop = Scripted.stop(" STOP NOW");
        List<String> stopped =
                deltas(chunks(envelope(), stop, FINAL + "one STOP NOW two<|return|>", FinishReason.STOP));
        List<String> released = deltas(chunks(envelope(), stop, FINAL + "one STOP two<|return|>", FinishReason.STOP));

        assertThat(stopped).containsExactly(BEGIN, "{\"content\":\"one\"}", "{}");
        assertThat(released).containsExactly(BEGIN, "{\"content\":\"one\"}", "{\"content\":\" STOP two\"}", "{}");
    }
}
