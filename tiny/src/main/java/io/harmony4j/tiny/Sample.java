package io.harmony4j.tiny;

import io.harmony4j.Author;
import io.harmony4j.Channel;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.renderer.HarmonyRenderer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tokens as the model sees them, with those marked that it writes itself: a prompt, and what follows it. Where the next prompt
 * of the conversation goes on from there, as it does after a tool's answer, it follows in the same sample.
 */
final class Sample {
    /** {@code <|start|>assistant}, which every prompt ends with. */
    private static final int START_LENGTH = 2;

    private final int[] tokens;

    private Sample(int[] tokens) {
        this.tokens = tokens;
    }

    /** Returns all samples of a conversation in which the assistant writes the given message or a later one. */
    static List<Sample> of(Conversation conversation, int firstMessage, HarmonyRenderer renderer) {
        List<Message> messages = conversation.messages();
        List<Sample> samples = new ArrayList<>();
        int from = 0;
        while (from < messages.size()) {
            int to = endOfRun(messages, from);
            if (isAssistant(messages.get(from)) && from >= firstMessage) {
                add(marked(messages.subList(0, from), messages.subList(from, to), renderer), samples);
            }
            from = to;
        }
        return samples;
    }

    /** Returns the tokens: ids, and the bitwise complements of those ids that the model writes. */
    int[] tokens() {
        return tokens.clone();
    }

    /** Returns the tokens, none of them marked. */
    int[] ids() {
        return Arrays.stream(tokens).map(Sample::id).toArray();
    }

    private static int id(int token) {
        return token < 0 ? ~token : token;
    }

    /** Adds what the model writes, as the continuation of the last sample if it is one. */
    private static void add(int[] next, List<Sample> samples) {
        int lastIndex = samples.size() - 1;
        if (lastIndex >= 0 && isPrefix(samples.get(lastIndex).tokens, next)) {
            int[] last = samples.remove(lastIndex).tokens;
            System.arraycopy(last, 0, next, 0, last.length);
        }
        samples.add(new Sample(next));
    }

    private static boolean isPrefix(int[] marked, int[] tokens) {
        for (int i = 0; i < marked.length; i++) {
            if (i >= tokens.length || id(marked[i]) != id(tokens[i])) {
                return false;
            }
        }
        return true;
    }

    private static int[] marked(List<Message> before, List<Message> written, HarmonyRenderer renderer) {
        int[] prompt = renderer.renderForCompletion(new Conversation(before), Role.ASSISTANT);
        int[] completion = written.stream()
                .flatMapToInt(message -> Arrays.stream(renderer.render(message)))
                .skip(START_LENGTH)
                .toArray();
        if (Channel.FINAL.equals(written.get(written.size() - 1).channel())) {
            completion[completion.length - 1] = SpecialToken.RETURN.id();
        }
        int[] all = Arrays.copyOf(prompt, prompt.length + completion.length);
        for (int i = 0; i < completion.length; i++) {
            all[prompt.length + i] = ~completion[i];
        }
        return all;
    }

    /** Returns the index after the last message of the same role in a row. */
    private static int endOfRun(List<Message> messages, int from) {
        int to = from + 1;
        while (to < messages.size() && isAssistant(messages.get(from)) && isAssistant(messages.get(to))) {
            to++;
        }
        return to;
    }

    private static boolean isAssistant(Message message) {
        return message.author().equals(Author.of(Role.ASSISTANT));
    }
}
