package io.harmony4j.cli;

import io.harmony4j.Channel;
import io.harmony4j.ReasoningEffort;
import io.harmony4j.Role;
import io.harmony4j.chat.HarmonyModel;
import io.harmony4j.chat.LoopEvent;
import io.harmony4j.chat.LoopLimits;
import io.harmony4j.chat.LoopResult;
import io.harmony4j.chat.ToolLoop;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.Sampling;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.parser.HarmonyFormatException;
import io.harmony4j.parser.HarmonyParser;
import io.harmony4j.parser.ParseOptions;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.tiny.TestQuestion;
import io.harmony4j.tokenizer.TokenBuffer;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts how well the tiny model, or one in its place, answers: each question goes through the whole loop. */
final class TinyEvaluation {
    /** No question needs more than a few calls; a model that does not find an answer is stopped here. */
    private static final LoopLimits LIMITS = LoopLimits.DEFAULT.withRounds(8).withTokens(1500);

    private final Tokenizer tokenizer = Tokenizer.o200kHarmony();
    private final ToolLoop loop;
    private final Map<String, Score> skills = new LinkedHashMap<>();
    private final Map<ReasoningEffort, List<Integer>> analysisTokens = new EnumMap<>(ReasoningEffort.class);
    private Score wellFormed = Score.NONE;

    TinyEvaluation(TokenGenerator generator) {
        loop = new ToolLoop(new HarmonyModel(tokenizer, generator)
                        .withRenderOptions(RenderOptions.DEFAULT)) // as in the model's training
                .withOptions(GenerationOptions.DEFAULT.withSampling(Sampling.GREEDY))
                .withLimits(LIMITS);
    }

    /** How many of how many. */
    record Score(int correct, int total) {
        static final Score NONE = new Score(0, 0);

        Score plus(boolean isCorrect) {
            return new Score(correct + (isCorrect ? 1 : 0), total + 1);
        }
    }

    /** Asks a question, counts whether the answer is right, and returns it; an empty text if there is none. */
    String ask(TestQuestion question) {
        List<TokenBuffer> generations = new ArrayList<>();
        ToolLoop withTools =
                loop.withTools(TinyToolbox.functions(question.conversation().declaredTools()));
        LoopResult result = withTools.run(question.conversation(), event -> {
            if (event instanceof LoopEvent.RoundStarted) {
                generations.add(new TokenBuffer());
            } else if (event instanceof LoopEvent.Generated generated) {
                generations.get(generations.size() - 1).add(generated.token());
            }
        });
        generations.forEach(tokens -> wellFormed = wellFormed.plus(isWellFormed(tokens.toArray())));
        analysisTokens
                .computeIfAbsent(question.effort(), effort -> new ArrayList<>())
                .add(tokensOfAnalysis(question, result));
        String answer =
                result.ending() == LoopResult.Ending.ANSWERED ? result.answer().orElse("") : "";
        skills.merge(
                question.skill().label(),
                Score.NONE.plus(answer.equals(question.answer())),
                (a, b) -> new Score(a.correct + b.correct, a.total + b.total));
        return answer;
    }

    Map<String, Score> skills() {
        return Collections.unmodifiableMap(skills);
    }

    Score all() {
        return skills.values().stream()
                .reduce(Score.NONE, (a, b) -> new Score(a.correct + b.correct, a.total + b.total));
    }

    /** Returns how many of all generations the strict parser reads. */
    Score wellFormed() {
        return wellFormed;
    }

    /** Returns how many tokens of reasoning a question takes on average; 0 if none had this effort. */
    double analysisTokens(ReasoningEffort effort) {
        return analysisTokens.getOrDefault(effort, List.of()).stream()
                .mapToInt(Integer::intValue)
                .average()
                .orElse(0);
    }

    private static boolean isWellFormed(int[] tokens) {
        try {
            HarmonyParser.parse(tokens, ParseOptions.forRole(Role.ASSISTANT).strict());
            return true;
        } catch (HarmonyFormatException e) {
            return false;
        }
    }

    private int tokensOfAnalysis(TestQuestion question, LoopResult result) {
        return result.conversation().messages().stream()
                .skip(question.conversation().messages().size())
                .filter(message -> Channel.ANALYSIS.equals(message.channel())
                        && message.author().role() == Role.ASSISTANT
                        && message.recipient() == null)
                .mapToInt(message -> tokenizer.count(message.text()))
                .sum();
    }
}
