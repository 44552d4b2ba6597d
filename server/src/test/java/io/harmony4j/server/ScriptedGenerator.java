package io.harmony4j.server;

import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.Tokenizer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A generator that plays what a word of the prompt names: {@code play:weather} anywhere in it, the last one counts. A play has a text for
 * each round of tool results that follow the word, the last text for all further ones. Besides the plays that it is given, it knows
 *
 * <ul>
 *   <li>{@code play:echo-20} - an answer with the text that follows the word in its message, 20 milliseconds before each token;
 *   <li>{@code play:count-300-20} - the numbers from 1 to 300, 20 milliseconds before each token;
 *   <li>{@code play:think-3000} - nothing for 3000 milliseconds, and then a short answer;
 *   <li>{@code play:prompt} - the prompt as it is, with the special tokens' names without their bars;
 *   <li>{@code play:broken} - the beginning of an answer, and then an exception;
 *   <li>{@code play:defect} - an exception.
 * </ul>
 *
 * <p>Numbers may be left out; none is 0. A prompt without such a word is answered "Hello." after a thought. Where a prompt ends in the middle of a call's header, as it does
 * if a call is forced, the call goes on with {@link #ARGUMENTS}, of {@code get_weather} if the name is missing. Thread-safe; does as many
 * generations at a time as there are threads.
 */
final class ScriptedGenerator implements TokenGenerator {
    static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();

    /** The arguments of calls that are forced. */
    static final String ARGUMENTS = "{\"city\":\"Paris\"}";

    private static final Pattern WORD = Pattern.compile("play:([a-z]+)(?:-(\\d+))?(?:-(\\d+))?");
    private static final Pattern RESULTS = Pattern.compile("(?:<\\|start\\|>[^<]* to=assistant(?s:.*?)<\\|end\\|>)+");
    private static final String GREETING = answer("Somebody says hello.", "Hello.");
    private static final double LOG_PROBABILITY = -0.25;

    private final Map<String, List<String>> plays;
    private final AtomicInteger running = new AtomicInteger();

    /**
     * Makes a generator.
     *
     * @param plays what is played, by name: the texts of the rounds, special tokens as their literals, each from behind {@code
     *     <|start|>assistant} on
     */
    ScriptedGenerator(Map<String, List<String>> plays) {
        this.plays = Map.copyOf(plays);
    }

    /** Returns what a model writes that thinks and answers. */
    static String answer(String thought, String text) {
        return "<|channel|>analysis<|message|>" + thought + "<|end|><|start|>assistant<|channel|>final<|message|>"
                + text + "<|return|>";
    }

    /** Returns what a model writes that thinks and calls a tool, {@code functions.get_weather} for instance. */
    static String call(String thought, String tool, String arguments) {
        return "<|channel|>analysis<|message|>" + thought + "<|end|><|start|>assistant<|channel|>commentary to=" + tool
                + " <|constrain|>json<|message|>" + arguments + "<|call|>";
    }

    /** Returns how many generations go on just now. */
    int running() {
        return running.get();
    }

    @Override
    public Generation generate(int[] prompt, GenerationOptions options, Consumer<GeneratedToken> tokens) {
        running.incrementAndGet();
        try {
            return play(script(TOKENIZER.decode(prompt)), prompt, options, tokens);
        } finally {
            running.decrementAndGet();
        }
    }

    /**
     * What is played.
     *
     * @param before how long it takes to read the prompt
     * @param pause how long each token takes
     * @param isBroken whether it fails at its end
     */
    private record Script(String text, Duration before, Duration pause, boolean isBroken) {
        static Script of(String text) {
            return new Script(text, Duration.ZERO, Duration.ZERO, false);
        }
    }

    private Script script(String prompt) {
        if (prompt.endsWith(" to=functions.")) {
            return Script.of("get_weather <|constrain|>json<|message|>" + ARGUMENTS + "<|call|>");
        }
        if (prompt.endsWith("<|message|>")) {
            return Script.of(ARGUMENTS + "<|call|>");
        }
        MatchResult word = null;
        for (Matcher matcher = WORD.matcher(prompt); matcher.find(); ) {
            word = matcher.toMatchResult();
        }
        if (word == null) {
            return Script.of(GREETING);
        }
        String rest = prompt.substring(word.end());
        return switch (word.group(1)) {
            case "echo" -> new Script(echo(rest), Duration.ZERO, millis(number(word, 2)), false);
            case "count" -> new Script(numbers(number(word, 2)), Duration.ZERO, millis(number(word, 3)), false);
            case "think" -> new Script(GREETING, millis(number(word, 2)), Duration.ZERO, false);
            case "prompt" ->
                Script.of(answer("I read.", prompt.replace("<|", "<").replace("|>", ">")));
            case "broken" ->
                new Script("<|channel|>final<|message|>It begins well, but", Duration.ZERO, Duration.ZERO, true);
            case "defect" -> new Script("", Duration.ZERO, Duration.ZERO, true);
            default -> Script.of(round(plays.get(word.group(1)), rest, word.group()));
        };
    }

    private static String round(@Nullable List<String> rounds, String rest, String word) {
        if (rounds == null) {
            throw new IllegalArgumentException("expected the name of a play but found \"" + word + "\"");
        }
        long results = RESULTS.matcher(rest).results().count();
        return rounds.get((int) Math.min(results, rounds.size() - 1));
    }

    private static int number(MatchResult word, int group) {
        return word.group(group) == null ? 0 : Integer.parseInt(word.group(group));
    }

    private static Duration millis(int number) {
        return Duration.ofMillis(number);
    }

    private static String echo(String rest) {
        return answer(
                "I say it again.", rest.substring(0, rest.indexOf("<|end|>")).strip());
    }

    private static String numbers(int last) {
        StringBuilder text = new StringBuilder("1");
        for (int i = 2; i <= last; i++) {
            text.append(' ').append(i);
        }
        return answer("I count.", text.toString());
    }

    private static Generation play(
            Script script, int[] prompt, GenerationOptions options, Consumer<GeneratedToken> tokens) {
        int[] all = TOKENIZER.encode(script.text(), AllowedSpecial.ALL);
        sleep(script.before(), options);
        for (int i = 0; i < all.length; i++) {
            sleep(script.pause(), options);
            if (options.isCancelled()) {
                return Generation.of(Arrays.copyOf(all, i), FinishReason.CANCELLED, prompt.length);
            }
            if (i == options.maxTokens()) {
                return Generation.of(Arrays.copyOf(all, i), FinishReason.LENGTH, prompt.length);
            }
            tokens.accept(token(all[i], prompt.length + i, options));
            if (options.stopTokens().contains(all[i])) {
                return Generation.of(Arrays.copyOf(all, i + 1), FinishReason.STOP, prompt.length);
            }
        }
        if (script.isBroken()) {
            throw new IllegalStateException("the script ends here");
        }
        return Generation.of(all, FinishReason.STOP, prompt.length);
    }

    private static GeneratedToken token(int id, int position, GenerationOptions options) {
        GeneratedToken token = GeneratedToken.of(id, position);
        if (options.logProbabilities().isEmpty()) {
            return token;
        }
        return token.withLogProbability(
                LOG_PROBABILITY,
                IntStream.range(0, options.logProbabilities().getAsInt())
                        .mapToObj(i -> new GeneratedToken.Alternative(i == 0 ? id : i, LOG_PROBABILITY * (i + 1)))
                        .toList());
    }

    /** Waits, unless it is cancelled. */
    private static void sleep(Duration time, GenerationOptions options) {
        long end = System.nanoTime() + time.toNanos();
        try {
            while (!options.isCancelled()) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return;
                }
                Thread.sleep(Math.min(10, 1 + left / 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
