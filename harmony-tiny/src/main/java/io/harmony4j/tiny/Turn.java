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
        List<Call> all = new ArrayList<>(calls);
        all.addAll(other.calls);
        String first = user.substring(0, user.length() - 1);
        String second = Character.toLowerCase(other.user.charAt(0)) + other.user.substring(1);
        return new Turn(
                first + ", and " + second,
                all,
                closing.then(other.closing),
                Answer.of(answer.sentence() + " " + other.answer.sentence()),
                null);
    }
}
