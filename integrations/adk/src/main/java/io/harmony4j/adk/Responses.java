package io.harmony4j.adk;

import static io.harmony4j.generation.FinishReason.CANCELLED;
import static io.harmony4j.generation.FinishReason.LENGTH;
import static java.util.stream.Collectors.joining;

import com.google.adk.models.LlmResponse;
import com.google.genai.types.Content;
import com.google.genai.types.FinishReason;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.GenerateContentResponseUsageMetadata;
import com.google.genai.types.Part;
import io.harmony4j.Recipient;
import io.harmony4j.chat.Answer;
import io.harmony4j.chat.ChatDelta;
import io.harmony4j.chat.ToolCall;
import io.harmony4j.chat.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Writes an answer as responses, while it comes: a response with a thought alone when a thought is over, and one with all else at the end.
 *
 * <p>An event in ADK's pages has one text, and is a thought or is not. For one turn of one thread.
 */
final class Responses implements Consumer<ChatDelta> {
    private static final String MODEL = "model";
    private static final String BETWEEN_THOUGHTS = "\n";

    private final String modelName;
    private final Set<Recipient> tools;
    private final boolean includesThoughts;
    private final int maxTokens;
    private final boolean stream;
    private final Consumer<LlmResponse> responses;

    /** The thought that has not been written as a whole. */
    private final StringBuilder thought = new StringBuilder();

    /** What is wrong with an answer. */
    private record Problem(FinishReason.Known code, String message) {}

    /**
     * Begins an answer.
     *
     * @param modelName the name of the model
     * @param request what is answered
     * @param stream whether pieces are written, too
     * @param responses is given each response
     */
    Responses(String modelName, Request request, boolean stream, Consumer<LlmResponse> responses) {
        this.modelName = modelName;
        this.tools = Set.copyOf(request.conversation().declaredTools());
        this.includesThoughts = request.includesThoughts();
        this.maxTokens = request.options().generation().maxTokens();
        this.stream = stream;
        this.responses = responses;
    }

    @Override
    public void accept(ChatDelta delta) {
        if (delta instanceof ChatDelta.Reasoning reasoning) {
            think(reasoning.text());
            return;
        }
        endThought();
        if (stream && delta instanceof ChatDelta.Content content) {
            write(true, text(content.text()));
        }
    }

    private void think(String text) {
        if (!includesThoughts || (thought.isEmpty() && text.equals(BETWEEN_THOUGHTS))) {
            return;
        }
        thought.append(text);
        if (stream) {
            write(true, thought(text));
        }
    }

    private void endThought() {
        if (!thought.isEmpty()) {
            write(false, thought(thought.toString()));
            thought.setLength(0);
        }
    }

    private void write(boolean isPartial, Part part) {
        responses.accept(
                response().partial(isPartial).content(content(List.of(part))).build());
    }

    /** Writes the last response. */
    void end(Answer answer) {
        endThought();
        List<Part> parts = new ArrayList<>();
        if (!answer.content().isEmpty()) {
            parts.add(text(answer.content()));
        }
        LlmResponse.Builder last = response().partial(false);
        answer.view().usage().ifPresent(usage -> last.usageMetadata(usage(usage)));
        if (answer.finishReason() == CANCELLED) {
            last.interrupted(true);
        } else {
            Optional<Problem> problem = problem(answer);
            problem.ifPresent(
                    found -> last.errorCode(new FinishReason(found.code())).errorMessage(found.message()));
            if (problem.isEmpty()) {
                addCalls(answer, parts);
            }
            FinishReason.Known usual =
                    answer.finishReason() == LENGTH ? FinishReason.Known.MAX_TOKENS : FinishReason.Known.STOP;
            last.finishReason(new FinishReason(problem.map(Problem::code).orElse(usual)));
        }
        if (!parts.isEmpty()) {
            last.content(content(parts));
        }
        responses.accept(last.build());
    }

    /** Returns why there is nothing in an answer that ADK could go on with; empty if there is. */
    private Optional<Problem> problem(Answer answer) {
        List<ToolCall> calls = answer.toolCalls();
        if (answer.finishReason() == LENGTH) {
            String limit = "the limit of " + maxTokens + " tokens, or the end of the model's context, was reached ";
            if (answer.wholeToolCalls().size() < calls.size()) { // what the last one lacks may be what matters
                return Optional.of(new Problem(FinishReason.Known.MAX_TOKENS, limit + "in a call: " + written(calls)));
            }
            if (calls.isEmpty() && answer.content().isEmpty()) {
                return Optional.of(
                        new Problem(FinishReason.Known.MAX_TOKENS, limit + "before an answer; raise maxOutputTokens"));
            }
        }
        for (ToolCall call : calls) {
            if (!tools.contains(call.recipient())) {
                return Optional.of(new Problem(
                        FinishReason.Known.UNEXPECTED_TOOL_CALL,
                        "expected a call of one of the tools "
                                + tools.stream()
                                        .map(Recipient::toolName)
                                        .sorted()
                                        .toList() + " but found: "
                                + written(calls)));
            }
            try {
                call.argumentsAsObject();
            } catch (IllegalArgumentException e) {
                return Optional.of(new Problem(
                        FinishReason.Known.MALFORMED_FUNCTION_CALL,
                        "expected a JSON object as the arguments of " + call.name() + " but found: " + written(calls)));
            }
        }
        return calls.isEmpty() && answer.content().isEmpty()
                ? Optional.of(new Problem(
                        FinishReason.Known.OTHER,
                        "expected an answer or a call but the model ended its turn without either"))
                : Optional.empty();
    }

    private static String written(List<ToolCall> calls) {
        return calls.stream().map(call -> call.name() + " " + call.arguments()).collect(joining("\n"));
    }

    private void addCalls(Answer answer, List<Part> parts) {
        String reasoning = answer.reasoning();
        for (ToolCall call : answer.toolCalls()) {
            Part.Builder part = Part.builder()
                    .functionCall(FunctionCall.builder()
                            .id(call.id())
                            .name(call.name())
                            .args(PlainJson.map(call.argumentsAsObject()))
                            .build());
            if (!reasoning.isEmpty()) {
                part.thoughtSignature(ThoughtSignature.of(reasoning));
                reasoning = "";
            }
            parts.add(part.build());
        }
    }

    private static GenerateContentResponseUsageMetadata usage(Usage usage) {
        GenerateContentResponseUsageMetadata.Builder metadata = GenerateContentResponseUsageMetadata.builder()
                .promptTokenCount(usage.promptTokens())
                .candidatesTokenCount(usage.completionTokens() - usage.reasoningTokens())
                .thoughtsTokenCount(usage.reasoningTokens())
                .totalTokenCount(usage.totalTokens());
        return usage.cachedTokens() == 0
                ? metadata.build()
                : metadata.cachedContentTokenCount(usage.cachedTokens()).build();
    }

    private LlmResponse.Builder response() {
        return LlmResponse.builder().modelVersion(modelName);
    }

    private static Content content(List<Part> parts) {
        return Content.builder().role(MODEL).parts(parts).build();
    }

    private static Part text(String text) {
        return Part.builder().text(text).build();
    }

    private static Part thought(String text) {
        return Part.builder().text(text).thought(true).build();
    }
}
