package io.harmony4j.server;

import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.openai.AnswerTurn;
import io.harmony4j.openai.ApiException;
import io.harmony4j.openai.ApiOptions;
import io.harmony4j.openai.ChatAnswer;
import io.harmony4j.openai.ChatCompletions;
import io.harmony4j.openai.ResponseAnswer;
import io.harmony4j.openai.ResponseStore;
import io.harmony4j.openai.Responses;
import io.harmony4j.parser.Diagnostic;
import io.harmony4j.parser.HarmonyFormatException;
import io.harmony4j.parser.ParseEvent;
import io.harmony4j.parser.ParseOptions;
import io.harmony4j.parser.ParseResult;
import io.harmony4j.parser.StreamParser;
import io.harmony4j.parser.TokenCounts;
import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * {@code POST /harmony/parse}: what a model wrote, as messages, repairs, and the answers that OpenAI's APIs would give. Has no
 * sockets.
 *
 * <pre>{@code
 * {"text":"<|channel|>final<|message|>Hello<|return|>"}
 *
 * {"tokens":[200005,17196,200008,13225,200002],"vocabulary":{…},"messages":[{…}],"repairs":[],"finish_reason":"stop",
 *  "usage":{"total":5,"reasoning":0,"other":0,"channels":{"final":{"header":4,"content":1}}},
 *  "chat":{…},"responses":{"events":[…],"response":{…}}}
 * }</pre>
 *
 * <p>The stream is {@code tokens}, or {@code text} in which special tokens stand as their literals; positions are token indices
 * either way. {@code role} is the role that the prompt ended with: assistant, or {@code null} if the stream has whole messages.
 * {@code mode} is {@code recover} or {@code strict}, {@code stripped} says that the special tokens are gone, {@code tools} names
 * what may be called. {@code include} says what the answer has besides the messages: {@code events}, {@code chat},
 * {@code responses}; the latter two if it is absent.
 */
final class HarmonyParse {
    private static final List<String> MODES = List.of("recover", "strict");
    private static final Set<String> INCLUDES = Set.of("events", "chat", "responses");
    private static final List<String> DEFAULT_INCLUDES = List.of("chat", "responses");

    /** The names that requests of the APIs can declare; a conversation may have others. */
    private static final Pattern DECLARABLE = Pattern.compile("[a-zA-Z0-9_.-]{1,128}");

    private final Tokenizer tokenizer = Tokenizer.o200kHarmony();
    private final ApiOptions options;

    /** @param options how answers are written */
    HarmonyParse(ApiOptions options) {
        this.options = options.withModels();
    }

    /** A request that has been read. */
    static final class Request {
        private final int[] tokens;
        private final ParseOptions options;
        private final List<String> includes;
        private final boolean isStream;

        private Request(int[] tokens, ParseOptions options, List<String> includes, boolean isStream) {
            this.tokens = tokens;
            this.options = options;
            this.includes = includes;
            this.isStream = isStream;
        }

        /** Returns whether the answer is to be a stream of events. */
        boolean isStream() {
            return isStream;
        }

        private boolean includes(String word) {
            return includes.contains(word);
        }
    }

    /**
     * Reads a request.
     *
     * @throws ApiException if it is refused
     */
    Request request(String body) {
        Fields fields = Fields.of(body);
        if (fields.has("tokens") == fields.has("text")) {
            throw new ApiException(400, null, null, "Expected either tokens or text.");
        }
        int[] tokens = fields.text("text")
                .map(text -> tokenizer.encode(text, AllowedSpecial.ALL))
                .orElseGet(() -> fields.integers("tokens"));
        List<String> includes = fields.has("include") ? fields.texts("include") : DEFAULT_INCLUDES;
        includes.stream().filter(word -> !INCLUDES.contains(word)).findFirst().ifPresent(word -> {
            throw unknown("include", word, INCLUDES.stream().sorted().toList());
        });
        return new Request(tokens, options(fields), includes, fields.flag("stream"));
    }

    private static ParseOptions options(Fields fields) {
        ParseOptions parsing = ParseOptions.DEFAULT.withTools(
                fields.texts("tools").stream().map(HarmonyParse::tool).toList());
        if (!fields.isNull("role")) {
            parsing = parsing.withRole(
                    fields.read("role", value -> Role.of(value.text())).orElse(Role.ASSISTANT));
        }
        String mode = fields.text("mode").orElse("recover");
        if (!MODES.contains(mode)) {
            throw unknown("mode", mode, MODES);
        }
        boolean isStrict = mode.equals("strict");
        if (!fields.flag("stripped")) {
            return isStrict ? parsing.strict() : parsing;
        }
        if (isStrict) {
            throw new ApiException(
                    400, "stripped", null, "Invalid 'stripped': without special tokens the mode must be 'recover'.");
        }
        return parsing.stripped();
    }

    /** Returns a tool by its name; one without a namespace is a function. */
    private static Recipient tool(String name) {
        return name.indexOf('.') < 0 && !Recipient.of(name).isBuiltIn() ? Recipient.function(name) : Recipient.of(name);
    }

    private static ApiException unknown(String field, String word, List<String> known) {
        return new ApiException(
                400,
                field,
                "invalid_value",
                "Invalid value: '" + word + "'. Supported values are: '" + String.join("', '", known) + "'.");
    }

    /**
     * Answers a request as a whole.
     *
     * @throws ApiException if the mode is strict and the tokens are not Harmony
     */
    JsonObject answer(Request request) {
        List<JsonObject> events = new ArrayList<>();
        boolean wantsEvents = request.includes("events");
        ParseResult result = parse(request, event -> {
            if (wantsEvents) {
                events.add(event.toJsonObject());
            }
        });
        JsonObject.Builder answer = JsonObject.builder()
                .put("tokens", JsonArray.ofIntegers(request.tokens))
                .put("vocabulary", Vocabulary.of(tokenizer, request.tokens))
                .put(
                        "messages",
                        JsonArray.of(result.messages().stream()
                                .map(Message::toJsonObject)
                                .toList()))
                .put(
                        "repairs",
                        JsonArray.of(result.diagnostics().stream()
                                .map(Diagnostic::toJsonObject)
                                .toList()))
                .put("finish_reason", result.finishReason().wireName())
                .put("usage", usage(result.usage().orElseThrow()));
        if (wantsEvents) {
            answer.put("events", JsonArray.of(events));
        }
        if (request.includes("chat")) {
            answer.put("chat", chat(request, result.finishReason()));
        }
        if (request.includes("responses")) {
            answer.put("responses", responses(request, result.finishReason()));
        }
        return answer.build();
    }

    /** Answers a request event by event; the last one is the error if the mode is strict and the tokens are not Harmony. */
    void stream(Request request, Consumer<JsonObject> events) {
        try {
            parse(request, event -> events.accept(event.toJsonObject()));
        } catch (ApiException e) {
            events.accept(e.toJson());
        }
    }

    private ParseResult parse(Request request, Consumer<ParseEvent> events) {
        StreamParser parser = new StreamParser(tokenizer, request.options, events);
        try {
            for (int token : request.tokens) {
                parser.accept(token);
            }
            parser.finish();
        } catch (HarmonyFormatException e) {
            throw new ApiException(400, null, "not_harmony", String.valueOf(e.getMessage()));
        }
        return parser.result();
    }

    private static JsonObject usage(TokenCounts counts) {
        JsonObject.Builder channels = JsonObject.builder();
        counts.channels()
                .forEach((name, tokens) -> channels.put(
                        name,
                        JsonObject.builder()
                                .put("header", tokens.header())
                                .put("content", tokens.content())
                                .build()));
        return JsonObject.builder()
                .put("total", counts.total())
                .put("reasoning", counts.reasoning())
                .put("other", counts.other())
                .put("channels", channels.build())
                .build();
    }

    private JsonObject chat(Request request, FinishReason reason) {
        String asked = JsonObject.builder()
                .put(
                        "messages",
                        JsonArray.of(List.of(JsonObject.builder()
                                .put("role", "user")
                                .put("content", "")
                                .build())))
                .put(
                        "tools",
                        tools(
                                request,
                                function -> JsonObject.builder()
                                        .put("type", "function")
                                        .put("function", function)
                                        .build()))
                .build()
                .toString();
        ChatAnswer answer = new ChatCompletions(options).request(asked).answer(tokenizer);
        generate(request, answer.turn(0), reason);
        return answer.toJson();
    }

    private JsonObject responses(Request request, FinishReason reason) {
        String asked = JsonObject.builder()
                .put("input", "")
                .put("store", false)
                .put(
                        "tools",
                        tools(
                                request,
                                function -> function.toBuilder()
                                        .put("type", "function")
                                        .build()))
                .build()
                .toString();
        List<JsonObject> events = new ArrayList<>();
        ResponseAnswer answer =
                new Responses(options, ResponseStore.NONE).request(asked).answer(tokenizer, events::add);
        answer.begin();
        generate(request, answer.turn(), reason);
        return JsonObject.builder()
                .put("events", JsonArray.of(events))
                .put("response", answer.toJson())
                .build();
    }

    /** Returns the declarations of the functions that may be called; other tools need none. */
    private static JsonArray tools(Request request, UnaryOperator<JsonObject> declaration) {
        List<JsonValue> tools = new ArrayList<>();
        request.options.tools().stream()
                .filter(tool ->
                        tool.isFunction() && DECLARABLE.matcher(tool.toolName()).matches())
                .map(tool -> JsonObject.of("name", JsonValue.of(tool.toolName())))
                .map(declaration)
                .forEach(tools::add);
        return JsonArray.of(tools);
    }

    private static void generate(Request request, AnswerTurn turn, FinishReason reason) {
        int[] tokens = request.tokens;
        for (int i = 0; i < tokens.length; i++) {
            turn.accept(GeneratedToken.of(tokens[i], i));
        }
        turn.finish(reason);
    }
}
