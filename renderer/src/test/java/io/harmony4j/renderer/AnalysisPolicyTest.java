package io.harmony4j.renderer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.harmony4j.Channel;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnalysisPolicyTest {
    private static final Message USER = Message.user("question");
    private static final Message ANALYSIS = Message.analysis("thought");
    private static final Message CALL =
            Message.of(Role.ASSISTANT, "{}").withChannel(Channel.COMMENTARY).withRecipient(Recipient.function("f"));
    private static final Message RESULT = Message.tool(Recipient.function("f"), "{}");
    private static final Message FINAL = Message.answer("answer");

    private static List<Message> kept(AnalysisPolicy policy, Message... messages) {
        return policy.apply(Conversation.of(messages)).messages();
    }

    @Nested
    class Reference {
        private static List<Message> kept(Message... messages) {
            return AnalysisPolicyTest.kept(AnalysisPolicy.REFERENCE, messages);
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
            assertThat(kept(USER, ANALYSIS, FINAL, USER, ANALYSIS))
                    .containsExactly(USER, ANALYSIS, FINAL, USER, ANALYSIS);
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
    }

    @Nested
    class SinceLastFinal {
        private static List<Message> kept(Message... messages) {
            return AnalysisPolicyTest.kept(AnalysisPolicy.SINCE_LAST_FINAL, messages);
        }

        @Test
        void analysisOfEveryAnsweredTurnIsDropped() {
            assertThat(kept(USER, ANALYSIS, FINAL, USER, ANALYSIS, FINAL, USER))
                    .containsExactly(USER, FINAL, USER, FINAL, USER);
        }

        @Test
        void itStaysDroppedWhileALaterTurnIsAtWork() {
            assertThat(kept(USER, ANALYSIS, FINAL, USER, ANALYSIS, CALL, RESULT, ANALYSIS))
                    .containsExactly(USER, FINAL, USER, ANALYSIS, CALL, RESULT, ANALYSIS);
        }

        @Test
        void aTurnThatHasNoAnswerYetKeepsItWhoeverSpeaksNext() {
            assertThat(kept(USER, ANALYSIS, CALL, RESULT, USER)).hasSize(5);
            assertThat(kept(USER, ANALYSIS)).hasSize(2);
        }

        @Test
        void onlyAnswersOfTheAssistantCount() {
            assertThat(kept(ANALYSIS, USER.withChannel(Channel.FINAL), RESULT.withChannel(Channel.FINAL)))
                    .hasSize(3);
            assertThat(kept(ANALYSIS, FINAL, ANALYSIS, USER.withChannel(Channel.FINAL)))
                    .containsExactly(FINAL, ANALYSIS, USER.withChannel(Channel.FINAL));
        }

        @Test
        void analysisOfAnyAuthorIsDroppedAndTheResultOfADroppedCallIsNot() {
            Message call = ANALYSIS.withRecipient(Recipient.of("python"));
            Message result = RESULT.withChannel(Channel.ANALYSIS);

            assertThat(kept(USER.withChannel(Channel.ANALYSIS), call, result, RESULT, FINAL))
                    .containsExactly(RESULT, FINAL);
        }

        @Test
        void aFinalMessageWithARecipientIsAnAnswer() {
            Message addressed = FINAL.withRecipient(Recipient.of("user"));

            assertThat(kept(ANALYSIS, addressed)).containsExactly(addressed);
        }
    }

    @Nested
    class CurrentTurn {
        private static List<Message> kept(Message... messages) {
            return AnalysisPolicyTest.kept(AnalysisPolicy.CURRENT_TURN, messages);
        }

        @Test
        void analysisBeforeTheUsersLastMessageIsDropped() {
            assertThat(kept(USER, ANALYSIS, FINAL, USER, ANALYSIS, FINAL))
                    .containsExactly(USER, FINAL, USER, ANALYSIS, FINAL);
            assertThat(kept(USER, ANALYSIS, CALL, RESULT, USER)).containsExactly(USER, CALL, RESULT, USER);
        }

        @Test
        void nothingIsDroppedWhereNoUserSpeaks() {
            assertThat(kept(ANALYSIS, FINAL, ANALYSIS, FINAL)).hasSize(4);
        }

        @Test
        void theUsersLastMessageItselfStays() {
            Message users = USER.withChannel(Channel.ANALYSIS);

            assertThat(kept(users, users)).containsExactly(users);
        }
    }

    @Test
    void keepAllDropsNothingAndDropAllDropsAllAnalysis() {
        Message[] messages = {USER, ANALYSIS, FINAL, USER, ANALYSIS, CALL, RESULT.withChannel(Channel.ANALYSIS)};

        assertThat(kept(AnalysisPolicy.KEEP_ALL, messages)).containsExactly(messages);
        assertThat(kept(AnalysisPolicy.DROP_ALL, messages)).containsExactly(USER, FINAL, USER, CALL);
    }

    @Test
    void whatIsDroppedIsToldByItsPlace() {
        Conversation conversation = Conversation.of(USER, ANALYSIS, FINAL, USER, ANALYSIS, ANALYSIS, FINAL, USER);
        HarmonyRenderer renderer = new HarmonyRenderer(
                Fragments.TOKENIZER, RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.SINCE_LAST_FINAL));

        assertThat(AnalysisPolicy.SINCE_LAST_FINAL.dropped(conversation)).containsExactly(1, 4, 5);
        assertThat(AnalysisPolicy.REFERENCE.dropped(conversation)).containsExactly(1);
        assertThat(AnalysisPolicy.KEEP_ALL.dropped(conversation)).isEmpty();
        assertThat(renderer.dropped(conversation)).containsExactly(1, 4, 5);
        assertThat(new HarmonyRenderer(Fragments.TOKENIZER).dropped(conversation))
                .containsExactly(1);
    }

    @ParameterizedTest
    @EnumSource
    void noMessagesAreNone(AnalysisPolicy policy) {
        assertThat(kept(policy)).isEmpty();
        assertThat(policy.dropped(Conversation.of())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void channelsAreCaseSensitive(AnalysisPolicy policy) {
        Message other = ANALYSIS.withChannel(Channel.of("Analysis"));

        assertThat(kept(policy, other, FINAL, USER)).containsExactly(other, FINAL, USER);
    }

    @ParameterizedTest
    @EnumSource
    void everyPolicyHasAWord(AnalysisPolicy policy) {
        assertThat(policy.wireName())
                .isEqualTo(policy.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        assertThat(AnalysisPolicy.find(policy.wireName())).contains(policy);
        assertThat(AnalysisPolicy.of(policy.wireName())).isEqualTo(policy);
    }

    @Test
    void anotherWordIsNone() {
        assertThat(AnalysisPolicy.find("Keep-all")).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AnalysisPolicy.of("hf"))
                .withMessage(
                        "expected an analysis policy (reference, since-last-final, keep-all, current-turn, drop-all)"
                                + " but found \"hf\"");
    }

    /** So a prompt that was read once can be gone on from, up to the last answer. */
    @Domain(RenderArbitraries.class)
    @Property
    void whatIsDroppedOnceStaysDroppedButForTheReference(
            @ForAll Conversation conversation, @ForAll AnalysisPolicy policy) {
        if (policy != AnalysisPolicy.REFERENCE) {
            List<Message> messages = conversation.messages();
            for (int size = 0; size < messages.size(); size++) {
                assertThat(policy.dropped(conversation))
                        .containsAll(policy.dropped(new Conversation(messages.subList(0, size))));
            }
        }
    }
}
