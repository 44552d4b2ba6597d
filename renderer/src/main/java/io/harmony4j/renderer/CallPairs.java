package io.harmony4j.renderer;

import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which result answers which call. A result answers the oldest call of its name that still waits; a call waits until the user or an
 * answer comes. {@code get_weather} and {@code functions.get_weather} are one name.
 */
final class CallPairs {
    private final Map<Integer, Integer> calls = new HashMap<>();
    private final List<Integer> callsWithoutResult = new ArrayList<>();
    private final List<Integer> resultsWithoutCall = new ArrayList<>();

    static CallPairs of(Conversation conversation) {
        CallPairs pairs = new CallPairs();
        List<Message> messages = conversation.messages();
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            if (message.isToolCall()) {
                open.add(i);
            } else if (message.author().role() == Role.TOOL && message.author().name() != null) {
                pairs.result(i, message.author().name(), open, messages);
            } else if (message.author().role() == Role.USER || AnalysisPolicy.isAnswer(message)) {
                pairs.callsWithoutResult.addAll(open);
                open.clear();
            }
        }
        return pairs;
    }

    private void result(int index, String name, List<Integer> open, List<Message> messages) {
        Integer call = take(open, i -> nameOf(messages.get(i)).equals(name));
        if (call == null) {
            String bare = Recipient.of(name).toolName();
            call = take(
                    open, i -> Recipient.of(nameOf(messages.get(i))).toolName().equals(bare));
        }
        if (call == null) {
            resultsWithoutCall.add(index);
        } else {
            calls.put(index, call);
        }
    }

    private static @Nullable Integer take(List<Integer> open, Predicate<Integer> condition) {
        for (Iterator<Integer> calls = open.iterator(); calls.hasNext(); ) {
            Integer call = calls.next();
            if (condition.test(call)) {
                calls.remove();
                return call;
            }
        }
        return null;
    }

    private static String nameOf(Message call) {
        return call.recipient() == null ? "" : call.recipient().name();
    }

    /** Returns the index of the call that a result answers; null if it answers none. */
    @Nullable
    Integer callOf(int result) {
        return calls.get(result);
    }

    /** Returns the indices of messages, and of the calls and results that belong to them, ascending. */
    List<Integer> withTheOthers(List<Integer> indices) {
        Set<Integer> given = Set.copyOf(indices);
        Set<Integer> all = new TreeSet<>(indices);
        calls.forEach((result, call) -> {
            if (given.contains(result) || given.contains(call)) {
                all.add(result);
                all.add(call);
            }
        });
        return List.copyOf(all);
    }

    List<Integer> callsWithoutResult() {
        return callsWithoutResult;
    }

    List<Integer> resultsWithoutCall() {
        return resultsWithoutCall;
    }
}
