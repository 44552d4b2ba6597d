package io.harmony4j.renderer;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Conversation;
import io.harmony4j.json.Json;
import java.util.List;
import java.util.Locale;

/**
 * Finds what is not meant as it is: calls without results, fields of other formats, control tokens as text, schemas that a prompt does
 * not show, and what else {@link Finding.Code} lists. It changes nothing.
 *
 * <pre>{@code
 * for (Finding finding : ConversationLinter.DEFAULT.lint(json)) {
 *     System.out.println(finding.pointer() + ": " + finding.message() + ": " + finding.suggestion());
 * }
 * }</pre>
 *
 * <p>Immutable.
 */
public final class ConversationLinter {
    /** For prompts as openai/harmony renders them: {@link AnalysisPolicy#REFERENCE}. */
    public static final ConversationLinter DEFAULT = new ConversationLinter(AnalysisPolicy.REFERENCE, Purpose.PROMPT);

    private final AnalysisPolicy policy;
    private final Purpose purpose;

    private ConversationLinter(AnalysisPolicy policy, Purpose purpose) {
        this.policy = requireNonNull(policy, "policy");
        this.purpose = requireNonNull(purpose, "purpose");
    }

    /** What a conversation is for. */
    public enum Purpose {
        /** The model is to go on. */
        PROMPT,
        /** The model is to learn from it. */
        TRAINING;

        /** Returns the word for this purpose, as in {@code prompt}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Returns a linter for renderings that leave out analysis by another policy. */
    public ConversationLinter withPolicy(AnalysisPolicy newPolicy) {
        return new ConversationLinter(newPolicy, purpose);
    }

    /** Returns a linter for another purpose. */
    public ConversationLinter withPurpose(Purpose newPurpose) {
        return new ConversationLinter(policy, newPurpose);
    }

    /** Returns what is found in a conversation, in the order of its messages. */
    public List<Finding> lint(Conversation conversation) {
        return lint(requireNonNull(conversation, "conversation"), new Findings());
    }

    /**
     * Returns what is found in the JSON of a conversation: also fields that the format does not have.
     *
     * @throws IllegalArgumentException if it is no conversation, as {@link Conversation#fromJson(String)} says it
     */
    public List<Finding> lint(String json) {
        Conversation conversation = Conversation.fromJson(json);
        Findings findings = new Findings();
        FieldLint.check(Json.parse(json), findings);
        return lint(conversation, findings);
    }

    private List<Finding> lint(Conversation conversation, Findings findings) {
        SystemLint.check(conversation, findings);
        ToolLint.check(conversation, findings);
        CallLint.check(conversation, findings);
        HeaderLint.check(conversation, findings);
        TextLint.check(conversation, findings);
        HistoryLint.check(conversation, policy, purpose, findings);
        return findings.inOrder();
    }
}
