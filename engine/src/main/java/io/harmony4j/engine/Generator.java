package io.harmony4j.engine;

import static java.util.Objects.requireNonNull;

import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.PromptTooLongException;
import io.harmony4j.generation.TokenGenerator;
import java.util.function.Consumer;

/**
 * Generates the tokens that follow a prompt.
 *
 * <pre>{@code
 * try (Model model = Model.load(Path.of("gpt-oss-20b"))) {
 *     Generator generator = new Generator(model);
 *     GenerationOptions options = GenerationOptions.DEFAULT.withStopTokens(SpecialToken.stopIds());
 *     int[] prompt = renderer.renderForCompletion(conversation, Role.ASSISTANT);
 *     StreamParser parser = new StreamParser(tokenizer, parseOptions, event -> System.out.println(event));
 *     Generation generation = generator.generate(prompt, options, token -> parser.accept(token.id()));
 *     parser.finish();
 *     System.out.println(generation.finishReason() + ", " + generation.decodeTokensPerSecond() + " tokens a second");
 * }
 * }</pre>
 *
 * <p>A generator is for one conversation: it keeps what it has read, and of the next prompt it reads only what comes after the part that
 * both have in common. Not safe for use by several threads at once.
 * */
public final class Generator implements TokenGenerator {
    private final Model model;
    private final Sequence sequence;

    /** Makes a generator that has read nothing. */
    public Generator(Model model) {
        this.model = requireNonNull(model, "model");
        this.sequence = model.newSequence();
    }

    /**
     * {@inheritDoc}
     *
     * @throws CheckpointException if the model gives logits that are no numbers; the message has the position of the token that should
     *     have come
     * @throws PromptTooLongException if the prompt is longer than the model's context
     * @throws IllegalArgumentException if the prompt is empty, or has a token that is not in the vocabulary, or if a logits processor
     *     leaves no token to draw
     */
    @Override
    public Generation generate(int[] prompt, GenerationOptions options, Consumer<GeneratedToken> tokens) {
        requireNonNull(tokens, "tokens");
        Run run = new Run(model, prompt, options);
        sequence.truncate(Math.min(sequence.commonPrefix(run.prompt()), run.mostCached()));
        run.begin(sequence);
        Logits[] logits = new Logits[1];
        while (run.finishReason() == null) {
            if (options.isCancelled()) {
                return run.result(run.count(), FinishReason.CANCELLED);
            }
            int[] next = run.unread(model.batch());
            boolean draws = run.drawsAfter(next);
            model.read(sequence, next, draws ? 1 : 0, (index, row) -> logits[0] = row);
            run.read();
            if (draws) {
                tokens.accept(run.draw(logits[0]));
            }
        }
        return run.result(run.count(), requireNonNull(run.finishReason()));
    }
}
