package io.harmony4j.tiny;

import io.harmony4j.Content;
import io.harmony4j.Message;
import io.harmony4j.ReasoningEffort;
import io.harmony4j.ToolDescription;
import io.harmony4j.ToolNamespace;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a conversation begins with: its system message and its developer message.
 *
 * @param effort how long to think
 * @param identity the model's identity
 * @param date the current date, or null
 * @param tools the tools
 * @param instruction what else the developer says; empty if nothing
 * @param preamble whether the user is to be told before a tool is called
 * @param style how to answer
 */
record Setup(
        ReasoningEffort effort,
        @Nullable String identity,
        @Nullable LocalDate date,
        Toolbox tools,
        String instruction,
        boolean preamble,
        AnswerStyle style) {

    private static final List<String> INSTRUCTIONS = List.of(
            "You are a helpful assistant.", "Answer in one sentence.", "Answer briefly.", "Be brief and friendly.", "");
    private static final String TELL = "Before you call a tool, tell the user what you will do.";

    /** Returns a beginning that leaves open what does not matter for the answer. */
    static Setup of(Draw draw, Toolbox tools, boolean preamble, AnswerStyle style) {
        return new Setup(
                draw.one(List.of(ReasoningEffort.values())),
                draw.chance(85) ? Content.System.DEFAULT.modelIdentity() : "You are a tiny model.",
                draw.chance(70) ? date(draw) : null,
                tools,
                draw.one(INSTRUCTIONS),
                preamble,
                style);
    }

    /** Returns the same beginning with other instructions. */
    Setup withStyle(AnswerStyle newStyle) {
        return new Setup(effort, identity, date, tools, instruction, preamble, newStyle);
    }

    List<Message> messages() {
        List<Message> messages = new ArrayList<>();
        Content.System system = Content.System.DEFAULT
                .withModelIdentity(identity)
                .withReasoningEffort(effort)
                .withConversationStartDate(date);
        messages.add(Message.system(tools.python() ? system.withTools(ToolNamespace.python()) : system));
        Content.Developer developer = Content.Developer.EMPTY;
        String instructions = instructions();
        if (!instructions.isEmpty()) {
            developer = developer.withInstructions(instructions);
        }
        if (!tools.functions().isEmpty()) {
            developer = developer.withFunctions(
                    tools.functions().stream().map(ToolForm::description).toArray(ToolDescription[]::new));
        }
        if (!developer.equals(Content.Developer.EMPTY)) {
            messages.add(Message.developer(developer));
        }
        return messages;
    }

    private String instructions() {
        List<String> lines = new ArrayList<>();
        lines.add(instruction);
        lines.add(preamble ? TELL : "");
        lines.add(style.isSection() ? "" : style.instruction());
        lines.removeIf(String::isEmpty);
        String text = String.join(" ", lines);
        if (!style.isSection()) {
            return text;
        }
        return text.isEmpty() ? style.instruction() : text + "\n\n" + style.instruction();
    }

    private static LocalDate date(Draw draw) {
        return LocalDate.of(draw.between(2024, 2028), draw.between(1, 12), draw.between(1, 28));
    }
}
