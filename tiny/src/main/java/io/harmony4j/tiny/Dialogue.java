package io.harmony4j.tiny;

import io.harmony4j.Conversation;
import io.harmony4j.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * A whole conversation, as it ought to go.
 *
 * @param setup its beginning
 * @param turns its turns
 */
record Dialogue(Setup setup, List<Turn> turns) {
    Dialogue {
        turns = List.copyOf(turns);
    }

    /** Returns all messages. */
    Conversation conversation() {
        List<Message> messages = new ArrayList<>(setup.messages());
        turns.forEach(turn -> add(turn, messages));
        return new Conversation(messages);
    }

    /** Returns the messages up to the last question, which is the last of them. */
    Conversation question() {
        List<Message> messages = new ArrayList<>(setup.messages());
        turns.subList(0, turns.size() - 1).forEach(turn -> add(turn, messages));
        messages.add(Message.user(last().user()));
        return new Conversation(messages);
    }

    /** Returns the answer to the last question. */
    String answer() {
        return setup.style().write(last().answer());
    }

    Turn last() {
        return turns.get(turns.size() - 1);
    }

    /** Returns whether a tool fails in the last turn. */
    boolean failed() {
        return last().failed();
    }

    private void add(Turn turn, List<Message> messages) {
        messages.add(Message.user(turn.user()));
        for (Call call : turn.calls()) {
            think(call.before().at(setup.effort()), messages);
            if (setup.preamble() && !call.preamble().isEmpty()) {
                messages.add(Message.preamble(call.preamble()));
            }
            messages.add(call.request());
            messages.add(call.answer());
        }
        think(closing(turn), messages);
        messages.add(Message.answer(setup.style().write(turn.answer())));
    }

    private String closing(Turn turn) {
        Thought reminder = new Thought("", "", setup.style().reminder());
        return turn.closing().then(reminder).at(setup.effort());
    }

    private static void think(String thought, List<Message> messages) {
        if (!thought.isEmpty()) {
            messages.add(Message.analysis(thought));
        }
    }
}
