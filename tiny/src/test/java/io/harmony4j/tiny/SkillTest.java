package io.harmony4j.tiny;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Author;
import io.harmony4j.Channel;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.ReasoningEffort;
import io.harmony4j.Role;
import io.harmony4j.parser.HarmonyParser;
import io.harmony4j.parser.ParseOptions;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SkillTest {
    private static final int CONVERSATIONS = 60;

    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();
    private static final HarmonyRenderer RENDERER = new HarmonyRenderer(TOKENIZER);

    @Test
    void trainingAndTestsShareNoQuestion() {
        Set<String> trained = new HashSet<>();
        for (Skill skill : Skill.values()) {
            training(skill).forEach(dialogue -> dialogue.turns().forEach(turn -> trained.add(turn.user())));
        }
        Set<String> tested = new HashSet<>();
        for (TestQuestion question : TinySkills.testQuestions(TinySkills.QUESTIONS_PER_SKILL)) {
            for (Message message : question.conversation().messages()) {
                if (message.author().role() == Role.USER) {
                    tested.add(message.text());
                }
            }
        }

        assertThat(trained).hasSizeGreaterThan(900).doesNotContainAnyElementsOf(tested);
        assertThat(tested).hasSizeGreaterThan(600);
    }

    @ParameterizedTest
    @EnumSource
    void whatTheModelIsToWriteIsStrictlyHarmony(Skill skill) {
        for (Dialogue dialogue : training(skill)) {
            Conversation conversation = dialogue.conversation();
            List<Message> written = new ArrayList<>();
            for (Sample sample : Sample.of(conversation, 0, RENDERER)) {
                written.addAll(parsed(sample));
            }
            assertThat(written)
                    .containsExactlyElementsOf(conversation.messages().stream()
                            .filter(message -> message.author().role() == Role.ASSISTANT)
                            .toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theToolsGiveTheAnswersThatTheTestExpects(Skill skill) {
        for (Dialogue dialogue : TinySkills.testDialogues(skill, TinySkills.QUESTIONS_PER_SKILL)) {
            for (Call call : dialogue.last().calls()) {
                assertThat(TinyTools.call(call.recipient(), call.arguments())).isEqualTo(call.result());
            }
            List<Message> all = dialogue.conversation().messages();
            assertThat(all.get(all.size() - 1).text()).isEqualTo(dialogue.answer());
            assertThat(all.subList(0, dialogue.question().messages().size()))
                    .isEqualTo(dialogue.question().messages());
        }
    }

    @Test
    void moreEffortIsMoreAnalysis() {
        Map<ReasoningEffort, Integer> tokens = new HashMap<>();
        for (Skill skill : Skill.values()) {
            for (Dialogue dialogue : training(skill)) {
                int analysis = dialogue.conversation().messages().stream()
                        .filter(message -> Channel.ANALYSIS.equals(message.channel()))
                        .filter(message -> message.author().equals(Author.of(Role.ASSISTANT)))
                        .mapToInt(message -> TOKENIZER.count(message.text()))
                        .sum();
                tokens.merge(dialogue.setup().effort(), analysis, Integer::sum);
            }
        }

        int low = tokens.getOrDefault(ReasoningEffort.LOW, 0);
        assertThat(low).isPositive();
        assertThat(tokens.get(ReasoningEffort.MEDIUM)).isGreaterThan(low);
        assertThat(tokens.get(ReasoningEffort.HIGH)).isGreaterThan(3 * low);
    }

    @Test
    void theSameSeedGivesTheSameConversations() {
        List<TestQuestion> questions = TinySkills.testQuestions(3);

        assertThat(TinySkills.testQuestions(3)).isEqualTo(questions);
        assertThat(questions).hasSize(3 * Skill.values().length);
        assertThat(questions.get(0)).isEqualTo(TinySkills.testQuestions(1).get(0));
    }

    private static List<Dialogue> training(Skill skill) {
        Draw draw = new Draw(skill.label().hashCode());
        Facts facts = new RandomFacts(draw);
        List<Dialogue> dialogues = new ArrayList<>();
        for (int i = 0; i < CONVERSATIONS; i++) {
            dialogues.add(skill.dialogue(draw, facts, Split.TRAIN));
        }
        return dialogues;
    }

    /** The messages of each stretch of tokens that the model writes. */
    private static List<Message> parsed(Sample sample) {
        List<Message> messages = new ArrayList<>();
        int[] tokens = sample.tokens();
        int at = 0;
        while (at < tokens.length) {
            int from = at;
            while (at < tokens.length && tokens[at] < 0) {
                at++;
            }
            if (at > from) {
                int[] written =
                        Arrays.stream(tokens, from, at).map(token -> ~token).toArray();
                messages.addAll(HarmonyParser.parse(
                                written, ParseOptions.forRole(Role.ASSISTANT).strict())
                        .messages());
            }
            at++;
        }
        return messages;
    }
}
