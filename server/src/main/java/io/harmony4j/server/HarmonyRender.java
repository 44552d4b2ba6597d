package io.harmony4j.server;

import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Role;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.openai.ApiException;
import io.harmony4j.openai.ApiOptions;
import io.harmony4j.openai.ResponseStore;
import io.harmony4j.openai.Shape;
import io.harmony4j.openai.Source;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.MessageSpan;
import io.harmony4j.renderer.PartSpan;
import io.harmony4j.renderer.PromptPart;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.renderer.Rendering;
import io.harmony4j.tokenizer.Tokenizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /harmony/render}: a conversation, or what a client says to OpenAI's APIs, as the tokens of a prompt, and what each of
 * them is there for. Has no sockets.
 *
 * <pre>{@code
 * {"conversation":{"messages":[{"role":"user","content":"Hello"}]}}
 *
 * {"tokens":[200006,1428,200008,13225,200007,200006,173781],"count":7,"text":"<|start|>user<|message|>Hello…","shape":"harmony",
 *  "conversation":{…},"dropped":[],"ignored":[],
 *  "messages":[{"index":0,"role":"user","start":0,"content":3,"end":4}],
 *  "parts":[{"part":"start","message":0,"start":0,"end":1},…],"sections":[{"section":"start","tokens":1,"description":"…"},…],
 *  "vocabulary":{"13225":{"text":"Hello","bytes":"48656c6c6f"},…}}
 * }</pre>
 *
 * <p>Instead of {@code conversation} there can be {@code chat} or {@code responses}, a request, or {@code any}, whose {@link Shape} is
 * found out. Each may be the JSON itself or a string that holds it.
 */
final class HarmonyRender {
    private static final List<String> INPUTS = List.of("conversation", "chat", "responses", "any");

    private final Tokenizer tokenizer = Tokenizer.o200kHarmony();
    private final ApiOptions options;
    private final ResponseStore store;

    /**
     * @param options how requests are read; their model may have any name
     * @param store where responses are that a request goes on from
     */
    HarmonyRender(ApiOptions options, ResponseStore store) {
        this.options = options.withModels().withMaxLength(Integer.MAX_VALUE);
        this.store = store;
    }

    /**
     * Answers a request.
     *
     * @throws ApiException if it is refused
     */
    JsonObject answer(String body) {
        Fields request = Fields.of(body);
        String input = input(request);
        AnalysisPolicy policy = request.read("analysis_policy", value -> AnalysisPolicy.of(value.text()))
                .orElse(null);
        Role nextRole = request.isNull("next_role")
                ? null
                : request.read("next_role", value -> Role.of(value.text())).orElse(Role.ASSISTANT);
        String json = request.json(input);
        Shape shape = shape(input, json);
        List<String> ignored = new ArrayList<>();
        Source source = source(request, input, json, shape, ignored);
        Rendering rendering = rendering(input, source, policy, nextRole);
        int[] tokens = rendering.tokens();
        return JsonObject.builder()
                .put("tokens", JsonArray.ofIntegers(tokens))
                .put("count", tokens.length)
                .put("text", tokenizer.decode(tokens))
                .put("shape", shape.wireName())
                .put("conversation", source.conversation().toJsonObject())
                .put(
                        "dropped",
                        JsonArray.ofIntegers(rendering.dropped().stream()
                                .mapToInt(Integer::intValue)
                                .toArray()))
                .put("ignored", JsonArray.ofTexts(ignored))
                .put("messages", array(rendering.messages().stream().map(HarmonyRender::json)))
                .put("parts", array(rendering.parts().stream().map(HarmonyRender::json)))
                .put("sections", sections(rendering.parts()))
                .put("vocabulary", Vocabulary.of(tokenizer, tokens))
                .build();
    }

    private static String input(Fields request) {
        List<String> given = INPUTS.stream().filter(request::has).toList();
        if (given.size() == 1) {
            return given.get(0);
        }
        String found = given.isEmpty() ? "none" : String.join(", ", given);
        throw new ApiException(
                400, null, null, "Expected one of " + String.join(", ", INPUTS) + " but found " + found + ".");
    }

    private static Shape shape(String input, String json) {
        return switch (input) {
            case "chat" -> Shape.CHAT_REQUEST;
            case "responses" -> Shape.RESPONSES_REQUEST;
            case "any" -> Shape.of(json);
            default -> Shape.HARMONY;
        };
    }

    private Source source(Fields request, String input, String json, Shape shape, List<String> ignored) {
        LocalDate date = request.read("date", value -> date(value.text())).orElse(null);
        try {
            return shape == Shape.HARMONY
                    ? Source.of(Conversation.fromJson(json, ignored::add))
                    : Source.read(json, shape, options.withDate(date), store);
        } catch (IllegalArgumentException e) {
            throw Fields.wrong(input, e);
        }
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("expected a date as in 2026-01-31 but found \"" + text + "\"", e);
        }
    }

    private Rendering rendering(String input, Source source, @Nullable AnalysisPolicy policy, @Nullable Role nextRole) {
        HarmonyRenderer renderer = new HarmonyRenderer(
                tokenizer, RenderOptions.DEFAULT.withAnalysisPolicy(source.policy(policy, AnalysisPolicy.REFERENCE)));
        try {
            return nextRole == null
                    ? renderer.rendering(source.conversation())
                    : renderer.renderingForCompletion(source.conversation(), nextRole);
        } catch (IllegalArgumentException e) {
            throw Fields.wrong(input, e);
        }
    }

    private static JsonObject json(MessageSpan span) {
        Message message = span.message();
        JsonObject.Builder json = JsonObject.builder().put("index", span.index());
        message.toJsonObject().without("content").members().forEach(json::put);
        return json.put("start", span.start())
                .put("content", span.content())
                .put("end", span.end())
                .build();
    }

    private static JsonObject json(PartSpan span) {
        return JsonObject.builder()
                .put("part", span.part().wireName())
                .put("message", span.message())
                .put("start", span.start())
                .put("end", span.end())
                .build();
    }

    /** Returns how many tokens there are of each part. */
    private static JsonArray sections(List<PartSpan> parts) {
        Map<PromptPart, Integer> tokens = new EnumMap<>(PromptPart.class);
        parts.forEach(span -> tokens.merge(span.part(), span.end() - span.start(), Integer::sum));
        return array(tokens.entrySet().stream()
                .map(entry -> JsonObject.builder()
                        .put("section", entry.getKey().wireName())
                        .put("tokens", entry.getValue())
                        .put("description", entry.getKey().description())
                        .build()));
    }

    private static JsonArray array(Stream<? extends JsonValue> elements) {
        return JsonArray.of(elements.toList());
    }
}
