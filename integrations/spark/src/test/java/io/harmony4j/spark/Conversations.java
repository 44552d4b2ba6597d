package io.harmony4j.spark;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.ToolDescription;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Conversations and texts to try the functions on. */
final class Conversations {
    private static final List<String> WORDS = List.of(
            "the",
            "model",
            "tokens",
            "Grüße",
            "привет",
            "東京",
            "data",
            "\uD83D\uDE42",
            "<|end|>",
            "1234",
            "don't",
            "\n",
            "Spark",
            "a");

    private static final Message SYSTEM =
            Message.system(Content.System.DEFAULT.withConversationStartDate(LocalDate.of(2026, 1, 31)));
    private static final Message DEVELOPER = Message.developer(Content.developer(
            "Be brief.",
            ToolDescription.of(
                    "look", "Looks.", "{\"type\":\"object\",\"properties\":{\"at\":{\"type\":\"string\"}}}")));

    /** One turn with thought, call and answer. */
    static final Conversation ONE_TURN = Conversation.of(
            SYSTEM,
            DEVELOPER,
            Message.user("Is it raining?"),
            Message.analysis("I should look."),
            Message.call(Recipient.function("look"), "{\"at\":\"Tokyo\"}"),
            Message.tool(Recipient.function("look"), "{\"rain\":true}"),
            Message.answer("Yes, it is."));

    /** Two turns, each with a thought: two samples. */
    static final Conversation TWO_TURNS =
            ONE_TURN.with(List.of(Message.user("And now?"), Message.analysis("The same."), Message.answer("Still.")));

    private Conversations() {}

    static String text(Random random, int words) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append(WORDS.get(random.nextInt(WORDS.size()))).append(random.nextInt(5) == 0 ? ". " : " ");
        }
        return text.toString();
    }

    static Conversation any(Random random) {
        List<Message> messages = new ArrayList<>(List.of(SYSTEM));
        for (int turn = random.nextInt(3); turn >= 0; turn--) {
            messages.add(Message.user(text(random, 1 + random.nextInt(12))));
            if (random.nextBoolean()) {
                messages.add(Message.analysis(text(random, 1 + random.nextInt(12))));
            }
            messages.add(Message.answer(text(random, 1 + random.nextInt(12))));
        }
        return new Conversation(messages);
    }
}
