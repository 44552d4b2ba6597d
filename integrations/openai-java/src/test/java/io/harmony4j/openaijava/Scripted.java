package io.harmony4j.openaijava;

import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.openai.AnswerTurn;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Outputs of a model that stand in the test: what it generated after {@code <|start|>assistant}. */
final class Scripted {
    static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();
    static final HarmonyRenderer RENDERER =
            new HarmonyRenderer(TOKENIZER, RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.KEEP_ALL));
    static final int CONTEXT_TOKENS = 131_072;

    static final String NEXT = "<|end|><|start|>assistant";
    static final String REASONING = "<|channel|>analysis<|message|>I should look." + NEXT;
    static final String PREAMBLE = "<|channel|>commentary<|message|>One moment." + NEXT;
    static final String ANSWER = "<|channel|>final<|message|>Yes, naïve 👩‍🚀, take one.<|return|>";
    static final String WEATHER = call("functions.get_weather", "{\"city\":\"Tokyo\"}");

    private Scripted() {}

    static String call(String recipient, String arguments) {
        return "<|channel|>commentary to=" + recipient + " <|constrain|>json<|message|>" + arguments;
    }

    /** Gives a turn an output token by token. */
    static void play(AnswerTurn turn, String output, FinishReason end) {
        int[] tokens = TOKENIZER.encode(output, AllowedSpecial.ALL);
        for (int i = 0; i < tokens.length; i++) {
            turn.accept(GeneratedToken.of(tokens[i], i).withLogProbability(-0.5, List.of()));
        }
        turn.finish(end);
    }

    static void play(AnswerTurn turn, String output) {
        play(turn, output, FinishReason.STOP);
    }

    /** Returns a generator that gives one output after another, and keeps the prompts. */
    static TokenGenerator generator(List<String> outputs, List<int[]> prompts) {
        Iterator<String> next = new ArrayList<>(outputs).iterator();
        return (prompt, options, tokens) -> {
            prompts.add(prompt.clone());
            int[] output = TOKENIZER.encode(next.next(), AllowedSpecial.ALL);
            for (int i = 0; i < output.length; i++) {
                tokens.accept(GeneratedToken.of(output[i], prompt.length + i));
            }
            return Generation.of(output, FinishReason.STOP, prompt.length);
        };
    }
}
