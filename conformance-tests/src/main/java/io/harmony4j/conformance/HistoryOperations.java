package io.harmony4j.conformance;

import io.harmony4j.Author;
import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.chat.TokenHistory;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.ConversationLinter;
import io.harmony4j.renderer.ConversationLinter.Purpose;
import io.harmony4j.renderer.Dialect;
import io.harmony4j.renderer.Finding;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.LossMask;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.renderer.Rendering;
import io.harmony4j.renderer.TrainingRenderer;
import io.harmony4j.renderer.TrainingSample;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Commands of the driver on what openai/harmony does not have: analysis policies, formats of responses, and a linter. */
final class HistoryOperations {
    /** What is answered if the tokens of what was generated are not those of its text. */
    private static final String CANONICAL = "canonical_would_be";

    private final Tokenizer tokenizer;

    HistoryOperations(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /** Returns a renderer with the dialect and the policy that a request names, or else the policy of its older flag. */
    HarmonyRenderer renderer(Request request) {
        return new HarmonyRenderer(tokenizer, options(request));
    }

    private static RenderOptions options(Request request) {
        AnalysisPolicy policy = request.has("policy")
                ? AnalysisPolicy.of(request.text("policy"))
                : request.flag("autoDropAnalysis", true) ? AnalysisPolicy.REFERENCE : AnalysisPolicy.KEEP_ALL;
        return RenderOptions.DEFAULT
                .withDialect(Dialect.of(request.text("dialect", Dialect.OPENAI.wireName())))
                .withAnalysisPolicy(policy);
    }

    private HarmonyRenderer renderer(AnalysisPolicy policy) {
        return new HarmonyRenderer(tokenizer, RenderOptions.DEFAULT.withAnalysisPolicy(policy));
    }

    private static Conversation messages(Request request) {
        return Conversation.fromJson(
                Json.write(JsonObject.of("messages", request.fields().get("messages"))));
    }

    /** Where in a rendering each message is. */
    void span(Request request, JsonObject.Builder reply) {
        boolean isTraining = request.text("mode", "conversation").equals("training");
        HarmonyRenderer renderer = renderer(request);
        Conversation conversation = messages(request);
        Rendering rendering =
                isTraining ? renderer.renderingForTraining(conversation) : renderer.rendering(conversation);
        int[] tokens = rendering.tokens();
        reply.put("tokens", tokens.length);
        reply.put(
                "spans",
                JsonArray.of(rendering.messages().stream()
                        .map(span -> (JsonValue)
                                JsonArray.ofIntegers(span.index(), span.start(), span.content(), span.end()))
                        .toList()));
        if (isTraining && tokens.length > 0) {
            reply.put("last_token", tokens[tokens.length - 1]);
        }
    }

    /** Which tokens of a conversation are learnt. */
    void mask(Request request, JsonObject.Builder reply) {
        if (request.has("chat")) {
            new ChatTemplateOperations(tokenizer).mask(request, reply);
            return;
        }
        if (request.text("mode").equals("samples-per-turn")) {
            List<JsonValue> samples = new TrainingRenderer(tokenizer, RenderOptions.DEFAULT, LossMask.DEFAULT)
                    .perTurn(messages(request), message -> 1)
                    .map(sample -> (JsonValue) TrainingSampleJson.ofTurn(sample))
                    .toList();
            reply.put("samples", JsonArray.of(samples));
            return;
        }
        LossMask mask = LossMask.DEFAULT
                .withMessages(constant(LossMask.Messages.class, request.text("what", "all")))
                .withFrom(constant(LossMask.From.class, request.text("from", "sampled")))
                .withEarlierAnswers(constant(LossMask.EarlierAnswers.class, request.text("earlier_final_end", "mask")));
        boolean isWeighted = request.has("weights");
        if (isWeighted) {
            Map<String, Double> weights = new HashMap<>();
            request.fields()
                    .get("weights")
                    .members()
                    .forEach((channel, weight) -> weights.put(channel, weight.doubleValue()));
            mask = mask.withWeights(weights);
        }
        TrainingSample sample = mask.apply(renderer(request).renderingForTraining(messages(request)));
        TrainingSampleJson.write(sample, isWeighted, reply);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** What policies keep of a conversation, or how its rendering grows message by message under one of them. */
    void policy(Request request, JsonObject.Builder reply) {
        if (request.flag("asSampled", false)) {
            asSampled(request, reply);
            return;
        }
        Conversation conversation = messages(request);
        if (request.flag("growth", false)) {
            AnalysisPolicy policy = AnalysisPolicy.of(request.text("policy"));
            reply.put("steps", growth(conversation.messages(), renderer(policy)));
        } else if (!request.has("policies")) {
            throw request.wrong("policies", "a list of analysis policies");
        } else {
            for (String word : request.texts("policies")) {
                reply.put(word, kept(conversation, AnalysisPolicy.of(word)));
            }
        }
    }

    /** The prompts of a history that keeps what was sampled, and whether each goes on from the last one and what was generated after it. */
    private void asSampled(Request request, JsonObject.Builder reply) {
        TokenHistory history = TokenHistory.of(
                        tokenizer, RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.of(request.text("policy"))))
                .withReturn(request.text("return_token", "end").equals("keep"))
                .with(messages(request).messages());
        int[] prompt = history.prompt();
        List<JsonValue> prompts = new ArrayList<>(List.of(JsonArray.ofIntegers(prompt)));
        List<JsonValue> extensions = new ArrayList<>();
        for (JsonValue step : request.fields().get("steps").elements()) {
            int[] generated = step.get("generated").elements().stream()
                    .mapToInt(JsonValue::intValue)
                    .toArray();
            Conversation then = Conversation.fromJson(Json.write(JsonObject.of("messages", step.get("then"))));
            List<Message> before = history.conversation().messages();
            history = history.withGenerated(generated);
            int[] canonical = canonical(history.conversation().messages(), before.size());
            if (!reply.has(CANONICAL) && !isSampled(canonical, generated)) {
                reply.put(CANONICAL, JsonArray.ofIntegers(canonical));
            }
            history = history.with(then.messages());
            int[] next = history.prompt();
            int[] extended = Arrays.copyOf(prompt, prompt.length + generated.length);
            System.arraycopy(generated, 0, extended, prompt.length, generated.length);
            boolean isExtended =
                    next.length >= extended.length && Arrays.equals(extended, Arrays.copyOf(next, extended.length));
            prompts.add(JsonArray.ofIntegers(next));
            extensions.add(JsonValue.of(isExtended));
            prompt = next;
        }
        reply.put("prompts", JsonArray.of(prompts));
        reply.put("extends", JsonArray.of(extensions));
    }

    /** Returns the tokens that a renderer would give for what was generated: messages from an index on, without the start that the prompt has. */
    private int[] canonical(List<Message> messages, int from) {
        int[] tokens =
                renderer(AnalysisPolicy.KEEP_ALL).render(new Conversation(messages.subList(from, messages.size())));
        return Arrays.copyOfRange(tokens, Math.min(2, tokens.length), tokens.length);
    }

    /** Returns whether tokens are those that were sampled, but for the last: what ends a turn becomes what ends a message. */
    private static boolean isSampled(int[] tokens, int[] sampled) {
        int length = tokens.length - 1;
        return tokens.length == sampled.length && Arrays.equals(tokens, 0, length, sampled, 0, length);
    }

    private JsonObject kept(Conversation conversation, AnalysisPolicy policy) {
        HarmonyRenderer renderer = renderer(policy);
        Set<Integer> dropped = new HashSet<>(renderer.dropped(conversation));
        int[] kept = IntStream.range(0, conversation.messages().size())
                .filter(index -> !dropped.contains(index))
                .toArray();
        return JsonObject.builder()
                .put("kept", JsonArray.ofIntegers(kept))
                .put("tokens", renderer.countForCompletion(conversation, Role.ASSISTANT))
                .build();
    }

    /** For each message: tokens up to it, how many of them are those up to the one before, and whether these are all. */
    private static JsonArray growth(List<Message> messages, HarmonyRenderer renderer) {
        List<JsonValue> steps = new ArrayList<>();
        int[] before = {};
        for (int size = 1; size <= messages.size(); size++) {
            int[] tokens = renderer.render(new Conversation(messages.subList(0, size)));
            int mismatch = Arrays.mismatch(before, tokens);
            int common = mismatch < 0 ? tokens.length : mismatch;
            steps.add(JsonArray.of(
                    List.of(JsonValue.of(tokens.length), JsonValue.of(common), JsonValue.of(common == before.length))));
            before = tokens;
        }
        return JsonArray.of(steps);
    }

    /** What is found in a conversation that may not be meant as it is. */
    void lint(Request request, JsonObject.Builder reply) {
        ConversationLinter linter = ConversationLinter.DEFAULT
                .withPolicy(AnalysisPolicy.of(request.text("policy", AnalysisPolicy.REFERENCE.wireName())))
                .withPurpose(
                        switch (request.text("purpose", Purpose.PROMPT.wireName())) {
                            case "prompt" -> Purpose.PROMPT;
                            case "training" -> Purpose.TRAINING;
                            default -> throw request.wrong("purpose", "\"prompt\" or \"training\"");
                        });
        List<JsonArray> findings = new ArrayList<>();
        for (Finding finding : linter.lint(request.json("conversationJson", "conversation"))) {
            findings.add(JsonArray.ofTexts(
                    List.of(finding.code().name(), finding.severity().wireName(), finding.pointer())));
        }
        reply.put("findings", JsonArray.of(findings));
    }

    /** What a developer message says that asks for formats of the response. */
    void responseFormat(Request request, JsonObject.Builder reply) {
        Content.Developer developer = developer(request);
        Content.Developer withoutFormats = developer.withResponseFormats();
        int[] tokens = message(developer);
        String text = body(tokens);
        String rest = text.substring(body(message(withoutFormats)).length());
        int[] apart = message(withoutFormats, new Content.Text(rest));
        reply.put("developer_text", text);
        reply.put("tokens", tokens.length);
        reply.put("same_as_separate_part", Arrays.equals(tokens, apart));
    }

    private static Content.Developer developer(Request request) {
        JsonObject.Builder content = JsonObject.builder()
                .put("type", "developer_content")
                .put("instructions", request.fields().get("instructions"))
                .put("response_formats", request.fields().get("formats"));
        JsonValue tools = request.fields().get("tools");
        if (!tools.elements().isEmpty()) {
            JsonObject functions = JsonObject.builder()
                    .put("name", "functions")
                    .put("tools", tools)
                    .build();
            content.put("tools", JsonObject.of("functions", functions));
        }
        JsonObject message = JsonObject.builder()
                .put("role", "developer")
                .put("content", JsonArray.of(List.of(content.build())))
                .build();
        return (Content.Developer)
                Message.fromJson(Json.write(message)).content().get(0);
    }

    private int[] message(Content... parts) {
        return new HarmonyRenderer(tokenizer).render(Message.of(Author.of(Role.DEVELOPER), parts));
    }

    /** Returns the text between a message's header and its end. */
    private String body(int[] message) {
        int from = 0;
        while (message[from] != SpecialToken.MESSAGE.id()) {
            from++;
        }
        return tokenizer.decode(Arrays.copyOfRange(message, from + 1, message.length - 1));
    }
}
