package io.harmony4j.openai;

import io.harmony4j.ReasoningEffort;
import java.util.List;

/** The words for how long to think: OpenAI's seven for the three levels that the models know. */
final class Effort {
    private static final List<String> WORDS = List.of("none", "minimal", "low", "medium", "high", "xhigh", "max");

    private Effort() {}

    static ReasoningEffort of(Field field) {
        return switch (field.text(ReasoningEffort.MEDIUM.promptWord())) {
            case "none", "minimal", "low" -> ReasoningEffort.LOW;
            case "medium" -> ReasoningEffort.MEDIUM;
            case "high", "xhigh", "max" -> ReasoningEffort.HIGH;
            default -> throw field.wrongValue(WORDS);
        };
    }
}
