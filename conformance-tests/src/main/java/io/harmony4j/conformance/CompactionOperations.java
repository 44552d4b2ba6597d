package io.harmony4j.conformance;

import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.Compaction;
import io.harmony4j.renderer.Compactor;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Commands of the driver on conversations that are made to fit a budget. */
final class CompactionOperations {
    /** How many words the result of a turn has that is added. */
    private static final int REPLAYED_WORDS = 80;

    private final Tokenizer tokenizer;

    CompactionOperations(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /** What a conversation becomes so that its prompt fits, or how prompts grow under compaction. */
    void compaction(Request request, JsonObject.Builder reply) {
        Conversation conversation = Conversation.fromJson(
                Json.write(JsonObject.of("messages", request.fields().get("messages"))));
        RenderOptions options = RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.of(request.text("policy")));
        Compactor compactor = compactor(request, options);
        if (request.has("replay")) {
            int turns = request.fields().get("turns").intValue();
            reply.put("turns", replay(conversation, turns, compactor, new HarmonyRenderer(tokenizer, options)));
            reply.put(
                    "columns", JsonArray.ofTexts(List.of("prompt tokens", "compacted", "extends the previous prompt")));
        } else {
            Compaction compaction = compactor.compact(conversation);
            put(compaction, reply);
            reply.put("changed", changed(compaction, conversation, request.has("head_tail")));
        }
    }

    private Compactor compactor(Request request, RenderOptions options) {
        JsonObject fields = request.fields();
        Compactor compactor = new Compactor(
                        tokenizer, options, fields.get("budget").intValue())
                .withLow(fields.get("low").doubleValue())
                .withProtectedFirstTurn(request.flag("protect_first_turn", false));
        if (request.has("head_tail")) {
            List<JsonValue> tokens = fields.get("head_tail").elements();
            compactor = compactor.withHeadAndTail(
                    tokens.get(0).intValue(), tokens.get(1).intValue());
        }
        if (request.has("summary")) {
            Message summary = Message.user(request.text("summary"));
            compactor = compactor.withSummariser(messages -> summary);
        }
        return request.has("keep_results")
                ? compactor.withKeptResults(fields.get("keep_results").intValue())
                : compactor;
    }

    private static void put(Compaction compaction, JsonObject.Builder reply) {
        reply.put("fits", compaction.fits());
        reply.put("before", compaction.before());
        reply.put("after", compaction.after());
        reply.put("pinned", compaction.pinned());
        reply.put(
                "steps",
                JsonArray.of(compaction.steps().stream()
                        .map(step -> (JsonValue) JsonArray.of(List.of(
                                JsonValue.of(step.kind().name().toLowerCase(Locale.ROOT)),
                                indices(step.messages()),
                                JsonValue.of(step.tokens()))))
                        .toList()));
        reply.put("messages", indices(compaction.messages()));
    }

    /** Returns the texts of the results that were shortened, also of those that went with their turn later, if it is known what they were. */
    private JsonObject changed(Compaction compaction, Conversation conversation, boolean hasHeadAndTail) {
        JsonObject.Builder changed = JsonObject.builder();
        for (Compaction.Step step : compaction.steps()) {
            if (step.kind() == Compaction.Kind.RESULT) {
                int index = step.messages().get(0);
                int place = compaction.messages().indexOf(index);
                if (!hasHeadAndTail) {
                    int length =
                            tokenizer.count(conversation.messages().get(index).text());
                    changed.put(Integer.toString(index), Compactor.mark(length));
                } else if (place >= 0) {
                    boolean isAfterSummary = compaction.summary().isPresent()
                            && compaction.summary().getAsInt() <= place;
                    Message message = compaction.conversation().messages().get(isAfterSummary ? place + 1 : place);
                    changed.put(Integer.toString(index), message.text());
                }
            }
        }
        return changed.build();
    }

    private static JsonArray indices(List<Integer> indices) {
        return JsonArray.ofIntegers(indices.stream().mapToInt(Integer::intValue).toArray());
    }

    /** For each turn that is added: how many tokens the prompt has, whether something was left out, and whether it goes on from the last one. */
    private static JsonArray replay(
            Conversation conversation, int turns, Compactor compactor, HarmonyRenderer renderer) {
        List<JsonValue> rows = new ArrayList<>();
        Conversation now = conversation;
        int[] before = {};
        for (int turn = 0; turn < turns; turn++) {
            Compaction compaction = compactor.compact(now.with(turn(turn)));
            now = compaction.conversation();
            int[] messages = renderer.render(now);
            boolean isExtended =
                    messages.length >= before.length && Arrays.equals(before, Arrays.copyOf(messages, before.length));
            rows.add(JsonArray.of(List.of(
                    JsonValue.of(renderer.countForCompletion(now, Role.ASSISTANT)),
                    JsonValue.of(!compaction.steps().isEmpty()),
                    JsonValue.of(isExtended))));
            before = messages;
        }
        return JsonArray.of(rows);
    }

    private static List<Message> turn(int number) {
        Recipient tool = Recipient.function("get_weather");
        return List.of(
                Message.user("Question " + number),
                Message.call(tool, "{\"city\":\"C" + number + "\"}"),
                Message.tool(tool, ("row" + number + " ").repeat(REPLAYED_WORDS).strip()),
                Message.answer("Answer " + number + "."));
    }
}
