package io.harmony4j.conformance;

import io.harmony4j.Content;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.ToolChoice;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.openai.AnswerTurn;
import io.harmony4j.openai.ApiException;
import io.harmony4j.openai.ApiOptions;
import io.harmony4j.openai.ApiRequest;
import io.harmony4j.openai.ChatAnswer;
import io.harmony4j.openai.ChatCompletions;
import io.harmony4j.openai.ChatRequest;
import io.harmony4j.openai.Decoding;
import io.harmony4j.openai.InMemoryResponseStore;
import io.harmony4j.openai.OutputConstraint;
import io.harmony4j.openai.ResponseAnswer;
import io.harmony4j.openai.ResponseStore;
import io.harmony4j.openai.Responses;
import io.harmony4j.openai.ResponsesRequest;
import io.harmony4j.openai.StoredResponse;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.Tokenizer;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The commands of the driver for OpenAI's APIs. */
final class ApiOperations {
    private static final String REQUEST = "request";

    private final Tokenizer tokenizer;
    private final HarmonyRenderer renderer;

    ApiOperations(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
        this.renderer =
                new HarmonyRenderer(tokenizer, RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.KEEP_ALL));
    }

    void chatRequest(Request request, JsonObject.Builder reply) {
        answer(reply, () -> {
            ChatRequest read = new ChatCompletions(options(request)).request(json(request));
            putConversation(read, reply);
            reply.put("options", options(read));
        });
    }

    void responsesRequest(Request request, JsonObject.Builder reply) {
        answer(reply, () -> {
            ResponsesRequest read = new Responses(options(request), store(request)).request(json(request));
            putConversation(read, reply);
            reply.put("options", options(read));
        });
    }

    void chatResponse(Request request, JsonObject.Builder reply) {
        answer(reply, () -> reply.put("response", chat(request, null).toJson()));
    }

    void chatStream(Request request, JsonObject.Builder reply) {
        answer(reply, () -> {
            List<JsonValue> chunks = new ArrayList<>();
            chat(request, chunks::add);
            chunks.add(JsonValue.of("[DONE]"));
            reply.put("chunks", JsonArray.of(chunks));
        });
    }

    void responsesResponse(Request request, JsonObject.Builder reply) {
        answer(reply, () -> reply.put("response", response(request, null).toJson()));
    }

    void responsesStream(Request request, JsonObject.Builder reply) {
        answer(reply, () -> {
            List<JsonValue> events = new ArrayList<>();
            response(request, events::add);
            reply.put("events", JsonArray.of(events));
        });
    }

    private ChatAnswer chat(Request request, @Nullable Consumer<JsonObject> chunks) {
        ChatRequest read = new ChatCompletions(options(request)).request(json(request));
        ChatAnswer answer = chunks == null ? read.answer(tokenizer) : read.answer(tokenizer, chunks);
        answer.begin();
        for (int i = 0; i < answer.choices(); i++) {
            generate(request, read, answer.turn(i));
        }
        return answer;
    }

    private ResponseAnswer response(Request request, @Nullable Consumer<JsonObject> events) {
        ResponsesRequest read = new Responses(options(request), store(request)).request(json(request));
        ResponseAnswer answer = events == null ? read.answer(tokenizer) : read.answer(tokenizer, events);
        answer.begin();
        generate(request, read, answer.turn());
        return answer;
    }

    /** Lets a turn read what was generated, and why there is no more. */
    private void generate(Request request, ApiRequest read, AnswerTurn turn) {
        int[] prompt = renderer.renderForCompletion(read.conversation(), Role.ASSISTANT);
        int[] output = tokenizer.encode(request.text("output"), AllowedSpecial.ALL);
        for (int i = 0; i < output.length; i++) {
            turn.accept(GeneratedToken.of(output[i], prompt.length + i));
        }
        turn.finish(Generation.of(output, end(request), prompt.length));
    }

    private static FinishReason end(Request request) {
        return switch (request.text("end", "stop")) {
            case "stop" -> FinishReason.STOP;
            case "length" -> FinishReason.LENGTH;
            default -> throw request.wrong("end", "\"stop\" or \"length\"");
        };
    }

    private static void answer(JsonObject.Builder reply, Runnable operation) {
        try {
            operation.run();
        } catch (ApiException e) {
            JsonValue error = e.toJson().get("error");
            reply.put(
                    "api_error",
                    JsonObject.builder()
                            .put("status", e.status())
                            .put("type", error.get("type"))
                            .put("param", error.get("param"))
                            .put("code", error.get("code"))
                            .put("message", error.get("message"))
                            .build());
        }
    }

    private static String json(Request request) {
        JsonValue value = request.fields().get(REQUEST);
        return value.isString() ? value.text() : Json.write(value);
    }

    private static ApiOptions options(Request request) {
        String policy = request.text("analysis_policy", AnalysisPolicy.SINCE_LAST_FINAL.wireName());
        return ApiOptions.DEFAULT.withDate(date(request)).withAnalysisPolicy(AnalysisPolicy.of(policy));
    }

    private static LocalDate date(Request request) {
        return request.has("date") ? LocalDate.parse(request.text("date")) : LocalDate.now(ZoneOffset.UTC);
    }

    /** Returns the responses and items that a request may refer to, which are in the field {@code server}. */
    private static ResponseStore store(Request request) {
        JsonValue server = request.fields().get("server");
        JsonValue previous = server.get("previous");
        InMemoryResponseStore store = new InMemoryResponseStore();
        String previousId =
                request.fields().get(REQUEST).get("previous_response_id").textOrNull();
        if (previous.isObject() && previousId != null) {
            JsonValue date = previous.get("date");
            List<JsonValue> said = previous.get("items").elements();
            store.put(stored(previousId, said, date.isString() ? LocalDate.parse(date.text()) : date(request)));
        }
        List<JsonValue> items = new ArrayList<>(server.get("items").members().values());
        if (!items.isEmpty()) {
            store.put(stored("resp_items", items, date(request)));
        }
        return store;
    }

    private static StoredResponse stored(String id, List<JsonValue> items, LocalDate date) {
        JsonObject response = JsonObject.builder()
                .put("id", id)
                .put("status", "completed")
                .put("output", JsonArray.of(List.of()))
                .build();
        List<JsonObject> input = items.stream().map(JsonObject.class::cast).toList();
        return new StoredResponse(response, List.of(), input, date);
    }

    private void putConversation(ApiRequest read, JsonObject.Builder reply) {
        reply.put(
                "messages",
                JsonArray.of(read.conversation().messages().stream()
                        .map(message -> reference(message).toJsonObject())
                        .toList()));
        reply.put("prompt", tokenizer.decode(renderer.renderForCompletion(read.conversation(), Role.ASSISTANT)));
    }

    /** Returns a message as openai/harmony can read it, which has no response formats: they are a text of their own. */
    private Message reference(Message message) {
        List<Content> parts = new ArrayList<>();
        for (Content part : message.content()) {
            if (part instanceof Content.Developer developer
                    && !developer.responseFormats().isEmpty()) {
                Content.Developer without = developer.withResponseFormats();
                parts.add(without);
                parts.add(
                        new Content.Text(text(developer).substring(text(without).length())));
            } else {
                parts.add(part);
            }
        }
        return new Message(message.author(), message.recipient(), parts, message.channel(), message.contentType());
    }

    private String text(Content.Developer developer) {
        String rendered = tokenizer.decode(renderer.render(Message.developer(developer)));
        return rendered.substring("<|start|>developer<|message|>".length(), rendered.length() - "<|end|>".length());
    }

    private static JsonObject options(ChatRequest read) {
        JsonObject.Builder options = options((ApiRequest) read);
        Decoding decoding = read.decoding();
        return options.put("n", read.choices())
                .put(
                        "seed",
                        decoding.seed().isPresent()
                                ? JsonValue.of(decoding.seed().getAsLong())
                                : JsonValue.ofNull())
                .put("stop", JsonArray.ofTexts(decoding.stop()))
                .put("reasoning_in_answer", read.reasoningFields() != ApiOptions.ReasoningFields.NONE)
                .put("legacy_functions", read.hasLegacyFunctions())
                .build();
    }

    private static JsonObject options(ResponsesRequest read) {
        return options((ApiRequest) read)
                .put("truncation", read.isTruncated() ? "auto" : "disabled")
                .put(
                        "ignored_tools",
                        JsonArray.ofIntegers(read.ignoredTools().stream()
                                .mapToInt(Integer::intValue)
                                .toArray()))
                .put("store", read.isStored())
                .build();
    }

    private static JsonObject.Builder options(ApiRequest read) {
        Decoding decoding = read.decoding();
        return JsonObject.builder()
                .put("temperature", decoding.temperature())
                .put("top_p", decoding.topP())
                .put("max_tokens", optional(decoding.maxTokens()))
                .put("logprobs", optional(decoding.logProbabilities()))
                .put("tool_choice", json(read.toolChoice()))
                .put("parallel_tool_calls", read.parallelToolCalls())
                .put(
                        "constraint",
                        read.constraint().<JsonValue>map(ApiOperations::json).orElse(JsonValue.ofNull()));
    }

    private static JsonValue optional(OptionalInt number) {
        return number.isPresent() ? JsonValue.of(number.getAsInt()) : JsonValue.ofNull();
    }

    private static JsonObject json(ToolChoice choice) {
        JsonObject.Builder json =
                JsonObject.builder().put("mode", choice.mode().name().toLowerCase(Locale.ROOT));
        List<String> names = choice.tools().stream().map(Recipient::toolName).toList();
        if (choice.mode() == ToolChoice.Mode.NAMED) {
            json.put("name", names.get(0));
        } else if (!names.isEmpty()) {
            json.put("allowed", JsonArray.ofTexts(names));
        }
        return json.build();
    }

    private static JsonObject json(OutputConstraint constraint) {
        return JsonObject.builder()
                .put("type", constraint.isAnyObject() ? "json_object" : "json_schema")
                .put("schema", Json.parse(constraint.schema()))
                .put("strict", constraint.isStrict())
                .build();
    }
}
