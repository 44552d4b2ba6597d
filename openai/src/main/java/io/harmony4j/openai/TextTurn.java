package io.harmony4j.openai;

import static java.util.Objects.requireNonNull;

import io.harmony4j.chat.StopStrings;
import io.harmony4j.chat.Usage;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.tokenizer.StreamingDecoder;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The continuation of a text on its way into an answer: one choice of a {@link TextAnswer}. Its text is that of the tokens, special tokens
 * as their literals, up to a stop token or a stop string; log-probabilities and ids are those of all tokens.
 */
public final class TextTurn implements Turn {
    private final TextAnswer answer;
    private final TextRequest request;
    private final Tokenizer tokenizer;
    private final int index;
    private final StreamingDecoder decoder;
    private final StopStrings stop;

    /** What is repeated of the prompt. */
    private final String echo;

    private final StringBuilder text = new StringBuilder();
    private final List<GeneratedToken> tokens = new ArrayList<>();

    /** Where in the text each token begins, in code points. */
    private final List<Integer> offsets = new ArrayList<>();

    /** How long the text is with what is held back, in code points. */
    private int length;

    /** How many tokens the chunks have told of. */
    private int sent;

    private int generated;

    /** The stop token or the stop string at which the continuation ended; null if there is none. */
    private @Nullable JsonValue stopReason;

    private @Nullable String finishReason;
    private Usage usage = Usage.of(0, 0);
    private boolean isClosed;

    TextTurn(TextAnswer answer, TextRequest request, Tokenizer tokenizer, int index) {
        this.answer = answer;
        this.request = request;
        this.tokenizer = tokenizer;
        this.index = index;
        this.decoder = new StreamingDecoder(tokenizer);
        this.stop = new StopStrings(request.decoding().stop());
        this.echo = request.echo(index, tokenizer);
        this.text.append(echo);
        this.length = echo.codePointCount(0, echo.length());
    }

    @Override
    public void accept(GeneratedToken token) {
        requireNonNull(token, "token");
        requireOpen();
        generated++;
        if (isDone()) {
            return;
        }
        tokens.add(token);
        offsets.add(length);
        if (request.stopTokens().contains(token.id())) {
            stopReason = JsonValue.of(token.id());
        } else if (request.skipsSpecialTokens() && tokenizer.isSpecial(token.id())) {
            add(decoder.finish());
        } else if (tokenizer.isToken(token.id())) {
            add(decoder.decode(token.id()));
        }
    }

    @Override
    public boolean isDone() {
        return isClosed || stopReason != null;
    }

    @Override
    public void finish(Generation generation) {
        requireNonNull(generation, "generation");
        close();
        answer.begin(); // if nothing was said: the first chunk has no reason yet
        usage = usage.withPrompt(generation.promptTokens(), generation.cachedTokens());
        boolean isLimited = switch (generation.finishReason()) {
            case STOP, TOOL_CALLS -> false;
            case LENGTH, CANCELLED -> stopReason == null; // or by a caller who was told that it is done
        };
        finishReason = (isLimited ? FinishReason.LENGTH : FinishReason.STOP).wireName();
        send("");
        answer.choiceFinished();
    }

    @Override
    public void fail(ApiException error) {
        requireNonNull(error, "error");
        close();
        answer.fail(error);
    }

    private void close() {
        requireOpen();
        if (!stop.isFound()) {
            add(decoder.finish());
        }
        show(stop.release());
        isClosed = true;
        usage = Usage.of(generated, 0);
    }

    private void add(String more) {
        length += more.codePointCount(0, more.length());
        show(stop.add(more));
        stop.found().ifPresent(found -> stopReason = JsonValue.of(found));
    }

    private void show(String more) {
        if (!more.isEmpty()) {
            text.append(more);
            send(more);
        }
    }

    /** Sends what is to be repeated of the prompt. */
    void begin() {
        if (!echo.isEmpty() || request.returnsTokens()) {
            JsonObject.Builder choice = choice(echo, 0, 0);
            if (request.returnsTokens()) {
                choice.put("prompt_token_ids", ids(request.promptTokens(index, tokenizer)));
            }
            answer.send(List.of(choice.build()));
        }
    }

    private void send(String more) {
        if (answer.isStreamed()) {
            answer.begin();
            int from = sent;
            sent = tokens.size();
            answer.send(List.of(choice(more, from, sent).build()));
        }
    }

    private void requireOpen() {
        if (isClosed) {
            throw new IllegalStateException("expected a turn that is open but this one is finished, or has failed");
        }
    }

    boolean isFinished() {
        return finishReason != null;
    }

    Usage usage() {
        return usage;
    }

    /** Returns the whole choice. */
    JsonObject toJson() {
        JsonObject.Builder choice = choice(text.toString(), 0, tokens.size());
        if (request.returnsTokens()) {
            choice.put("prompt_token_ids", ids(request.promptTokens(index, tokenizer)));
        }
        return choice.build();
    }

    /** Returns a choice, or a piece of it, with some of its tokens. */
    private JsonObject.Builder choice(String shown, int from, int to) {
        boolean hasLogProbabilities = request.decoding().logProbabilities().isPresent();
        JsonObject.Builder choice = JsonObject.builder()
                .put("index", index)
                .put("text", shown)
                .put("logprobs", hasLogProbabilities && from < to ? logProbabilities(from, to) : JsonValue.ofNull())
                .put("finish_reason", finishReason)
                .put("stop_reason", stopReason == null || finishReason == null ? JsonValue.ofNull() : stopReason);
        if (request.returnsTokens()) {
            choice.put(
                    "token_ids",
                    ids(tokens.subList(from, to).stream()
                            .mapToInt(GeneratedToken::id)
                            .toArray()));
        }
        return choice;
    }

    private static JsonArray ids(int[] tokens) {
        return JsonArray.of(IntStream.of(tokens).mapToObj(JsonValue::of).toList());
    }

    private JsonObject logProbabilities(int from, int to) {
        List<JsonValue> texts = new ArrayList<>();
        List<JsonValue> values = new ArrayList<>();
        List<JsonValue> tops = new ArrayList<>();
        for (GeneratedToken token : tokens.subList(from, to)) {
            texts.add(JsonValue.of(LogProbabilities.text(tokenizer, token.id())));
            boolean isKnown = token.logProbability().isPresent();
            values.add(
                    isKnown
                            ? JsonValue.of(LogProbabilities.finite(
                                    token.logProbability().getAsDouble()))
                            : JsonValue.ofNull());
            tops.add(isKnown ? top(token) : JsonValue.ofNull());
        }
        return JsonObject.builder()
                .put(
                        "text_offset",
                        JsonArray.of(offsets.subList(from, to).stream()
                                .map(JsonValue::of)
                                .toList()))
                .put("token_logprobs", JsonArray.of(values))
                .put("tokens", JsonArray.of(texts))
                .put("top_logprobs", JsonArray.of(tops))
                .build();
    }

    /** Returns the most likely tokens by their texts, and the one that was drawn. */
    private JsonObject top(GeneratedToken token) {
        JsonObject.Builder top = JsonObject.builder();
        Map<Integer, Double> likely = new LinkedHashMap<>();
        token.alternatives().forEach(other -> likely.put(other.id(), other.logProbability()));
        likely.putIfAbsent(token.id(), token.logProbability().getAsDouble());
        likely.forEach((id, value) -> top.put(LogProbabilities.text(tokenizer, id), LogProbabilities.finite(value)));
        return top.build();
    }
}
