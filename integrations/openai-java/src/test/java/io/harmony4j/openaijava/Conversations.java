package io.harmony4j.openaijava;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.ReasoningEffort;
import io.harmony4j.Recipient;
import io.harmony4j.ResponseFormat;
import io.harmony4j.ToolDescription;
import io.harmony4j.ToolNamespace;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Conversations that both APIs can say. */
final class Conversations {
    static final LocalDate DATE = LocalDate.of(2026, 1, 2);

    /** The order of its properties is that of the prompt, whatever openai-java does with it. */
    static final ToolDescription WEATHER = ToolDescription.of(
            "get_weather",
            "Returns the weather.",
            "{\"type\":\"object\",\"properties\":{\"zone\":{\"type\":\"string\"},\"city\":{\"type\":\"string\",\"description\":\"Its name\"},"
                    + "\"days\":{\"type\":\"integer\",\"default\":1},\"at\":{\"enum\":[\"noon\",\"night\"]}},\"required\":[\"city\"]}");

    private static final List<Recipient> TOOLS = List.of(Recipient.function("get_weather"), Recipient.function("now"));
    private static final String[] TEXTS = {"a", "Hello!", "{\"a\":1}", "two\nlines", " ", "naïve 👩‍🚀", "<|end|>"};

    private Conversations() {}

    static Conversation random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Message> messages = new ArrayList<>();
        Content.Developer developer = Content.developer(text(random))
                .withTools(ToolNamespace.functions(WEATHER, ToolDescription.of("now", "")));
        if (random.nextBoolean()) {
            developer = developer.withResponseFormats(
                    ResponseFormat.of("s", "d", "{\"type\":\"object\",\"properties\":{\"z\":{},\"a\":{}}}"));
        }
        messages.add(Message.system(Content.System.DEFAULT
                .withReasoningEffort(random.nextBoolean() ? ReasoningEffort.LOW : ReasoningEffort.HIGH)
                .withConversationStartDate(DATE)));
        messages.add(Message.developer(developer));
        for (int turns = 1 + random.nextInt(3); turns > 0; turns--) {
            messages.add(Message.user(text(random)));
            for (int rounds = random.nextInt(3); rounds > 0; rounds--) {
                addRound(messages, random);
            }
            addThoughts(messages, random);
            messages.add(Message.answer(text(random)));
        }
        return new Conversation(messages);
    }

    private static void addRound(List<Message> messages, SplittableRandom random) {
        addThoughts(messages, random);
        if (random.nextBoolean()) {
            messages.add(Message.preamble(text(random)));
        }
        int first = messages.size();
        for (int calls = 1 + random.nextInt(3); calls > 0; calls--) {
            messages.add(Message.call(TOOLS.get(random.nextInt(TOOLS.size())), text(random)));
        }
        for (Message call : List.copyOf(messages.subList(first, messages.size()))) {
            messages.add(Message.tool(requireNonNull(call.recipient()), text(random)));
        }
    }

    private static void addThoughts(List<Message> messages, SplittableRandom random) {
        for (int thoughts = random.nextInt(3); thoughts > 0; thoughts--) {
            messages.add(Message.analysis(text(random)));
        }
    }

    private static String text(SplittableRandom random) {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    /** The beginning of a conversation about the weather, as requests have it. */
    static Conversation umbrella() {
        return Conversation.of(
                Message.system(Content.System.DEFAULT
                        .withReasoningEffort(ReasoningEffort.LOW)
                        .withConversationStartDate(DATE)),
                Message.developer(Content.developer("Answer in one sentence.", WEATHER)),
                Message.user("Do I need an umbrella in Tokyo?"));
    }
}
