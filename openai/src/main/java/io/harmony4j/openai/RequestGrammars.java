package io.harmony4j.openai;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Recipient;
import io.harmony4j.ToolDescription;
import io.harmony4j.ToolNamespace;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.grammar.HarmonyGrammar;
import io.harmony4j.grammar.SchemaOptions;
import io.harmony4j.json.Json;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The grammars of requests: what the model may write where a request demands a call, has strict tools or a format of the answer. Requests
 * that say the same of this have one grammar. Thread-safe.
 *
 * <pre>{@code
 * RequestGrammars grammars = new RequestGrammars(100);
 * TokenGenerator bound = grammars.bind(request, generator, tokenizer);
 * }</pre>
 *
 * <p>Calls of strict tools obey their schemas; of others, they are any JSON object. An answer obeys a JSON Schema that is strict; one that is
 * not is obeyed if it can be enforced, and otherwise only asked for, in the prompt. Where the request limits the tokens, thoughts end so early
 * that a quarter of them, and at least 128 or half of them, are left for the call that is demanded or the answer.
 */
public final class RequestGrammars {
    /** No grammars: the model writes what it likes. */
    public static final RequestGrammars NONE = new RequestGrammars(0);

    /** Grammars of longer schemas are not kept. */
    private static final int MAX_LENGTH = 1_000_000;

    private final int limit;

    /** What has been found out, the least recently used first. */
    private final Map<BoundTurn, Optional<HarmonyGrammar>> known = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Makes a collection without any yet.
     *
     * @param limit how many grammars are kept; with 0, requests have none
     */
    public RequestGrammars(int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("expected at least 0 grammars to keep but found " + limit);
        }
        this.limit = limit;
    }

    /**
     * Returns the grammar of a request's turn; empty if the request leaves the model free.
     *
     * @throws ApiException if a schema that must be obeyed cannot be enforced: status 400, with its path, the keyword and its pointer
     */
    public Optional<HarmonyGrammar> of(ApiRequest request) {
        BoundTurn turn = BoundTurn.of(requireNonNull(request, "request"));
        return of(turn, request, request.decoding().maxTokens());
    }

    /**
     * As {@link #of}, for the turns after the first one, in which no call is demanded.
     *
     * @param tokensLeft how many tokens the turn may have if the request limits them
     */
    Optional<HarmonyGrammar> ofLaterTurn(ApiRequest request, int tokensLeft) {
        OptionalInt maxTokens =
                request.decoding().maxTokens().isPresent() ? OptionalInt.of(tokensLeft) : OptionalInt.empty();
        return of(BoundTurn.of(request).later(), request, maxTokens);
    }

    /**
     * Returns a generator whose turns obey a request, which thinks as long as there is room and then calls if a call is demanded; see {@link
     * ApiRequest#forced}.
     *
     * @param generator obeys the logits processor of its options, if this has any grammars
     * @param tokenizer the tokenizer of the prompt
     * @throws ApiException as {@link #of}
     */
    public TokenGenerator bind(ApiRequest request, TokenGenerator generator, Tokenizer tokenizer) {
        requireNonNull(generator, "generator");
        BoundTurn turn = BoundTurn.of(requireNonNull(request, "request"));
        TokenGenerator calling = request.forced(generator, tokenizer);
        return !isBound(turn)
                ? calling
                : limited(turn.asked(), request, request.decoding().maxTokens())
                        .map(grammar -> grammar.bind(calling))
                        .orElse(calling); // around: it sees what is forced
    }

    private boolean isBound(BoundTurn turn) {
        return limit > 0 && turn.isBinding();
    }

    private Optional<HarmonyGrammar> of(BoundTurn turn, ApiRequest request, OptionalInt maxTokens) {
        return isBound(turn) ? limited(turn, request, maxTokens) : Optional.empty();
    }

    /** Returns the grammar of a turn, in which thoughts leave room for what is demanded. */
    private Optional<HarmonyGrammar> limited(BoundTurn turn, ApiRequest request, OptionalInt maxTokens) {
        Optional<HarmonyGrammar> grammar = find(turn, request);
        return maxTokens.isPresent()
                ? grammar.map(free -> free.withMaxAnalysisTokens(BoundTurn.maxThoughtTokens(maxTokens.getAsInt())))
                : grammar;
    }

    private Optional<HarmonyGrammar> find(BoundTurn turn, ApiRequest request) {
        synchronized (known) {
            Optional<HarmonyGrammar> found = known.get(turn);
            if (found != null) {
                return found;
            }
        }
        Optional<HarmonyGrammar> grammar = make(turn, request); // twice at worst, if two ask at once
        if (turn.length() <= MAX_LENGTH) {
            synchronized (known) {
                known.put(turn, grammar);
                if (known.size() > limit) {
                    known.remove(known.keySet().iterator().next());
                }
            }
        }
        return grammar;
    }

    private static Optional<HarmonyGrammar> make(BoundTurn turn, ApiRequest request) {
        try {
            return Optional.of(HarmonyGrammar.of(turn.options()));
        } catch (IllegalArgumentException e) { // what cannot be enforced, is too large, or is obeyed by nothing
            requireEnforceableTools(turn, request);
            OutputConstraint answer = turn.answer();
            if (answer == null) {
                throw invalid("tools", "invalid_function_parameters", "the functions", e);
            }
            if (answer.isStrict()) {
                throw invalid(request.answerField(), "invalid_json_schema", "the response format", e);
            }
            BoundTurn rest = turn.withoutAnswer();
            return rest.isBinding() ? make(rest, request) : Optional.empty();
        }
    }

    /** Refuses the first tool whose schema must be obeyed and cannot be enforced. */
    private static void requireEnforceableTools(BoundTurn turn, ApiRequest request) {
        for (ToolNamespace namespace : turn.tools()) {
            for (ToolDescription tool : namespace.tools()) {
                Recipient recipient = Recipient.of(namespace.name() + '.' + tool.name());
                String parameters = tool.parameters();
                if (parameters == null || !turn.strictTools().contains(recipient)) {
                    continue;
                }
                try {
                    HarmonyGrammar.ofValue(Json.parse(parameters), SchemaOptions.DEFAULT);
                } catch (IllegalArgumentException e) {
                    Field field =
                            requireNonNull(request.parts().tools().strictTools().get(recipient));
                    throw invalid(field.path(), "invalid_function_parameters", "function '" + tool.name() + "'", e);
                }
            }
        }
    }

    private static ApiException invalid(String param, String code, String what, IllegalArgumentException cause) {
        ApiException error =
                new ApiException(400, param, code, "Invalid schema for " + what + ": " + cause.getMessage() + ".");
        error.initCause(cause);
        return error;
    }
}
