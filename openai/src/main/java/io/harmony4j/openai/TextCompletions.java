package io.harmony4j.openai;

import static java.util.Objects.requireNonNull;

/**
 * OpenAI's older Completions: texts or tokens that the model continues, without conversations. What a Harmony prompt and its answer are
 * made of is the caller's business here.
 *
 * <pre>{@code
 * TextRequest request = new TextCompletions(ApiOptions.DEFAULT).request(body);      // or ApiException
 * List<int[]> prompts = request.prompts(tokenizer, contextTokens);
 * TextAnswer answer = request.answer(tokenizer);
 * for (int choice = 0; choice < answer.choices(); choice++) {
 *     TextTurn turn = answer.turn(choice);
 *     GenerationOptions options = request.generationOptions(choice).withCancelled(turn::isDone);
 *     turn.finish(generator.generate(prompts.get(request.promptOf(choice)), options, turn::accept));
 * }
 * answer.toJson();      // {"id":"cmpl-…","object":"text_completion",…}
 * }</pre>
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/completions">OpenAI: Completions</a>
 */
public final class TextCompletions {
    private final ApiOptions options;

    /** Makes the mapping. */
    public TextCompletions(ApiOptions options) {
        this.options = requireNonNull(options, "options");
    }

    /**
     * Reads a request.
     *
     * @param json the body
     * @throws ApiException if it is refused: the first thing that is wrong
     */
    public TextRequest request(String json) {
        return TextRequest.read(requireNonNull(json, "json"), options);
    }
}
