package io.harmony4j.backends;

import static java.util.Objects.requireNonNull;

import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.LogitsProcessor;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.grammar.GrammarMatcher;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import io.harmony4j.tokenizer.Tokenizer;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A runtime elsewhere as a generator. Thread-safe. */
final class Backend implements TokenGenerator {
    /** How long the runtime may take to tell its figures after the last token. */
    private static final Duration LIMIT_OF_REST = Duration.ofSeconds(1);

    /** How many bytes may follow the last event. */
    private static final int MOST_OF_REST = 1024;

    private final Runtime runtime;
    private final HttpConnection connection;
    private final Tokenizer tokenizer = Tokenizer.o200kHarmony();

    Backend(Runtime runtime, HttpConnection connection) {
        this.runtime = runtime;
        this.connection = connection;
    }

    @Override
    public Generation generate(int[] prompt, GenerationOptions options, Consumer<GeneratedToken> tokens) {
        requireNonNull(prompt, "prompt");
        requireNonNull(options, "options");
        requireNonNull(tokens, "tokens");
        check(prompt);
        GrammarMatcher grammar = grammar(options.newLogitsProcessor());
        int[] copy = prompt.clone();
        String request = Json.write(runtime.request(copy, options, grammar));
        Answer answer = new Answer(tokenizer, copy, options, tokens);
        try (AnswerBytes bytes = connection.post(runtime.path(), request, copy.length, options::isCancelled)) {
            read(bytes, answer);
        } catch (CancellationException e) {
            answer.cancel();
        } catch (BackendException e) {
            if (!answer.isComplete()) {
                throw e;
            }
        }
        return answer.generation();
    }

    /** Reads an answer to its end. */
    void read(AnswerBytes bytes, Answer answer) {
        Events events = new Events(runtime.form(), bytes);
        Runtime.Reader reader = runtime.reader(answer);
        for (JsonValue event = events.next(); event != null; event = events.next()) {
            String error = ErrorWords.ofEvent(event);
            if (error != null) {
                throw connection.broken("told of an error: " + error, null);
            }
            try {
                reader.read(event);
            } catch (IllegalArgumentException e) {
                throw connection.broken("sent what its protocol does not have: " + e.getMessage(), e);
            }
            answer.deliver();
            if (answer.isOverrun()) {
                return;
            }
            if (answer.isComplete()) {
                bytes.limitSilence(LIMIT_OF_REST);
            }
        }
        if (!answer.isComplete()) {
            throw connection.broken("ended its answer after " + answer.size() + " tokens without saying why", null);
        }
        bytes.upTo(MOST_OF_REST); // so that the connection can be used again
    }

    private void check(int[] prompt) {
        if (prompt.length == 0) {
            throw new IllegalArgumentException("expected a prompt of at least 1 token but found none");
        }
        for (int i = 0; i < prompt.length; i++) {
            if (!tokenizer.isToken(prompt[i])) {
                throw new IllegalArgumentException(
                        "expected tokens of " + tokenizer.name() + " but found " + prompt[i] + " at index " + i);
            }
        }
    }

    /** Returns what the grammar is that is to be obeyed there, and how far the turn is; null if there is none. */
    private @Nullable GrammarMatcher grammar(LogitsProcessor processor) {
        if (processor == LogitsProcessor.NONE) {
            return null;
        }
        if (processor instanceof GrammarMatcher matcher && runtime.obeysGrammars()) {
            return matcher;
        }
        throw new IllegalArgumentException("expected no logits processor"
                + (runtime.obeysGrammars() ? " but that of a grammar" : "") + " but found one: " + connection.name()
                + " draws its tokens elsewhere, where no code of this program runs");
    }
}
