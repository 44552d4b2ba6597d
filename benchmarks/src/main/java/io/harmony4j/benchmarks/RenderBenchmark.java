package io.harmony4j.benchmarks;

import io.harmony4j.Conversation;
import io.harmony4j.Role;
import io.harmony4j.render.HarmonyRenderer;
import io.harmony4j.tokenizer.Tokenizer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A long conversation with tools to the tokens of a prompt. */
@State(Scope.Benchmark)
public class RenderBenchmark {
    private final HarmonyRenderer renderer = new HarmonyRenderer(Tokenizer.o200kHarmony());
    private final Conversation conversation = Dialogue.conversation();

    /** Returns the prompt. */
    @Benchmark
    public int[] render(TokenWork work) {
        int[] prompt = renderer.renderForCompletion(conversation, Role.ASSISTANT);
        work.tokens += prompt.length;
        return prompt;
    }
}
