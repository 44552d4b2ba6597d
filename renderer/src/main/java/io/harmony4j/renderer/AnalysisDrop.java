package io.harmony4j.renderer;

import io.harmony4j.Channel;
import io.harmony4j.Message;
import io.harmony4j.Role;
import java.util.List;

/**
 * Which messages a prompt leaves out, by the rule of openai/harmony: if the assistant's last message is on the channel final,
 * the messages on the channel analysis, whoever wrote them, before the first message on final, whoever wrote that. While the
 * assistant's last message is a call or an analysis, nothing is left out. The analysis of later answers always stays.
 *
 * @param end the index of the first message that is kept whatever it is; 0 if nothing is dropped
 */
record AnalysisDrop(int end) {
    static final AnalysisDrop NOTHING = new AnalysisDrop(0);

    /** Returns what to drop from the given messages. */
    static AnalysisDrop of(List<Message> messages) {
        return lastOfAssistantIsFinal(messages) ? new AnalysisDrop(firstFinal(messages)) : NOTHING;
    }

    /** Returns whether the message at this index is left out, whoever wrote it. */
    boolean drops(Message message, int index) {
        return index < end && Channel.ANALYSIS.equals(message.channel());
    }

    private static boolean lastOfAssistantIsFinal(List<Message> messages) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i).author().role() == Role.ASSISTANT) {
                return isFinal(messages.get(i));
            }
        }
        return false;
    }

    /** The index of the first message on the final channel, be it the assistant's or not. */
    private static int firstFinal(List<Message> messages) {
        int index = 0;
        while (!isFinal(messages.get(index))) {
            index++;
        }
        return index;
    }

    static boolean isFinal(Message message) {
        return Channel.FINAL.equals(message.channel());
    }
}
