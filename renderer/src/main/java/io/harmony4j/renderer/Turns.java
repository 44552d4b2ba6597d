package io.harmony4j.renderer;

import io.harmony4j.Message;
import io.harmony4j.Role;
import java.util.ArrayList;
import java.util.List;

/** The turns of a conversation. Each begins with a user's message that does not follow another. */
final class Turns {
    private Turns() {}

    /**
     * The messages of a turn.
     *
     * @param begin the index of the first, a user's
     * @param end the index after the last
     */
    record Turn(int begin, int end) {}

    /** Returns the turns, in order; what stands before the first is in none. */
    static List<Turn> of(List<Message> messages) {
        List<Turn> turns = new ArrayList<>();
        for (int begin = next(messages, 0); begin < messages.size(); ) {
            int end = next(messages, begin + 1);
            turns.add(new Turn(begin, end));
            begin = end;
        }
        return turns;
    }

    /** Returns where the next turn begins at or after an index; the number of messages if there is none. */
    static int next(List<Message> messages, int from) {
        for (int i = from; i < messages.size(); i++) {
            if (begins(messages, i)) {
                return i;
            }
        }
        return messages.size();
    }

    /** Returns where the last turn begins; 0 if there is none. */
    static int last(List<Message> messages) {
        int last = messages.size() - 1;
        while (last > 0 && !begins(messages, last)) {
            last--;
        }
        return Math.max(0, last);
    }

    private static boolean begins(List<Message> messages, int index) {
        return isUsers(messages.get(index)) && (index == 0 || !isUsers(messages.get(index - 1)));
    }

    static boolean isUsers(Message message) {
        return message.author().role() == Role.USER;
    }
}
