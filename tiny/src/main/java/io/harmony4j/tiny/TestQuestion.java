package io.harmony4j.tiny;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Conversation;
import io.harmony4j.ReasoningEffort;

/**
 * A question that the tiny model has not seen in training. It is to be answered with the tools that the conversation declares;
 * {@link TinyTools#call} runs them.
 *
 * @param skill what it is to show
 * @param effort the reasoning effort that the system message asks for
 * @param conversation system message, developer message if there is one, and the turns up to the question, which is last
 * @param answer the exact text of the right answer on the final channel
 */
public record TestQuestion(Skill skill, ReasoningEffort effort, Conversation conversation, String answer) {
    public TestQuestion {
        requireNonNull(skill, "skill");
        requireNonNull(effort, "effort");
        requireNonNull(conversation, "conversation");
        requireNonNull(answer, "answer");
    }
}
