package io.harmony4j.openai;

import static java.util.Objects.requireNonNull;

import io.harmony4j.ReasoningEffort;
import java.util.List;
import java.util.Optional;

/** The words for how long to think: OpenAI's seven for the three levels that the models know. */
public final class Effort {
    /** OpenAI's words, from the least to the most. */
    public static final List<String> WORDS = List.of("none", "minimal", "low", "medium", "high", "xhigh", "max");

    private Effort() {}

    /** Returns the level that a word of OpenAI's stands for, if it is one; words are case-sensitive. */
    public static Optional<ReasoningEffort> find(String word) {
        return switch (requireNonNull(word, "word")) {
            case "none", "minimal", "low" -> Optional.of(ReasoningEffort.LOW);
            case "medium" -> Optional.of(ReasoningEffort.MEDIUM);
            case "high", "xhigh", "max" -> Optional.of(ReasoningEffort.HIGH);
            default -> Optional.empty();
        };
    }

    static ReasoningEffort of(Field field) {
        return find(field.text(ReasoningEffort.MEDIUM.promptWord())).orElseThrow(() -> field.wrongValue(WORDS));
    }
}
