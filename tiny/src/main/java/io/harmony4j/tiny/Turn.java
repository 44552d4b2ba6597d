package io.harmony4j.tiny;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user's message and all that follows until the answer.
 *
 * @param user what the user says
 * @param calls the calls of tools, one after the other
 * @param closing the thought before the answer
 * @param answer the answer
 * @param followUp what the user may say next, referring to this turn; null if there is no such thing
 */
record Turn(
        String user,
        List<Call> calls,
        Thought closing,
        Answer answer,
        @Nullable Topic followUp) {
    private static final Thought FIRST = Thought.of("Two calls.");
    private static final Thought SECOND = Thought.of("One more call.");

    Turn {
        calls = List.copyOf(calls);
    }

    /** Returns a turn without calls of tools, and without a follow-up. */
    static Turn of(String user, Thought thought, Answer answer) {
        return new Turn(user, List.of(), thought, answer, null);
    }

    /** Returns a turn whose one call fails. */
    static Turn failure(String user, Call call, String error, @Nullable Topic followUp) {
        String tool = call.recipient().toolName();
        return new Turn(user, List.of(call), Thoughts.failed(tool, error), Thoughts.failure(tool, error), followUp);
    }

    /** Returns whether a tool failed. */
    boolean failed() {
        return calls.stream().anyMatch(call -> call.error() != null);
    }

    /** Returns one turn that asks for what two ask for. */
    Turn and(Turn other) {
        String first = user.substring(0, user.length() - 1);
        String second = Character.toLowerCase(other.user.charAt(0)) + other.user.substring(1);
        return inARow(
                first + ", and " + second,
                calls,
                other.calls,
                closing.then(other.closing),
                Answer.of(answer.sentence() + " " + other.answer.sentence()));
    }

    /** Returns a turn with calls for two things, one after the other, as the thoughts before them say. */
    static Turn inARow(String user, List<Call> first, List<Call> second, Thought closing, Answer answer) {
        List<Call> calls = new ArrayList<>();
        first.forEach(call -> calls.add(call.after(FIRST)));
        second.forEach(call -> calls.add(call.after(SECOND)));
        return new Turn(user, calls, closing, answer, null);
    }
}
