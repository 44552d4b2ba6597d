package io.harmony4j.training;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.ReasoningEffort;
import io.harmony4j.Role;
import io.harmony4j.openai.Effort;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The conversation of a row that has no system message of Harmony: one is made, then comes one developer message with the instructions at
 * the beginning and the tools, then what is said.
 */
final class RowConversation {
    private static final String BETWEEN_INSTRUCTIONS = "\n\n";

    private final RowField row;
    private final ImportOptions options;
    private final RowTools tools;
    private final List<String> instructions = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();

    /** The weights of {@link #messages}, by their indices. */
    private final Map<Integer, Double> weights = new TreeMap<>();

    /** The weight of the assistant's messages that have none of their own. */
    private @Nullable Double assistantWeight;

    private boolean isBegun;

    RowConversation(RowField row, ImportOptions options) {
        this.row = row;
        this.options = options;
        this.tools = new RowTools(row);
    }

    RowTools tools() {
        return tools;
    }

    /** Adds instructions: to the developer message at the beginning, or in their place once anything else was said. */
    void instruct(String text) {
        if (text.isEmpty()) {
            return;
        }
        if (isBegun) {
            messages.add(Message.developer(Content.developer(text)));
        } else {
            instructions.add(text);
        }
    }

    /** Gives a weight to the assistant's messages that follow and have none of their own. */
    void weighAssistant(double weight) {
        assistantWeight = weight;
    }

    /**
     * Adds a message.
     *
     * @param weight its own weight; null for none
     */
    void add(Message message, @Nullable Double weight) {
        isBegun = true;
        boolean isAssistants = message.author().role() == Role.ASSISTANT;
        Double given = weight == null && isAssistants ? assistantWeight : weight;
        if (given != null) {
            weights.put(messages.size(), given);
        }
        messages.add(message);
    }

    ImportedRow build(RowShape shape) {
        List<Message> all = new ArrayList<>();
        all.add(Message.system(
                Content.System.DEFAULT.withReasoningEffort(effort()).withConversationStartDate(options.date())));
        Content.Developer developer = Content.Developer.EMPTY;
        if (!instructions.isEmpty()) {
            developer = developer.withInstructions(String.join(BETWEEN_INSTRUCTIONS, instructions));
        }
        if (tools.declared().length > 0) {
            developer = developer.withFunctions(tools.declared());
        }
        if (!developer.equals(Content.Developer.EMPTY)) {
            all.add(Message.developer(developer));
        }
        int first = all.size();
        Map<Integer, Double> shifted = new TreeMap<>();
        weights.forEach((index, weight) -> shifted.put(first + index, weight));
        all.addAll(messages);
        return new ImportedRow(new Conversation(all), shape, shifted, row);
    }

    private ReasoningEffort effort() {
        RowField field = row.get("reasoning_effort");
        if (field.isAbsent() && row.value().get("reasoning").isObject()) {
            field = row.get("reasoning").get("effort");
        }
        if (field.isAbsent()) {
            return ReasoningEffort.MEDIUM;
        }
        RowField given = field;
        return Effort.find(field.text().toLowerCase(Locale.ROOT))
                .orElseThrow(() -> given.wrong("an effort (" + String.join(", ", Effort.WORDS) + ")"));
    }
}
