package io.harmony4j.training;

import io.harmony4j.Recipient;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The calls of a row, to find the one that a result answers: by its id, by the tool's name, or the one that has waited longest. */
final class RowCalls {
    /** The open calls of each turn, those of the nearest turn first. */
    private final Map<String, Deque<Turn>> byId = new HashMap<>();

    private final Map<String, Recipient> nearestById = new HashMap<>();
    private final Map<Recipient, Deque<Call>> byTool = new HashMap<>();
    private final Deque<Call> all = new ArrayDeque<>();
    private int turn;

    private static final class Call {
        final Recipient tool;
        boolean isAnswered;

        Call(Recipient tool) {
            this.tool = tool;
        }
    }

    private record Turn(int number, Deque<Call> calls) {}

    /** Says that the calls that follow are of one turn. */
    void beginTurn() {
        turn++;
    }

    void add(@Nullable String id, Recipient tool) {
        Call call = new Call(tool);
        all.add(call);
        byTool.computeIfAbsent(tool, key -> new ArrayDeque<>()).add(call);
        if (id != null) {
            Deque<Turn> turns = byId.computeIfAbsent(id, key -> new ArrayDeque<>());
            if (turns.isEmpty() || turns.getFirst().number() != turn) {
                turns.addFirst(new Turn(turn, new ArrayDeque<>()));
            }
            turns.getFirst().calls().add(call);
            nearestById.put(id, tool);
        }
    }

    /**
     * Returns the tool of the call with an id: ids come again, so it is the first open one of the nearest turn that has one, or else the
     * nearest.
     */
    Optional<Recipient> answer(String id) {
        Deque<Turn> turns = byId.getOrDefault(id, new ArrayDeque<>());
        while (!turns.isEmpty()) {
            Optional<Recipient> answered = answerOldest(turns.getFirst().calls());
            if (answered.isPresent()) {
                return answered;
            }
            turns.removeFirst();
        }
        return Optional.ofNullable(nearestById.get(id));
    }

    /** Closes the call of a tool that has waited longest, if there is one. */
    void answer(Recipient tool) {
        answerOldest(byTool.getOrDefault(tool, new ArrayDeque<>()));
    }

    /** Returns the tool of the call that has waited longest. */
    Optional<Recipient> answerOldest() {
        return answerOldest(all);
    }

    private static Optional<Recipient> answerOldest(Deque<Call> calls) {
        while (!calls.isEmpty() && calls.getFirst().isAnswered) {
            calls.removeFirst();
        }
        Call oldest = calls.pollFirst();
        if (oldest == null) {
            return Optional.empty();
        }
        oldest.isAnswered = true;
        return Optional.of(oldest.tool);
    }
}
