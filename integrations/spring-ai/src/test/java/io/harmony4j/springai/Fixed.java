package io.harmony4j.springai;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.chat.HarmonyModel;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.testkit.ScriptedModel;
import io.harmony4j.tokenizer.Tokenizer;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

/** A model on a day that does not pass, and what {@code chat} itself makes of a conversation on that day. */
final class Fixed {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final LocalDate DATE = LocalDate.of(2026, 1, 2);
    static final Clock CLOCK = Clock.fixed(DATE.atTime(12, 0).toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
    static final Content.System SYSTEM = Content.System.DEFAULT.withConversationStartDate(DATE);

    private static final HarmonyModel CHAT = new HarmonyModel(Tokenizer.o200kHarmony(), new ScriptedModel());

    private Fixed() {}

    static HarmonySpringChatModel model(TokenGenerator generator) {
        return new HarmonySpringChatModel(generator, ObservationRegistry.NOOP).withClock(CLOCK);
    }

    /** Returns the prompt of a conversation that begins with the system message. */
    static int[] prompt(Message... messages) {
        List<Message> all = new ArrayList<>();
        all.add(Message.system(SYSTEM));
        all.addAll(List.of(messages));
        return CHAT.prompt(new Conversation(all));
    }

    static AssistantMessage message(ChatResponse response) {
        return requireNonNull(response.getResult()).getOutput();
    }

    static String text(ChatResponse response) {
        return requireNonNull(message(response).getText());
    }

    /** Returns what the pieces of a stream say. */
    static String text(List<ChatResponse> pieces) {
        return pieces.stream().map(Fixed::text).collect(Collectors.joining());
    }

    static @Nullable String finishReason(ChatResponse response) {
        return requireNonNull(response.getResult()).getMetadata().getFinishReason();
    }

    static List<ChatResponse> stream(ChatModel model, Prompt prompt) {
        return requireNonNull(model.stream(prompt).collectList().block(PATIENCE));
    }
}
