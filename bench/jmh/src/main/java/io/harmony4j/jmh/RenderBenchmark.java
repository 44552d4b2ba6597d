package io.harmony4j.jmh;

import io.harmony4j.Conversation;
import io.harmony4j.Role;
import io.harmony4j.renderer.HarmonyRenderer;
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
        VARIED
    }

    @Param
    public Mode mode = Mode.REPEATED;

    private final HarmonyRenderer renderer = new HarmonyRenderer(Tokenizer.o200kHarmony());
    private List<Conversation> conversations = List.of(Dialogue.conversation());
    private int next;

    /** Makes the conversations, if they are several. */
    @Setup
    public void make() {
        if (mode == Mode.VARIED) {
            conversations = LongStream.range(0, CONVERSATIONS)
                    .mapToObj(seed ->
                            Conversation.fromJson(Dialogue.conversation(seed).toJson()))
                    .toList();
        }
    }

    /** Returns the prompt. */
    @Benchmark
    public int[] render(TokenWork work) {
        int[] prompt = renderer.renderForCompletion(conversations.get(next), Role.ASSISTANT);
        next = (next + 1) % conversations.size();
        work.tokens += prompt.length;
        return prompt;
    }
}
