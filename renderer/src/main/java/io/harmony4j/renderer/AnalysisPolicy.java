package io.harmony4j.renderer;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Channel;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which chain of thought a prompt leaves out. A policy leaves out messages on the channel analysis, whoever wrote them: thoughts, calls
 * of built-in tools and their results. All other messages stay, also the result of a call that is left out.
 *
 * <pre>{@code
 * new HarmonyRenderer(tokenizer, RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.SINCE_LAST_FINAL))
 * }</pre>
 */
public enum AnalysisPolicy {
    /**
     * As openai/harmony: if the assistant's last message is on the channel final, the analysis before the first message on final,
     * whoever wrote that. Otherwise nothing. So the first turn's analysis comes back while a later turn calls tools, and that of later
     * turns always stays.
     */
    REFERENCE("reference"),

    /**
     * The analysis before the assistant's last message on the channel final: a turn that has its answer needs its thoughts no more, one
     * that calls tools does. What is left out once stays left out.
     */
    SINCE_LAST_FINAL("since-last-final"),

    /** Nothing. */
    KEEP_ALL("keep-all"),

    /** The analysis before the user's last message. */
    CURRENT_TURN("current-turn"),

    /** All analysis, also that of a turn that calls tools, which then begins to think anew after each call. */
    DROP_ALL("drop-all");

    private final String wireName;

    AnalysisPolicy(String wireName) {
        this.wireName = wireName;
    }

    /** Returns the word for this policy on the command line and in the driver protocol, as in {@code since-last-final}. */
    public String wireName() {
        return wireName;
    }

    /** Returns the policy with the given word, if there is one; words are case-sensitive. */
    public static Optional<AnalysisPolicy> find(String wireName) {
        requireNonNull(wireName, "wireName");
        return Arrays.stream(values())
                .filter(policy -> policy.wireName.equals(wireName))
                .findFirst();
    }

    /**
     * Returns the policy with the given word.
     *
     * @throws IllegalArgumentException if no policy has this word; words are case-sensitive
     */
    public static AnalysisPolicy of(String wireName) {
        return find(wireName)
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected an analysis policy (" + words() + ") but found \"" + wireName + "\""));
    }

    private static String words() {
        return Arrays.stream(values()).map(AnalysisPolicy::wireName).collect(Collectors.joining(", "));
    }

    /** Returns the indices of the messages that are left out, from 0, ascending. */
    public List<Integer> dropped(Conversation conversation) {
        List<Message> messages = requireNonNull(conversation, "conversation").messages();
        return IntStream.range(0, end(messages))
                .filter(index -> isAnalysis(messages.get(index)))
                .boxed()
                .toList();
    }

    /**
     * Returns the conversation without the messages that are left out. With {@link #KEEP_ALL} it has the prompt that the whole
     * conversation has with this policy, unless function tools are declared in a message that is left out.
     */
    public Conversation apply(Conversation conversation) {
        List<Message> messages = requireNonNull(conversation, "conversation").messages();
        int end = end(messages);
        return new Conversation(IntStream.range(0, messages.size())
                .filter(index -> index >= end || !isAnalysis(messages.get(index)))
                .mapToObj(messages::get)
                .toList());
    }

    /** Returns the index of the first message that is kept whatever it is: analysis before it is left out, and nothing else. */
    int end(List<Message> messages) {
        return switch (this) {
            case REFERENCE -> answered(messages) ? firstFinal(messages) : 0;
            case SINCE_LAST_FINAL -> last(messages, AnalysisPolicy::isAnswer);
            case KEEP_ALL -> 0;
            case CURRENT_TURN -> last(messages, message -> message.author().role() == Role.USER);
            case DROP_ALL -> messages.size();
        };
    }

    static boolean isAnalysis(Message message) {
        return Channel.ANALYSIS.equals(message.channel());
    }

    private static boolean isFinal(Message message) {
        return Channel.FINAL.equals(message.channel());
    }

    /** Returns whether a message is the assistant's, on the channel final. */
    static boolean isAnswer(Message message) {
        return isAssistants(message) && isFinal(message);
    }

    static boolean isAssistants(Message message) {
        return message.author().role() == Role.ASSISTANT;
    }

    /** Whether the assistant's last message is on the channel final. */
    private static boolean answered(List<Message> messages) {
        int last = last(messages, AnalysisPolicy::isAssistants);
        return last < messages.size() && isAnswer(messages.get(last));
    }

    /** The index of the first message on the channel final, be it the assistant's or not. */
    private static int firstFinal(List<Message> messages) {
        int index = 0;
        while (!isFinal(messages.get(index))) {
            index++;
        }
        return index;
    }

    /** The index of the last such message; 0 if there is none. */
    private static int last(List<Message> messages, Predicate<Message> condition) {
        for (int i = messages.size() - 1; i > 0; i--) {
            if (condition.test(messages.get(i))) {
                return i;
            }
        }
        return 0;
    }
}
