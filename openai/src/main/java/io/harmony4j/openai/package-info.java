/**
 * OpenAI's APIs and Harmony: pure functions between the JSON of Chat Completions and Responses, conversations, and turns of the model.
 *
 * <p>{@link io.harmony4j.openai.ChatCompletions} and {@link io.harmony4j.openai.Responses} read requests. What they return, a
 * {@link io.harmony4j.openai.ChatRequest} or {@link io.harmony4j.openai.ResponsesRequest}, has the conversation, the prompt and how to
 * generate, or is refused by an {@link io.harmony4j.openai.ApiException}. It makes the answer, too: a
 * {@link io.harmony4j.openai.ChatAnswer} or {@link io.harmony4j.openai.ResponseAnswer} takes the tokens of an
 * {@link io.harmony4j.openai.AnswerTurn}, gives out chunks or events, and is the whole answer in the end.
 * {@link io.harmony4j.openai.TextCompletions} does the same for texts without conversations,
 * and a {@link io.harmony4j.openai.ResponseLoop} runs the tools that a server has itself.
 *
 * <p>{@link io.harmony4j.openai.ApiOptions} are all that depends on the server: clock, ids, models, policy. A
 * {@link io.harmony4j.openai.ResponseStore} keeps responses that later requests go on from.
 *
 * <p>Inside, a {@code Field} is a value of a request with its path, and each part of a request has its reader: {@code ChatMessages},
 * {@code ResponseItems}, {@code DeclaredTools}, {@code OutputFormat}, {@code Decoding}. On the way back there is one state machine,
 * {@code TurnItems}: a parser's events to the items of an answer, of which chunks, events and whole answers are made.
 */
@NullMarked
package io.harmony4j.openai;

import org.jspecify.annotations.NullMarked;
