package io.harmony4j.openai;

import io.harmony4j.Channel;
import io.harmony4j.Recipient;
import io.harmony4j.parser.Header;
import java.util.Arrays;
import java.util.Optional;

/** What a message to the user is, with the words of Responses for two channels of the format. */
enum Phase {
    /** What the model says before it calls tools. */
    COMMENTARY("commentary"),
    /** Its answer. */
    FINAL_ANSWER("final_answer");

    private final String wireName;

    Phase(String wireName) {
        this.wireName = wireName;
    }

    /** Returns the phase of a message that is content: commentary to everybody is commentary, all else is an answer. */
    static Phase of(Header header) {
        Recipient recipient = header.recipient();
        boolean isToAll = recipient == null || recipient.equals(Recipient.ALL);
        return isToAll && Channel.COMMENTARY.equals(header.channel()) ? COMMENTARY : FINAL_ANSWER;
    }

    /** Returns the phase that has the given word. */
    static Optional<Phase> find(String word) {
        return Arrays.stream(values())
                .filter(phase -> phase.wireName.equals(word))
                .findFirst();
    }

    String wireName() {
        return wireName;
    }

    /** Returns the channel of messages of this phase. */
    Channel channel() {
        return this == COMMENTARY ? Channel.COMMENTARY : Channel.FINAL;
    }
}
