package io.harmony4j.openai;

import io.harmony4j.Recipient;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.Tokenizer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Answers from outputs that stand in the test: what a model generated after {@code <|start|>assistant}. */
final class Scripted {
    static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();
    static final HarmonyRenderer RENDERER =
            new HarmonyRenderer(TOKENIZER, RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.KEEP_ALL));
    static final Recipient WEATHER = Recipient.function("get_weather");
    static final Recipient SHELL = Recipient.function("shell");
    static final Recipient FIND = Recipient.of("crm.find");
    static final long CREATED = 1_750_000_000;
    static final long COMPLETED = CREATED + 7;

    /** One function, {@code get_weather}. */
    static final AnswerRules RULES = rules(Set.of(WEATHER));

    /** One custom tool, {@code shell}. */
    static final AnswerRules CUSTOM =
            new AnswerRules(false, false, false, List.of(), Set.of(SHELL), Set.of(SHELL), Set.of(), Set.of());

    static final JsonObject ECHO = (JsonObject) Json.parse("""
            {"background":false,"instructions":null,"max_output_tokens":null,"max_tool_calls":null,"metadata":{},"model":"gpt-oss-20b",
             "parallel_tool_calls":true,"previous_response_id":null,"prompt_cache_key":null,"reasoning":{"effort":"medium","summary":null},
             "safety_identifier":null,"service_tier":"default","store":true,"temperature":1,"text":{"format":{"type":"text"}},
             "tool_choice":"auto","tools":[],"top_logprobs":0,"top_p":1,"truncation":"disabled","user":null}""");

    private Scripted() {}

    static AnswerRules rules(Set<Recipient> tools) {
        return new AnswerRules(false, false, false, List.of(), tools, Set.of(), Set.of(), Set.of());
    }

    static AnswerRules stop(String... stop) {
        return new AnswerRules(false, false, false, List.of(stop), Set.of(WEATHER), Set.of(), Set.of(), Set.of());
    }

    /** Returns ids whose second part is a number, from 0. */
    static Ids numbered() {
        int[] next = {0};
        return new Ids(() -> Integer.toString(next[0]++));
    }

    static ChatEnvelope envelope() {
        return envelope(1, false, false);
    }

    static ChatEnvelope envelope(int choices, boolean includeUsage, boolean legacyFunctions) {
        return new ChatEnvelope(
                numbered(),
                CREATED,
                "gpt-oss-20b",
                null,
                choices,
                includeUsage,
                ApiOptions.ReasoningFields.BOTH.names(),
                legacyFunctions);
    }

    static ResponseEnvelope responseEnvelope() {
        Clock clock = Clock.fixed(Instant.ofEpochSecond(COMPLETED), ZoneOffset.UTC);
        return new ResponseEnvelope(numbered(), CREATED, clock, ECHO, false);
    }

    static int[] tokens(String output) {
        return TOKENIZER.encode(output, AllowedSpecial.ALL);
    }

    static List<GeneratedToken> generated(int... tokens) {
        return IntStream.range(0, tokens.length)
                .mapToObj(i -> GeneratedToken.of(tokens[i], 100 + i))
                .toList();
    }

    /** Gives a turn an output token by token. */
    static void play(AnswerTurn turn, String output, FinishReason end) {
        generated(tokens(output)).forEach(turn::accept);
        turn.finish(end);
    }

    static ChatAnswer chat(
            ChatEnvelope envelope, AnswerRules rules, String output, FinishReason end, Consumer<JsonObject> chunks) {
        ChatAnswer answer = new ChatAnswer(TOKENIZER, envelope, rules, chunks);
        play(answer.turn(0), output, end);
        return answer;
    }

    static ResponseAnswer response(
            ResponseEnvelope envelope,
            AnswerRules rules,
            String output,
            FinishReason end,
            Consumer<JsonObject> events) {
        ResponseAnswer answer = new ResponseAnswer(TOKENIZER, envelope, rules, events);
        play(answer.turn(), output, end);
        return answer;
    }

    /** Returns the first choice of an answer to a request with the given rules. */
    static JsonObject choice(AnswerRules rules, String output, FinishReason end) {
        return (JsonObject) chat(envelope(), rules, output, end, chunk -> {})
                .toJson()
                .get("choices")
                .elements()
                .get(0);
    }

    /** Returns the message of the first choice of an answer of a model that stopped by itself. */
    static JsonObject message(AnswerRules rules, String output) {
        return (JsonObject) choice(rules, output, FinishReason.STOP).get("message");
    }

    /** Returns the chunks of an answer. */
    static List<JsonObject> chunks(ChatEnvelope envelope, AnswerRules rules, String output, FinishReason end) {
        List<JsonObject> chunks = new ArrayList<>();
        chat(envelope, rules, output, end, chunks::add);
        return chunks;
    }

    /** Returns the events of a response. */
    static List<JsonObject> events(AnswerRules rules, String output, FinishReason end) {
        List<JsonObject> events = new ArrayList<>();
        response(responseEnvelope(), rules, output, end, events::add);
        return events;
    }
}
