package io.harmony4j.openai;

import io.harmony4j.Recipient;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a history, to find the one that a result answers: clients refer to it by an id, or by the tool's name where calls have
 * no ids, and some use an id again. The result belongs to the first open call of the nearest turn that has one, or else to the
 * nearest call.
 */
final class CallHistory {
    private final Map<Object, Calls> byKey = new HashMap<>();
    private int turn;

    /** The calls with one key. */
    private static final class Calls {
        /** The open calls of each turn, those of the nearest turn first. */
        final Deque<Turn> open = new ArrayDeque<>();

        @Nullable
        Recipient nearest;
    }

    private record Turn(int number, Deque<Recipient> tools) {}

    /** Says that the calls so far are one turn's; the next one begins another. */
    void endTurn() {
        turn++;
    }

    /** Adds a call; one without an id is answered by the tool's name. */
    void add(@Nullable String id, Recipient tool) {
        Calls calls = byKey.computeIfAbsent(id == null ? tool : id, key -> new Calls());
        if (calls.open.isEmpty() || calls.open.peekFirst().number() != turn) {
            calls.open.addFirst(new Turn(turn, new ArrayDeque<>()));
        }
        calls.open.getFirst().tools().addLast(tool);
        calls.nearest = tool;
    }

    /** Returns the tool of the call with an id whose result comes next, if there is one. */
    Optional<Recipient> answer(String id) {
        return answerTo(id);
    }

    /** Returns the tool with this name if a call of it, one without an id, can have the result that comes next. */
    Optional<Recipient> answer(Recipient tool) {
        return answerTo(tool);
    }

    private Optional<Recipient> answerTo(Object key) {
        endTurn();
        Calls calls = byKey.get(key);
        if (calls == null) {
            return Optional.empty();
        }
        if (calls.open.isEmpty()) {
            return Optional.ofNullable(calls.nearest);
        }
        Deque<Recipient> tools = calls.open.getFirst().tools();
        Recipient answered = tools.removeFirst();
        if (tools.isEmpty()) {
            calls.open.removeFirst();
        }
        return Optional.of(answered);
    }
}
