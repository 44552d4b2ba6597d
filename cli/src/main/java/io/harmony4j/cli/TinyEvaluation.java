package io.harmony4j.cli;

import io.harmony4j.Channel;
import io.harmony4j.Content;
import io.harmony4j.Message;
import io.harmony4j.ReasoningEffort;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.engine.GenerationOptions;
import io.harmony4j.engine.Generator;
import io.harmony4j.engine.Model;
import io.harmony4j.engine.Sampling;
import io.harmony4j.loop.LoopEvent;
import io.harmony4j.loop.LoopLimits;
import io.harmony4j.loop.LoopResult;
import io.harmony4j.loop.TokenGenerator;
import io.harmony4j.loop.ToolLoop;
import io.harmony4j.parse.HarmonyFormatException;
import io.harmony4j.parse.ParseOptions;
import io.harmony4j.parse.StreamParser;
import io.harmony4j.tiny.TestQuestion;
import io.harmony4j.tiny.TinyTools;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the tiny model does: each question goes through the whole loop, and is counted. */
final class TinyEvaluation {
    /** No question needs more than a few calls; a model that goes astray ends here. */
    private static final LoopLimits LIMITS = new LoopLimits(8, 1500);

    private final Tokenizer tokenizer = Tokenizer.o200kHarmony();
    private final TokenGenerator generator;
    private final Map<String, Score> skills = new LinkedHashMap<>();
    private final Map<ReasoningEffort, List<Integer>> analysisTokens = new EnumMap<>(ReasoningEffort.class);
    private Score wellFormed = Score.NONE;

    TinyEvaluation(Model model) {
        generator = TokenGenerator.of(new Generator(model), GenerationOptions.DEFAULT.withSampling(Sampling.GREEDY));
    }

    /** How many of how many. */
    record Score(int correct, int total) {
        static final Score NONE = new Score(0, 0);

        Score plus(boolean isCorrect) {
            return new Score(correct + (isCorrect ? 1 : 0), total + 1);
        }
    }

    /** Asks a question, counts, and returns the answer; an empty text if there is none. */
    String ask(TestQuestion question) {
        List<List<Integer>> generations = new ArrayList<>();
        ToolLoop loop = new ToolLoop(tokenizer, generator).withLimits(LIMITS);
        for (String tool : tools(question)) {
            loop = loop.withTool(tool, arguments -> TinyTools.call(Recipient.of(tool), arguments));
        }
        LoopResult result = loop.run(question.conversation(), event -> {
            if (event instanceof LoopEvent.RoundStarted) {
                generations.add(new ArrayList<>());
            } else if (event instanceof LoopEvent.Generated generated) {
                generations.get(generations.size() - 1).add(generated.token());
            }
        });
        generations.forEach(tokens -> wellFormed = wellFormed.plus(isWellFormed(tokens)));
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

    /** Returns how many generations, of all, the strict parser reads. */
    Score wellFormed() {
        return wellFormed;
    }

    /** Returns how many tokens of reasoning a question has on average; 0 if there was none with this effort. */
    double analysisTokens(ReasoningEffort effort) {
        return analysisTokens.getOrDefault(effort, List.of()).stream()
                .mapToInt(Integer::intValue)
                .average()
                .orElse(0);
    }

    /** Returns the full names of the tools that a conversation declares. */
    private static List<String> tools(TestQuestion question) {
        List<String> names = new ArrayList<>();
        for (Message message : question.conversation().messages()) {
            for (Content part : message.content()) {
                if (part instanceof Content.System system && system.tools() != null) {
                    names.addAll(system.tools().keySet());
                } else if (part instanceof Content.Developer developer && developer.tools() != null) {
                    developer
                            .tools()
                            .values()
                            .forEach(namespace ->
                                    namespace.tools().forEach(tool -> names.add(namespace.name() + "." + tool.name())));
                }
            }
        }
        return names;
    }

    private boolean isWellFormed(List<Integer> tokens) {
        StreamParser parser = StreamParser.create(
                tokenizer, ParseOptions.forRole(Role.ASSISTANT).strict());
        try {
            tokens.forEach(token -> parser.accept(token, event -> {}));
            parser.finish(event -> {});
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
