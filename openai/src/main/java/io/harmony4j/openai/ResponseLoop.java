package io.harmony4j.openai;

import static java.util.Objects.requireNonNull;

import io.harmony4j.chat.ToolCall;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * Makes one response of as many turns as it takes: where the model calls a tool that the server runs itself, the tool is run, and the model
 * goes on with its result.
 *
 * <pre>{@code
 * ApiOptions options = ApiOptions.DEFAULT.withBuiltInTools(ToolNamespace.python());
 * ResponseLoop loop = new ResponseLoop(generator, tokenizer, renderer, contextTokens, (tool, code) -> sandbox.run(code));
 *
 * ResponsesRequest request = new Responses(options, store).request(body);
 * ResponseAnswer answer = request.answer(tokenizer, events);
 * answer.begin();
 * loop.run(request, answer, () -> isGone);
 * }</pre>
 *
 * <p>The response ends at a turn without such a call, at a call that the client is to answer, at the limits of tokens and of the context, and
 * when the model goes on to call after {@code max_tool_calls} calls, or 64. A forced call is forced in the first turn only. The prompt of a turn is the
 * last one, what was generated after it, token by token, and the results. While a
 * loop changes an answer, it holds the answer's monitor; those who look at it meanwhile must hold it, too. Immutable; makes as many
 * responses at a time as its generator and its tools can.
 */
public final class ResponseLoop {
    private final TokenGenerator generator;
    private final Tokenizer tokenizer;
    private final HarmonyRenderer renderer;
    private final int contextTokens;
    private final ToolRunner tools;
    private final RequestGrammars grammars;

    /**
     * Makes a loop.
     *
     * @param renderer a renderer with {@link AnalysisPolicy#KEEP_ALL}
     * @param contextTokens how many tokens prompt and answer can have together
     * @param tools does the work of the tools of {@link ApiOptions#withBuiltInTools}
     */
    public ResponseLoop(
            TokenGenerator generator,
            Tokenizer tokenizer,
            HarmonyRenderer renderer,
            int contextTokens,
            ToolRunner tools) {
        this(generator, tokenizer, renderer, contextTokens, tools, RequestGrammars.NONE);
    }

    private ResponseLoop(
            TokenGenerator generator,
            Tokenizer tokenizer,
            HarmonyRenderer renderer,
            int contextTokens,
            ToolRunner tools,
            RequestGrammars grammars) {
        this.generator = requireNonNull(generator, "generator");
        this.tokenizer = requireNonNull(tokenizer, "tokenizer");
        this.renderer = requireNonNull(renderer, "renderer");
        this.contextTokens = contextTokens;
        this.tools = requireNonNull(tools, "tools");
        this.grammars = requireNonNull(grammars, "grammars");
    }

    /** Returns a copy that binds the turns by the grammars of requests; for generators that obey a logits processor. */
    public ResponseLoop withGrammars(RequestGrammars others) {
        return new ResponseLoop(generator, tokenizer, renderer, contextTokens, tools, others);
    }

    /**
     * Makes the response.
     *
     * @param answer the answer of the request, to which nothing has been given yet
     * @param cancelled is asked before each token, and before each call; if so, the response ends
     * @throws ApiException if the prompt does not fit into the context, or a schema that must be obeyed cannot be enforced; then the
     *     answer has not begun
     */
    public void run(ResponsesRequest request, ResponseAnswer answer, BooleanSupplier cancelled) {
        requireNonNull(cancelled, "cancelled");
        int[] prompt = request.prompt(answer, renderer, contextTokens);
        TokenGenerator first = grammars.bind(request, generator, tokenizer);
        generate(first, prompt, request, answer, cancelled);
        while (!answer.isFinished()) {
            answer.hostedCall().ifPresent(call -> {
                String result = result(call, cancelled);
                synchronized (answer) {
                    answer.giveResult(result);
                }
            });
            if (!answer.isFinished()) {
                goOn(request, answer, cancelled);
            }
        }
    }

    private void goOn(ResponsesRequest request, ResponseAnswer answer, BooleanSupplier cancelled) {
        if (cancelled.getAsBoolean() || Thread.currentThread().isInterrupted()) {
            finish(answer, FinishReason.CANCELLED);
            return;
        }
        int[] prompt;
        try {
            prompt = request.prompt(answer, renderer, contextTokens);
        } catch (ApiException e) { // what the tools said is too long
            finish(answer, FinishReason.LENGTH);
            return;
        }
        int tokensLeft = request.generationOptions(answer).maxTokens();
        TokenGenerator next = grammars.ofLaterTurn(request, tokensLeft)
                .map(grammar -> grammar.bind(generator))
                .orElse(generator);
        generate(next, prompt, request, answer, cancelled);
    }

    private static void finish(ResponseAnswer answer, FinishReason reason) {
        synchronized (answer) {
            answer.turn().finish(reason);
        }
    }

    private void generate(
            TokenGenerator generator,
            int[] prompt,
            ResponsesRequest request,
            ResponseAnswer answer,
            BooleanSupplier cancelled) {
        AnswerTurn turn = answer.turn();
        GenerationOptions wanted = request.generationOptions(answer);
        GenerationOptions options = wanted.withMaxTokens(Math.min(wanted.maxTokens(), contextTokens - prompt.length))
                .withCancelled(() -> turn.isDone() || cancelled.getAsBoolean());
        Generation generation = generator.generate(prompt, options, token -> {
            synchronized (answer) {
                turn.accept(token);
            }
        });
        synchronized (answer) {
            turn.finish(generation);
        }
    }

    private String result(ToolCall call, BooleanSupplier cancelled) {
        if (cancelled.getAsBoolean()) {
            return "error: cancelled";
        }
        try {
            return requireNonNull(tools.run(call.recipient(), call.arguments()), "result");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // which ends the response
            return "error: interrupted";
        } catch (Exception e) {
            return "error: "
                    + Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
        }
    }
}
