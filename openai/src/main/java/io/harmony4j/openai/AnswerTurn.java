package io.harmony4j.openai;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Message;
import io.harmony4j.Role;
import io.harmony4j.chat.TokenHistory;
import io.harmony4j.chat.Usage;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.parser.Diagnostic;
import io.harmony4j.parser.MessageParser;
import io.harmony4j.parser.ParseOptions;
import io.harmony4j.parser.StreamParser;
import io.harmony4j.parser.TextParser;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.tokenizer.TokenBuffer;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One turn of the model on its way into an answer. Takes what the model generates, as tokens or as text, and in the end why there
 * is no more.
 *
 * <pre>{@code
 * AnswerTurn turn = answer.turn(0);
 * GenerationOptions options = request.generationOptions(0).withCancelled(turn::isDone);
 * turn.finish(generator.generate(prompt, options, turn::accept));
 * }</pre>
 *
 * <p>For one turn, used by one thread at a time; so are all turns of one answer together.
 */
public final class AnswerTurn implements Turn {
    private final Tokenizer tokenizer;
    private final ParseOptions options;
    private final ItemListener listener;
    private final @Nullable LogProbabilities logProbabilities;
    private final TurnItems items;

    /** Reads what comes, tokens or text; null before the first of it. */
    private @Nullable MessageParser parser;

    private final TokenBuffer generated = new TokenBuffer();

    /** What {@link #sampledTokens()} returns, once it is known. */
    private @Nullable List<JsonValue> sampledTokens;

    private boolean isClosed;

    AnswerTurn(Tokenizer tokenizer, AnswerRules rules, ItemListener listener) {
        this.tokenizer = requireNonNull(tokenizer, "tokenizer");
        this.options = ParseOptions.forRole(Role.ASSISTANT).withTools(rules.tools());
        this.listener = listener;
        this.logProbabilities = rules.logProbabilities() ? new LogProbabilities(tokenizer) : null;
        this.items = new TurnItems(rules, listener, logProbabilities);
    }

    /**
     * Takes a token.
     *
     * @throws IllegalStateException if the turn is finished or has failed, or if it was given text before
     */
    @Override
    public void accept(GeneratedToken token) {
        requireNonNull(token, "token");
        StreamParser tokens = tokens();
        generated.add(token.id());
        if (logProbabilities == null) {
            tokens.accept(token.id());
            return;
        }
        logProbabilities.add(token);
        tokens.accept(token.id());
        if (tokenizer.isSpecial(token.id())) {
            logProbabilities.forget();
        }
    }

    /**
     * Takes text in which special tokens stand as their literals, cut anywhere. Tokens are not counted then; give {@link
     * #finish(FinishReason, Usage)} what the runtime has counted.
     *
     * @throws IllegalStateException if the turn is finished or has failed, or if it was given tokens before
     */
    public void accept(String text) {
        requireNonNull(text, "text");
        requireOpen();
        if (parser == null) {
            parser = new TextParser(options, items);
        }
        if (!(parser instanceof TextParser texts)) {
            throw new IllegalStateException("expected a token but found text; a turn takes one of both only");
        }
        texts.accept(text);
    }

    /**
     * Returns whether nothing more is wanted: the model ended its turn, a stop string came, or the only call that was asked for is
     * complete. What is given all the same counts as generated, but is no part of the answer in the last two cases.
     */
    @Override
    public boolean isDone() {
        return isClosed || items.isDone();
    }

    /** Ends the turn with what a generator says of it. */
    @Override
    public void finish(Generation generation) {
        requireNonNull(generation, "generation");
        end(generation.finishReason(), usage().withPrompt(generation.promptTokens(), generation.cachedTokens()));
    }

    /** Ends the turn. Tokens of the answer are counted here, of the prompt nothing is known. */
    public void finish(FinishReason reason) {
        end(requireNonNull(reason, "reason"), usage());
    }

    /**
     * Ends the turn, for runtimes that count themselves.
     *
     * @param reason why the model stopped, by the runtime's own word: it may have taken the end token away
     * @param usage how many tokens that took
     * @throws IllegalStateException if the turn is finished or has failed
     */
    public void finish(FinishReason reason, Usage usage) {
        end(requireNonNull(reason, "reason"), requireNonNull(usage, "usage"));
    }

    /**
     * Ends the turn because the model failed. The client gets what came so far, and the error.
     *
     * @throws IllegalStateException if the turn is finished or has failed
     */
    @Override
    public void fail(ApiException error) {
        requireNonNull(error, "error");
        close(FinishReason.CANCELLED);
        listener.failed(error, usage());
    }

    /** Returns what the model got wrong so far and the parser repaired, in order; all of it when the turn is finished. */
    public List<Diagnostic> diagnostics() {
        return parser == null ? List.of() : List.copyOf(parser.diagnostics());
    }

    /**
     * Returns the tokens of each of the assistant's messages, in order, as {@link TokenHistory#SAMPLED_TOKENS}: null where they are not
     * known. None before the turn is finished, and if it was given text.
     */
    List<JsonValue> sampledTokens() {
        if (sampledTokens == null) {
            if (!isClosed || !(parser instanceof StreamParser read)) {
                return List.of();
            }
            List<Message> said = read.messages().stream()
                    .filter(message -> message.author().role() == Role.ASSISTANT)
                    .toList();
            JsonObject history = TokenHistory.of(tokenizer, RenderOptions.DEFAULT)
                    .withGenerated(generated.toArray(), said)
                    .toJsonObject();
            sampledTokens = history.get("messages").elements().stream()
                    .map(message -> message.get(TokenHistory.SAMPLED_TOKENS))
                    .toList();
        }
        return sampledTokens;
    }

    private void end(FinishReason reason, Usage usage) {
        close(reason);
        listener.finished(items.reason(), usage);
    }

    private void close(FinishReason reason) {
        MessageParser open = parser == null ? tokens() : parser;
        requireOpen();
        isClosed = true;
        items.finish(reason);
        open.finish(reason);
    }

    private StreamParser tokens() {
        requireOpen();
        if (parser == null) {
            parser = new StreamParser(tokenizer, options, items);
        }
        if (parser instanceof StreamParser tokens) {
            return tokens;
        }
        throw new IllegalStateException("expected text but found a token; a turn takes one of both only");
    }

    private Usage usage() {
        return parser instanceof StreamParser tokens ? Usage.of(tokens.usage()) : Usage.of(0, 0);
    }

    private void requireOpen() {
        if (isClosed) {
            throw new IllegalStateException("expected a turn that is open but this one is finished, or has failed");
        }
    }
}
