package io.harmony4j.testkit;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.tokenizer.Tokenizer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ScriptedModel} says in one turn. Immutable.
 *
 * <pre>{@code
 * ScriptedTurn.call("get_weather", "{\"city\":\"Tokyo\"}").withThought("I should look.")
 * ScriptedTurn.answer("It is sunny.").withPause(Duration.ofMillis(20))
 * }</pre>
 */
public final class ScriptedTurn {
    private static final HarmonyRenderer RENDERER = new HarmonyRenderer(
            Tokenizer.o200kHarmony(), RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.KEEP_ALL));
    private static final String OPENING = SpecialToken.START.literal() + Role.ASSISTANT.wireName();

    private final String text;
    private final Duration pause;
    private final @Nullable RuntimeException failure;

    private ScriptedTurn(String text, Duration pause, @Nullable RuntimeException failure) {
        this.text = text;
        this.pause = pause;
        this.failure = failure;
    }

    /** Returns a turn with an answer to the user. */
    public static ScriptedTurn answer(String content) {
        return of(Message.answer(content));
    }

    /**
     * Returns a turn with a call of a function tool.
     *
     * @param function the tool's name, as in {@code get_weather}
     * @param arguments the arguments: JSON, if the model is to get it right
     */
    public static ScriptedTurn call(String function, String arguments) {
        return of(Message.call(Recipient.function(function), arguments));
    }

    /**
     * Returns a turn with any messages of the assistant, as a model writes them.
     *
     * @throws IllegalArgumentException if there are none, or one is another's
     */
    public static ScriptedTurn of(Message... messages) {
        List<Message> said = Arrays.asList(requireNonNull(messages, "messages"));
        for (Message message : said) {
            if (requireNonNull(message, "message").author().role() != Role.ASSISTANT) {
                throw new IllegalArgumentException("expected messages of the assistant but found " + message);
            }
        }
        if (said.isEmpty()) {
            throw new IllegalArgumentException("expected at least 1 message but found none; text(\"\") says nothing");
        }
        return text(written(said));
    }

    /** Returns messages as a model writes them: the prompt has the first role, and the last answer ends the turn. */
    private static String written(List<Message> messages) {
        String text = rendered(messages);
        return messages.get(messages.size() - 1).isToolCall()
                ? text
                : text.substring(0, text.length() - SpecialToken.END.literal().length())
                        + SpecialToken.RETURN.literal();
    }

    private static String rendered(List<Message> messages) {
        int[] tokens = RENDERER.render(new Conversation(messages));
        return Tokenizer.o200kHarmony().decode(tokens).substring(OPENING.length());
    }

    /**
     * Returns a turn with any text, which need not be Harmony.
     *
     * @param output what comes after {@code <|start|>assistant}, with special tokens as their literals
     */
    public static ScriptedTurn text(String output) {
        return new ScriptedTurn(requireNonNull(output, "output"), Duration.ZERO, null);
    }

    /** Returns a turn in which the model fails at once, before its first token. */
    public static ScriptedTurn failure(RuntimeException failure) {
        return text("").withFailure(failure);
    }

    /** Returns a copy that begins with a thought. */
    public ScriptedTurn withThought(String thought) {
        return new ScriptedTurn(rendered(List.of(Message.analysis(thought))) + OPENING + text, pause, failure);
    }

    /** Returns a copy in which each token takes this long. */
    public ScriptedTurn withPause(Duration time) {
        return new ScriptedTurn(text, requireNonNull(time, "time"), failure);
    }

    /** Returns a copy in which the model fails after all that it says. */
    public ScriptedTurn withFailure(RuntimeException exception) {
        return new ScriptedTurn(text, pause, requireNonNull(exception, "exception"));
    }

    /** Returns what the model writes, with special tokens as their literals. */
    public String text() {
        return text;
    }

    Duration pause() {
        return pause;
    }

    @Nullable
    RuntimeException failure() {
        return failure;
    }

    @Override
    public String toString() {
        return text + (failure == null ? "" : ", then " + failure);
    }
}
