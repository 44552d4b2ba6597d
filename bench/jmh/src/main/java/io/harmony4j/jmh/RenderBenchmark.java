package io.harmony4j.jmh;

import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Role;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.Rendering;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.List;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A long conversation with tools to the tokens of a prompt. */
@State(Scope.Benchmark)
public class RenderBenchmark {
    static final int CONVERSATIONS = 30;

    /** What is rendered, call after call. */
    public enum Mode {
        /** One conversation. Its tools are in the renderer's cache, its words in the tokenizer's. */
        REPEATED,
        /** Each of several conversations in turn, which have texts and tools of their own and were read from JSON. */
        VARIED,
        /** Likewise, where all but the last message of each has been rendered before: the next turn of many chats. */
        NEXT_TURN
    }

    @Param
    public Mode mode = Mode.REPEATED;

    private final HarmonyRenderer renderer = new HarmonyRenderer(Tokenizer.o200kHarmony());
    private List<Conversation> conversations = List.of(Dialogue.conversation());
    private List<Rendering> earlier = List.of();
    private int next;

    /** Makes the conversations, if they are several. */
    @Setup
    public void make() {
        if (mode != Mode.REPEATED) {
            conversations = LongStream.range(0, CONVERSATIONS)
                    .mapToObj(seed ->
                            Conversation.fromJson(Dialogue.conversation(seed).toJson()))
                    .toList();
        }
        if (mode == Mode.NEXT_TURN) {
            earlier = conversations.stream()
                    .map(RenderBenchmark::withoutLastMessage)
                    .map(before -> renderer.renderingForCompletion(before, Role.ASSISTANT))
                    .toList();
        }
    }

    /** Returns the turn before, as an earlier request had it: messages of its own, which are compared as texts. */
    private static Conversation withoutLastMessage(Conversation conversation) {
        List<Message> messages = conversation.messages();
        return Conversation.fromJson(new Conversation(messages.subList(0, messages.size() - 1)).toJson());
    }

    /** Returns the prompt. */
    @Benchmark
    public int[] render(TokenWork work) {
        int[] prompt = mode == Mode.NEXT_TURN
                ? renderer.renderingForCompletion(conversations.get(next), Role.ASSISTANT, earlier.get(next))
                        .tokens()
                : renderer.renderForCompletion(conversations.get(next), Role.ASSISTANT);
        next = (next + 1) % conversations.size();
        work.tokens += prompt.length;
        return prompt;
    }
}
