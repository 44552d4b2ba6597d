package io.harmony4j.openai;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.Channel;
import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.ReasoningEffort;
import io.harmony4j.Recipient;
import io.harmony4j.ResponseFormat;
import io.harmony4j.ToolDescription;
import io.harmony4j.ToolNamespace;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.RenderOptions;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Conversations to requests and back, and answers to messages. */
class ConversationRequestTest {
    private static final LocalDate DATE = LocalDate.of(2026, 1, 2);
    private static final ApiOptions OPTIONS =
            ApiOptions.DEFAULT.withDate(DATE).withAnalysisPolicy(AnalysisPolicy.KEEP_ALL);
    private static final List<Recipient> TOOLS =
            List.of(Recipient.function("get_weather"), Recipient.function("now"), Recipient.of("python"));
    private static final String[] TEXTS = {
        "a", "Hello!", "{\"a\":1}", "two\nlines", " ", "na\u00efve \ud83e\udd9c", "<|end|>"
    };

    /** Conversations of canonical turns: what both APIs can say. */
    private static Conversation conversation(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Message> messages = new ArrayList<>();
        Content.Developer developer = Content.developer(text(random))
                .withTools(ToolNamespace.functions(
                        ToolDescription.of("get_weather", "The weather.", "{\"type\":\"object\"}"),
                        ToolDescription.of("now", "")));
        if (random.nextBoolean()) {
            developer = developer.withResponseFormats(ResponseFormat.of("s", "d", "{\"type\":\"object\",\"x\":1}"));
        }
        messages.add(Message.system(Content.System.DEFAULT
                .withReasoningEffort(
                        List.of(ReasoningEffort.LOW, ReasoningEffort.HIGH).get(random.nextInt(2)))
                .withConversationStartDate(DATE)));
        messages.add(Message.developer(developer));
        for (int turns = 1 + random.nextInt(3); turns > 0; turns--) {
            messages.add(Message.user(text(random)));
            for (int calls = random.nextInt(3); calls > 0; calls--) {
                addThoughts(messages, random);
                if (random.nextBoolean()) {
                    messages.add(Message.preamble(text(random)));
                }
                int first = messages.size();
                for (int parallel = 1 + random.nextInt(3); parallel > 0; parallel--) {
                    messages.add(Message.call(TOOLS.get(random.nextInt(TOOLS.size())), text(random)));
                }
                for (Message call : List.copyOf(messages.subList(first, messages.size()))) {
                    messages.add(Message.tool(requireNonNull(call.recipient()), text(random)));
                }
            }
            addThoughts(messages, random);
            messages.add(Message.answer(text(random)));
        }
        return new Conversation(messages);
    }

    private static void addThoughts(List<Message> messages, SplittableRandom random) {
        for (int thoughts = random.nextInt(3); thoughts > 0; thoughts--) {
            messages.add(Message.analysis(text(random)));
        }
    }

    private static String text(SplittableRandom random) {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    @Property(tries = 500)
    void chatRequestsHoldConversations(@ForAll long seed) {
        Conversation conversation = conversation(seed);
        String request = ChatCompletions.request(conversation, "m").toString();
        assertThat(new ChatCompletions(OPTIONS).request(request).conversation()).isEqualTo(conversation);
    }

    @Property(tries = 500)
    void responsesRequestsHoldConversations(@ForAll long seed) {
        Conversation conversation = conversation(seed);
        String request = Responses.request(conversation, "m").toString();
        assertThat(new Responses(OPTIONS, ResponseStore.NONE).request(request).conversation())
                .isEqualTo(conversation);
    }

    @Test
    void namespacesAndNamesAreKeptWhereThereIsAPlaceForThem() {
        Conversation conversation = Conversation.of(
                Message.system(
                        Content.System.DEFAULT.withConversationStartDate(DATE).withTools(ToolNamespace.python())),
                Message.developer(Content.Developer.EMPTY.withTools(
                        new ToolNamespace("crm", "C.", List.of(ToolDescription.of("find", "F."))))),
                Message.user("Hi"),
                Message.call(Recipient.of("crm.find"), "{}"),
                Message.tool(Recipient.of("crm.find"), "x"));
        String request = Responses.request(conversation, "m").toString();
        ApiOptions own = OPTIONS.withBuiltInTools(ToolNamespace.python());
        assertThat(new Responses(own, ResponseStore.NONE).request(request).conversation())
                .isEqualTo(conversation);
    }

    /** The turn of a conversation after its last user message, as a model would write it. */
    private static int[] output(List<Message> turn) {
        HarmonyRenderer renderer = new HarmonyRenderer(
                Scripted.TOKENIZER, RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.KEEP_ALL));
        int[] rendered = renderer.renderForTraining(new Conversation(turn));
        return Arrays.copyOfRange(rendered, 2, rendered.length); // the prompt has <|start|>assistant
    }

    private static List<Message> randomTurn(SplittableRandom random) {
        List<Message> turn = new ArrayList<>();
        addThoughts(turn, random);
        if (random.nextBoolean()) {
            turn.add(Message.answer(text(random)));
        } else {
            if (random.nextBoolean()) {
                turn.add(Message.preamble(text(random)));
            }
            for (int calls = 1 + random.nextInt(2); calls > 0; calls--) {
                turn.add(Message.call(TOOLS.get(random.nextInt(2)), text(random)));
            }
        }
        return turn;
    }

    private static void generate(AnswerTurn turn, int[] output) {
        for (int token : output) {
            turn.accept(GeneratedToken.of(token, 0));
        }
        turn.finish(FinishReason.STOP);
    }

    @Property(tries = 500)
    void whatAModelSaysIsInTheNextChatRequest(@ForAll long seed) {
        Conversation before = conversation(seed);
        List<Message> said = randomTurn(new SplittableRandom(seed + 1));
        JsonObject body = ChatCompletions.request(before, "m");
        ChatAnswer answer =
                new ChatCompletions(OPTIONS).request(body.toString()).answer(Scripted.TOKENIZER, chunk -> {});
        generate(answer.turn(0), output(said));
        JsonValue message = answer.toJson().get("choices").elements().get(0).get("message");
        List<JsonValue> messages = new ArrayList<>(body.get("messages").elements());
        messages.add(message);
        JsonObject next =
                body.toBuilder().put("messages", JsonArray.of(messages)).build();

        List<Message> all = new ChatCompletions(OPTIONS)
                .request(next.toString())
                .conversation()
                .messages();
        List<Message> read = all.subList(before.messages().size(), all.size());
        assertThat(joinedThoughts(read)).isEqualTo(joinedThoughts(said));
        assertThat(ChatCompletions.messages(answer.toJson().toString())).isEqualTo(read);
    }

    /** Chat Completions has one reasoning for a message. */
    private static List<Message> joinedThoughts(List<Message> messages) {
        List<String> thoughts = messages.stream()
                .filter(message -> Channel.ANALYSIS.equals(message.channel()))
                .map(Message::text)
                .toList();
        List<Message> joined = new ArrayList<>(messages.subList(thoughts.size(), messages.size()));
        if (!thoughts.isEmpty()) {
            joined.add(0, Message.analysis(String.join("\n", thoughts)));
        }
        return joined;
    }

    @Property(tries = 500)
    void whatAModelSaysIsInTheNextResponsesRequest(@ForAll long seed) {
        Conversation before = conversation(seed);
        List<Message> said = randomTurn(new SplittableRandom(seed + 1));
        JsonObject body = Responses.request(before, "m");
        Responses api = new Responses(OPTIONS, new InMemoryResponseStore());
        ResponsesRequest request = api.request(body.toString());
        ResponseAnswer answer = request.answer(Scripted.TOKENIZER, event -> {});
        generate(answer.turn(), output(said));
        List<JsonValue> items = new ArrayList<>(body.get("input").elements());
        items.addAll(answer.toJson().get("output").elements());
        JsonObject next = body.toBuilder().put("input", JsonArray.of(items)).build();
        assertThat(api.request(next.toString()).conversation()).isEqualTo(before.with(said));
        assertThat(Responses.messages(answer.toJson().toString())).isEqualTo(said);

        api.keep(request, answer);
        JsonObject later = JsonObject.builder()
                .put("previous_response_id", answer.id())
                .put("input", "And?")
                .build();
        List<Message> goesOn = api.request(later.toString()).conversation().messages();
        assertThat(goesOn).endsWith(Message.user("And?")).containsSubsequence(said);
    }

    @Test
    void whatIsNoAnswerIsRefused() {
        assertThatThrownBy(() -> ChatCompletions.messages("{\"choices\":[]}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a chat completion")
                .hasMessageContaining("choices");
        assertThatThrownBy(() -> Responses.messages("{\"output\":5}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a response");
        assertThat(ChatCompletions.messages("{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":null}}]}"))
                .isEmpty();
    }
}
