package io.harmony4j.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.harmony4j.Conversation;
import io.harmony4j.Json;
import io.harmony4j.Message;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.parse.ChatView;
import io.harmony4j.parse.Diagnostic;
import io.harmony4j.parse.MessageParser;
import io.harmony4j.parse.ParseOptions;
import io.harmony4j.parse.StreamParser;
import io.harmony4j.parse.TextParser;
import io.harmony4j.parse.Usage;
import io.harmony4j.render.HarmonyRenderer;
import io.harmony4j.render.RenderOptions;
import io.harmony4j.tokenizer.SpecialTokens;
import io.harmony4j.tokenizer.Tokenizer;
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

    private final Tokenizer tokenizer = Tokenizer.o200kHarmony();
    private final Map<String, Operation> operations = new LinkedHashMap<>();

    Operations() {
        operations.put("hello", this::hello);
        operations.put("tokenize", this::tokenize);
        operations.put("detokenize", this::detokenize);
        operations.put("render", this::render);
        operations.put("render_message", this::renderMessage);
        operations.put("schema", this::schema);
        operations.put("roundtrip_message", this::roundtripMessage);
        operations.put("roundtrip_conversation", this::roundtripConversation);
        operations.put("parse", this::parse);
        operations.put("stream", this::stream);
        operations.put("stop_tokens", this::stopTokens);
        operations.put("special_tokens", this::specialTokens);
    }

    /** One command: reads the request's fields, writes the reply's. */
    private interface Operation {
        void perform(Request request, ObjectNode reply);
    }

    /** Carries out a request; the reply already has its seq. */
    ObjectNode perform(Request request, ObjectNode reply) {
        Operation operation = operations.get(request.command());
        if (operation == null) {
            return reply.put(
                    "skipped", "unknown command \"" + request.command() + "\"; known are " + operations.keySet());
        }
        operation.perform(request, reply);
        return reply;
    }

    private void hello(Request request, ObjectNode reply) {
        reply.put("protocol", Driver.PROTOCOL);
        String version = Operations.class.getPackage().getImplementationVersion();
        reply.putObject("implementation")
                .put("name", "Harmony4J")
                .put("version", version == null ? "development" : version)
                .put("language", "Java " + Runtime.version().feature())
                .put("homepage", HOMEPAGE);
        ArrayNode capabilities = reply.putArray("capabilities");
        operations.keySet().forEach(capabilities::add);
        capabilities.add("stop").add(CHUNKS).add(USAGE);
    }

    private void tokenize(Request request, ObjectNode reply) {
        putTokens(reply, tokenizer.encode(request.text("text"), special(request)));
    }

    private static SpecialTokens special(Request request) {
        JsonNode special = request.fields().path("special");
        if (special.isArray()) {
            return SpecialTokens.of(request.texts("special").toArray(String[]::new));
        }
        return switch (request.text("special", "none")) {
            case "none" -> SpecialTokens.NONE;
            case "all" -> SpecialTokens.ALL;
            default -> throw request.wrong("special", "\"none\", \"all\" or a list of special tokens", special);
        };
    }

    private void detokenize(Request request, ObjectNode reply) {
        int[] tokens = request.tokens("tokens");
        reply.put("base64", Base64.getEncoder().encodeToString(tokenizer.decodeBytes(tokens)));
        reply.put("text", tokenizer.decode(tokens));
    }

    private void render(Request request, ObjectNode reply) {
        Conversation conversation = Conversation.fromJson(request.json("conversationJson", "conversation"));
        boolean keepsAnalysis = !request.flag("autoDropAnalysis", true);
        HarmonyRenderer renderer = new HarmonyRenderer(tokenizer, RenderOptions.DEFAULT.keepAnalysis(keepsAnalysis));
        putTokens(
                reply,
                switch (request.text("mode", "conversation")) {
                    case "conversation" -> renderer.render(conversation);
                    case "completion" -> renderer.renderForCompletion(conversation, Role.of(request.text("nextRole")));
                    case "training" -> renderer.renderForTraining(conversation);
                    default ->
                        throw request.wrong(
                                "mode",
                                "\"conversation\", \"completion\" or \"training\"",
                                request.fields().path("mode"));
                });
    }

    private void renderMessage(Request request, ObjectNode reply) {
        Message message = Message.fromJson(request.json("messageJson", "message"));
        RenderOptions options =
                RenderOptions.DEFAULT.conversationHasFunctionTools(request.flag("conversationHasFunctionTools", false));
        putTokens(reply, new HarmonyRenderer(tokenizer, options).render(message));
    }

    private void schema(Request request, ObjectNode reply) {
        reply.put("typescript", HarmonyRenderer.typeScript(request.text("schemaJson")));
    }

    private void roundtripMessage(Request request, ObjectNode reply) {
        reply.put("json", Message.fromJson(request.text("messageJson")).toJson());
    }

    private void roundtripConversation(Request request, ObjectNode reply) {
        reply.put(
                "json", Conversation.fromJson(request.text("conversationJson")).toJson());
    }

    private void parse(Request request, ObjectNode reply) {
        if (request.has(CHUNKS)) {
            parseChunks(request, reply);
            return;
        }
        StreamParser parser = parser(request);
        for (int token : request.tokensOrText(tokenizer)) {
            parser.accept(token, event -> {});
        }
        parser.finish(event -> {});
        putMessages(reply, parser);
    }

    private static void parseChunks(Request request, ObjectNode reply) {
        TextParser parser = TextParser.create(options(request));
        for (String chunk : request.texts(CHUNKS)) {
            parser.accept(chunk, event -> {});
        }
        parser.finish(event -> {});
        putMessages(reply, parser);
    }

    private void stream(Request request, ObjectNode reply) {
        StreamParser parser = parser(request);
        StreamSteps steps = new StreamSteps(parser, options(request), reply.putArray("steps"));
        for (int token : request.tokensOrText(tokenizer)) {
            steps.accept(token);
        }
        if (request.flag("eos", true)) {
            steps.finish();
        }
        putMessages(reply, parser);
    }

    private StreamParser parser(Request request) {
        return StreamParser.create(tokenizer, options(request));
    }

    private static ParseOptions options(Request request) {
        ParseOptions options =
                ParseOptions.DEFAULT.withRole(request.role("role")).withTools(request.texts("tools"));
        if (request.flag("stripped", false)) {
            options = options.stripped();
        }
        return switch (request.text("mode", "recover")) {
            case "recover" -> options;
            case "strict" -> options.strict();
            default ->
                throw request.wrong(
                        "mode", "\"strict\" or \"recover\"", request.fields().path("mode"));
        };
    }

    private void stopTokens(Request request, ObjectNode reply) {
        putIds(reply.putArray("stop"), SpecialToken::isStop);
        putIds(reply.putArray("stopForAssistantActions"), SpecialToken::isStopForAssistantActions);
    }

    private void specialTokens(Request request, ObjectNode reply) {
        ArrayNode tokens = reply.putArray("tokens");
        tokenizer
                .specialTokens()
                .forEach((id, text) -> tokens.addArray().add(id).add(text));
    }

    private static void putIds(ArrayNode into, Predicate<SpecialToken> condition) {
        Arrays.stream(SpecialToken.values())
                .filter(condition)
                .mapToInt(SpecialToken::id)
                .sorted()
                .forEach(into::add);
    }

    private static void putTokens(ObjectNode reply, int[] tokens) {
        ArrayNode ids = reply.putArray("tokens");
        for (int token : tokens) {
            ids.add(token);
        }
    }

    private static void putMessages(ObjectNode reply, MessageParser parser) {
        List<Message> messages = parser.messages();
        ArrayNode list = reply.putArray("messages");
        messages.forEach(message -> list.add(Json.parse(message.toJson())));
        ChatView view = ChatView.of(messages);
        ObjectNode chat = reply.putObject("chat");
        chat.put("reasoning", view.reasoning()).put("content", view.content());
        ArrayNode calls = chat.putArray("tool_calls");
        view.toolCalls().forEach(call -> calls.addArray().add(call.name()).add(call.arguments()));
        ArrayNode diagnostics = reply.putArray("diagnostics");
        for (Diagnostic diagnostic : parser.diagnostics()) {
            diagnostics
                    .addObject()
                    .put("code", diagnostic.code().name())
                    .put("token", diagnostic.token())
                    .put("message", diagnostic.message());
        }
        if (parser instanceof StreamParser counting) {
            Usage usage = counting.usage();
            reply.putObject(USAGE).put("completion_tokens", usage.total()).put("reasoning_tokens", usage.reasoning());
        }
    }
}
