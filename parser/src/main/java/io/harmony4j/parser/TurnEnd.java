package io.harmony4j.parser;

import io.harmony4j.Channel;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.parser.ParseEvent.Ending;

/**
 * Whether the model's turn is over where a stream has got to, and why. A completion is over at the {@code <|return|>} that ends a
 * message; what comes after it is collected. A transcript, whose first role is not given, goes on.
 */
final class TurnEnd {
    private final boolean isCompletion;
    private final int maxRest;
    private FinishReason reason = FinishReason.LENGTH;

    /** Whether the last symbol ends a turn wherever it stands: {@code <|return|>} or {@code <|endoftext|>}. */
    private boolean isTurnEnd;

    private boolean isOver;

    /** The text after the end of the completion, and the index of the symbol with which it begins. */
    private final StringBuilder rest = new StringBuilder();

    private long restPosition;

    /**
     * @param isCompletion whether {@code <|return|>} ends the stream
     * @param maxRest how much text after that is kept, in UTF-16 code units
     */
    TurnEnd(boolean isCompletion, int maxRest) {
        this.isCompletion = isCompletion;
        this.maxRest = maxRest;
    }

    /** Returns why the model stopped, if the stream ends here. */
    FinishReason reason() {
        return reason;
    }

    /** Returns whether nothing more belongs to the completion. */
    boolean isOver() {
        return isOver;
    }

    /** Takes note of a symbol. */
    void symbol(boolean endsTurn) {
        isTurnEnd = endsTurn;
    }

    /** Takes note of a message that begins. */
    void messageBegins() {
        reason = FinishReason.LENGTH;
    }

    /** Takes note of a message that has ended. */
    void messageEnded(Header header, Ending ending) {
        reason = reasonAfter(header, ending);
        isOver = isCompletion && ending == Ending.RETURN;
    }

    private static FinishReason reasonAfter(Header header, Ending ending) {
        return switch (ending) {
            case END_OF_STREAM, NEXT_MESSAGE -> FinishReason.LENGTH;
            case RETURN, CALL -> header.isToolCall() ? FinishReason.TOOL_CALLS : FinishReason.STOP;
            case END -> {
                boolean isAnswer = header.channel() == null || header.channel().equals(Channel.FINAL);
                yield header.isToolCall()
                        ? FinishReason.TOOL_CALLS
                        : isAnswer ? FinishReason.STOP : FinishReason.LENGTH;
            }
        };
    }

    /** Takes note of the end of the stream, after what was open there has been ended. */
    void streamEnds() {
        reason = isTurnEnd && reason == FinishReason.LENGTH ? FinishReason.STOP : reason;
    }

    /** Keeps text that came after the completion. */
    void addRest(String text, long position) {
        if (rest.isEmpty()) {
            restPosition = position;
        }
        rest.append(text, 0, Surrogates.cut(text, 0, maxRest - rest.length()));
    }

    String rest() {
        return rest.toString();
    }

    long restPosition() {
        return restPosition;
    }

    JsonObject save() {
        return JsonObject.builder()
                .put("reason", reason.name())
                .put("isTurnEnd", isTurnEnd)
                .put("isOver", isOver)
                .put("rest", Snapshot.text(rest))
                .put("restPosition", restPosition)
                .build();
    }

    void restore(JsonValue from) {
        reason = FinishReason.valueOf(from.get("reason").text());
        isTurnEnd = from.get("isTurnEnd").booleanValue();
        isOver = from.get("isOver").booleanValue();
        rest.append(Snapshot.text(from.get("rest")));
        restPosition = from.get("restPosition").longValue();
    }
}
