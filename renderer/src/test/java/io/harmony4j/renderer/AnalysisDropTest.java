package io.harmony4j.renderer;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Channel;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnalysisDropTest {
    private static final Message USER = Message.user("question");
    private static final Message ANALYSIS = Message.analysis("thought");
    private static final Message CALL =
            Message.of(Role.ASSISTANT, "{}").withChannel(Channel.COMMENTARY).withRecipient(Recipient.function("f"));
    private static final Message RESULT = Message.tool(Recipient.function("f"), "{}");
    private static final Message FINAL = Message.answer("answer");

    private static List<Message> kept(Message... messages) {
        AnalysisDrop drop = AnalysisDrop.of(List.of(messages));
        List<Message> kept = new ArrayList<>();
        for (int i = 0; i < messages.length; i++) {
            if (!drop.drops(messages[i], i)) {
                kept.add(messages[i]);
            }
        }
        return kept;
    }

    @Test
    void analysisBeforeTheAnswerIsDropped() {
        assertThat(kept(USER, ANALYSIS, ANALYSIS, FINAL, USER)).containsExactly(USER, FINAL, USER);
    }

    @Test
    void callsAndTheirResultsStay() {
        assertThat(kept(USER, ANALYSIS, CALL, RESULT, ANALYSIS, FINAL)).containsExactly(USER, CALL, RESULT, FINAL);
    }

    @Test
    void callsOnTheAnalysisChannelAreDropped() {
        Message call = ANALYSIS.withRecipient(Recipient.of("python"));

        assertThat(kept(USER, call, FINAL)).containsExactly(USER, FINAL);
    }

    @Test
    void analysisOfAnyAuthorIsDropped() {
        Message result = RESULT.withChannel(Channel.ANALYSIS);

        assertThat(kept(result, USER.withChannel(Channel.ANALYSIS), FINAL)).containsExactly(FINAL);
    }

    @Test
    void analysisOfLaterTurnsStays() {
        assertThat(kept(USER, ANALYSIS, FINAL, USER, ANALYSIS, FINAL))
                .containsExactly(USER, FINAL, USER, ANALYSIS, FINAL);
    }

    @Test
    void nothingIsDroppedWhileTheAssistantIsAtWork() {
        assertThat(kept(USER, ANALYSIS, CALL, RESULT)).containsExactly(USER, ANALYSIS, CALL, RESULT);
        assertThat(kept(USER, ANALYSIS, FINAL, USER, ANALYSIS)).containsExactly(USER, ANALYSIS, FINAL, USER, ANALYSIS);
        assertThat(kept(ANALYSIS, FINAL, Message.of(Role.ASSISTANT, "x"))).hasSize(3);
    }

    @Test
    void theFirstFinalMessageCanBeAnybodys() {
        Message users = USER.withChannel(Channel.FINAL);

        assertThat(kept(ANALYSIS, users, ANALYSIS, FINAL)).containsExactly(users, ANALYSIS, FINAL);
        assertThat(kept(ANALYSIS, users)).containsExactly(ANALYSIS, users);
    }

    @Test
    void channelsAreCaseSensitive() {
        Message other = ANALYSIS.withChannel(Channel.of("Analysis"));

        assertThat(kept(other, FINAL)).containsExactly(other, FINAL);
        assertThat(kept(ANALYSIS, FINAL.withChannel(Channel.of("Final")))).hasSize(2);
    }

    @Test
    void noMessagesAreNone() {
        assertThat(kept()).isEmpty();
    }
}
