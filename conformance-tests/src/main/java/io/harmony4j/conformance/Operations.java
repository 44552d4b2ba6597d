package io.harmony4j.conformance;

import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.chat.ChatView;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.parser.Diagnostic;
import io.harmony4j.parser.MessageParser;
import io.harmony4j.parser.ParseOptions;
import io.harmony4j.parser.ParseResult;
import io.harmony4j.parser.StreamParser;
import io.harmony4j.parser.TextParser;
import io.harmony4j.parser.TokenCounts;
import io.harmony4j.renderer.Dialect;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What the driver can do: each command of the protocol, carried out with this library. */
final class Operations {
    private static final String HOMEPAGE = "https://github.com/harmony4j/harmony4j";

    /** A text that arrives in pieces: a field of parse, and a capability. */
    private static final String CHUNKS = "chunks";

    /** How many tokens were read: a field of parse's answer, and a capability. */
    private static final String USAGE = "usage";

    /** Fields of parse that not every parser knows, and why the stream ended, in its answer's chat: capabilities as well. */
    private static final String STRIPPED = "stripped";

    private static final String PREFILL = "prefill";
    private static final String END = "end";
    private static final String FINISH_REASON = "finish_reason";

    private final Tokenizer tokenizer = Tokenizer.o200kHarmony();
    private final HistoryOperations histories = new HistoryOperations(tokenizer);
    private final Map<String, Operation> operations = new LinkedHashMap<>();

    Operations() {
        operations.put("hello", this::hello);
        operations.put("tokenize", this::tokenize);
        operations.put("detokenize", this::detokenize);
        operations.put("render", this::render);
        operations.put("render_message", this::renderMessage);
        operations.put("schema", SchemaOperations::schema);
        operations.put("roundtrip_message", this::roundtripMessage);
        operations.put("roundtrip_conversation", this::roundtripConversation);
        operations.put("parse", this::parse);
        operations.put("stream", this::stream);
        operations.put("stop_tokens", this::stopTokens);
        operations.put("special_tokens", this::specialTokens);
        ApiOperations api = new ApiOperations(tokenizer);
        operations.put("api_chat_request", api::chatRequest);
        operations.put("api_chat_response", api::chatResponse);
        operations.put("api_chat_stream", api::chatStream);
        operations.put("api_responses_request", api::responsesRequest);
        operations.put("api_responses_response", api::responsesResponse);
        operations.put("api_responses_stream", api::responsesStream);
        operations.put("render_chat", new ChatTemplateOperations(tokenizer)::render);
        operations.put("policy", histories::policy);
        operations.put("response_format", histories::responseFormat);
        operations.put("lint", histories::lint);
        operations.put("faithful_schema", SchemaOperations::faithfulSchema);
        operations.put("span", histories::span);
        operations.put("mask", histories::mask);
        operations.put("compaction", new CompactionOperations(tokenizer)::compaction);
        GrammarOperations grammars = new GrammarOperations(tokenizer);
        operations.put("grammar_accepts", grammars::accepts);
        operations.put("grammar_schema", grammars::schema);
        operations.put("grammar_export", grammars::export);
        operations.put("import", new ImportOperation(tokenizer)::importRow);
    }

    /** One command: reads the request's fields, writes the reply's. */
    private interface Operation {
        void perform(Request request, JsonObject.Builder reply);
    }

    /** Carries out a request; the reply already has its seq. */
    void perform(Request request, JsonObject.Builder reply) {
        Operation operation = operations.get(request.command());
        if (operation != null) {
            operation.perform(request, reply);
        } else {
            reply.put("skipped", "unknown command \"" + request.command() + "\"; known are " + operations.keySet());
        }
    }

    private void hello(Request request, JsonObject.Builder reply) {
        reply.put("protocol", Driver.PROTOCOL);
        String version = Operations.class.getPackage().getImplementationVersion();
        reply.put(
                "implementation",
                JsonObject.builder()
                        .put("name", "Harmony4J")
                        .put("version", version == null ? "development" : version)
                        .put("language", "Java " + Runtime.version().feature())
                        .put("homepage", HOMEPAGE)
                        .build());
        List<String> capabilities = new ArrayList<>(operations.keySet());
        Arrays.stream(Dialect.values())
                .map(dialect -> TestVector.DIALECT + dialect.wireName())
                .forEach(capabilities::add);
        capabilities.addAll(List.of("stop", CHUNKS, USAGE, STRIPPED, PREFILL, END, FINISH_REASON));
        reply.put("capabilities", JsonArray.ofTexts(capabilities));
    }

    private void tokenize(Request request, JsonObject.Builder reply) {
        putTokens(reply, tokenizer.encode(request.text("text"), special(request)));
    }

    private static AllowedSpecial special(Request request) {
        if (request.fields().get("special").isArray()) {
            return AllowedSpecial.of(request.texts("special").toArray(String[]::new));
        }
        return switch (request.text("special", "none")) {
            case "none" -> AllowedSpecial.NONE;
            case "all" -> AllowedSpecial.ALL;
            default -> throw request.wrong("special", "\"none\", \"all\" or a list of special tokens");
        };
    }

    private void detokenize(Request request, JsonObject.Builder reply) {
        int[] tokens = request.tokens("tokens");
        reply.put("base64", Base64.getEncoder().encodeToString(tokenizer.decodeBytes(tokens)));
        reply.put("text", tokenizer.decode(tokens));
    }

    private void render(Request request, JsonObject.Builder reply) {
        Conversation conversation = Conversation.fromJson(request.json("conversationJson", "conversation"));
        HarmonyRenderer renderer = histories.renderer(request);
        putTokens(
                reply,
                switch (request.text("mode", "conversation")) {
                    case "conversation" -> renderer.render(conversation);
                    case "completion" -> renderer.renderForCompletion(conversation, Role.of(request.text("nextRole")));
                    case "training" -> renderer.renderForTraining(conversation);
                    default -> throw request.wrong("mode", "\"conversation\", \"completion\" or \"training\"");
                });
    }

    private void renderMessage(Request request, JsonObject.Builder reply) {
        Message message = Message.fromJson(request.json("messageJson", "message"));
        RenderOptions options =
                RenderOptions.DEFAULT.withFunctionTools(request.flag("conversationHasFunctionTools", false));
        putTokens(reply, new HarmonyRenderer(tokenizer, options).render(message));
    }

    private void roundtripMessage(Request request, JsonObject.Builder reply) {
        reply.put("json", Message.fromJson(request.text("messageJson")).toJson());
    }

    private void roundtripConversation(Request request, JsonObject.Builder reply) {
        reply.put(
                "json", Conversation.fromJson(request.text("conversationJson")).toJson());
    }

    private void parse(Request request, JsonObject.Builder reply) {
        if (request.has(CHUNKS)) {
            parseChunks(request, reply);
            return;
        }
        StreamParser parser = new StreamParser(tokenizer, options(request), event -> {});
        for (int token : request.tokensOrText(tokenizer)) {
            parser.accept(token);
        }
        finish(parser, request);
        putResult(reply, parser.result());
    }

    /** Reads the end of a stream, with the runtime's own word for it if the request has one. */
    private static void finish(MessageParser parser, Request request) {
        switch (request.text(END, "")) {
            case "" -> parser.finish();
            case "stop" -> parser.finish(FinishReason.STOP);
            case "length" -> parser.finish(FinishReason.LENGTH);
            default -> throw request.wrong(END, "\"stop\" or \"length\"");
        }
    }

    private static void parseChunks(Request request, JsonObject.Builder reply) {
        TextParser parser = new TextParser(options(request), event -> {});
        for (String chunk : request.texts(CHUNKS)) {
            parser.accept(chunk);
        }
        finish(parser, request);
        putResult(reply, parser.result());
    }

    private void stream(Request request, JsonObject.Builder reply) {
        StreamSteps steps = new StreamSteps(tokenizer, options(request));
        for (int token : request.tokensOrText(tokenizer)) {
            steps.accept(token);
        }
        if (request.flag("eos", true)) {
            steps.finish(parser -> finish(parser, request));
        }
        reply.put("steps", steps.toJson());
        putResult(reply, steps.result());
    }

    private static ParseOptions options(Request request) {
        ParseOptions options = ParseOptions.DEFAULT
                .withRole(request.role("role"))
                .withPrefill(request.text(PREFILL, ""))
                .withTools(
                        request.texts("tools").stream().map(Recipient::function).toList());
        if (request.flag(STRIPPED, false)) {
            options = options.stripped();
        }
        return switch (request.text("mode", "recover")) {
            case "recover" -> options;
            case "strict" -> options.strict();
            default -> throw request.wrong("mode", "\"strict\" or \"recover\"");
        };
    }

    private void stopTokens(Request request, JsonObject.Builder reply) {
        reply.put("stop", ids(SpecialToken::endsMessage));
        reply.put("stopForAssistantActions", ids(SpecialToken::endsTurn));
    }

    private void specialTokens(Request request, JsonObject.Builder reply) {
        List<JsonValue> tokens = new ArrayList<>();
        tokenizer
                .specialTokens()
                .forEach((id, text) -> tokens.add(JsonArray.of(List.of(JsonValue.of(id), JsonValue.of(text)))));
        reply.put("tokens", JsonArray.of(tokens));
    }

    private static JsonArray ids(Predicate<SpecialToken> condition) {
        return JsonArray.ofIntegers(Arrays.stream(SpecialToken.values())
                .filter(condition)
                .mapToInt(SpecialToken::id)
                .sorted()
                .toArray());
    }

    private static void putTokens(JsonObject.Builder reply, int[] tokens) {
        reply.put("tokens", JsonArray.ofIntegers(tokens));
    }

    private static void putResult(JsonObject.Builder reply, ParseResult result) {
        reply.put(
                "messages",
                JsonArray.of(result.messages().stream()
                        .map(message -> message.toJsonObject())
                        .toList()));
        reply.put("chat", json(ChatView.of(result)));
        reply.put(
                "diagnostics",
                JsonArray.of(result.diagnostics().stream().map(Operations::json).toList()));
        result.usage().ifPresent(usage -> reply.put(USAGE, json(usage)));
    }

    private static JsonObject json(ChatView view) {
        return JsonObject.builder()
                .put("reasoning", view.reasoning())
                .put("content", view.content())
                .put(
                        "tool_calls",
                        JsonArray.of(view.toolCalls().stream()
                                .map(call -> JsonArray.ofTexts(
                                        List.of(call.recipient().toolName(), call.arguments())))
                                .toList()))
                .put(FINISH_REASON, view.finishReason().wireName())
                .build();
    }

    private static JsonObject json(Diagnostic diagnostic) {
        return JsonObject.builder()
                .put("code", diagnostic.code().name())
                .put("token", diagnostic.position())
                .put("message", diagnostic.message())
                .build();
    }

    private static JsonObject json(TokenCounts usage) {
        return JsonObject.builder()
                .put("completion_tokens", usage.total())
                .put("reasoning_tokens", usage.reasoning())
                .build();
    }
}
