package io.harmony4j.tiny;

import java.util.ArrayList;
import java.util.List;

/** The questions by which the tiny model is tested; it has seen none of them in training. */
public final class TinySkills {
    /** How many questions of each skill the published table counts. */
    public static final int QUESTIONS_PER_SKILL = 50;

    private static final long TEST_SEED = 0x7E57;

    private TinySkills() {}

    /**
     * Returns questions of each skill, skill by skill: the same ones each time, and the first of them for a smaller number.
     *
     * @param perSkill how many of each skill
     */
    public static List<TestQuestion> testQuestions(int perSkill) {
        List<TestQuestion> questions = new ArrayList<>();
        for (Skill skill : Skill.values()) {
            for (Dialogue dialogue : testDialogues(skill, perSkill)) {
                questions.add(
                        new TestQuestion(skill, dialogue.setup().effort(), dialogue.question(), dialogue.answer()));
            }
        }
        return questions;
    }

    static List<Dialogue> testDialogues(Skill skill, int count) {
        Draw draw = new Draw(TEST_SEED + skill.label().hashCode());
        List<Dialogue> dialogues = new ArrayList<>();
        while (dialogues.size() < count) {
            Dialogue dialogue = skill.dialogue(draw, PhoneBook.INSTANCE, Split.TEST);
            if (dialogue.failed() == (skill == Skill.TOOL_ERROR)) {
                dialogues.add(dialogue);
            }
        }
        return dialogues;
    }
}
