package io.harmony4j.openai;

import io.harmony4j.Message;
import io.harmony4j.Recipient;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Ids for the calls of a conversation, which has none: numbered, and the same for a result as for the call that it answers. */
final class CallNumbers {
    private final Map<Recipient, Deque<String>> open = new HashMap<>();
    private int next = 1;

    /** Returns the id of a call. */
    String call(Recipient tool) {
        String id = "call_" + next++;
        open.computeIfAbsent(tool, key -> new ArrayDeque<>()).addLast(id);
        return id;
    }

    /** Returns the id of the call that a tool's message answers: the first open one of that tool, or a new id if there is none. */
    String result(Message message) {
        Deque<String> calls = open.getOrDefault(tool(message), new ArrayDeque<>());
        return calls.isEmpty() ? "call_" + next++ : calls.removeFirst();
    }

    /** Returns the tool that wrote a message. */
    static Recipient tool(Message message) {
        String name = message.author().name();
        return Recipient.of(name == null ? "" : name);
    }
}
