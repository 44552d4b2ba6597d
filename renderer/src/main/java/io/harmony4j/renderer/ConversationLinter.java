package io.harmony4j.renderer;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Conversation;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
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
    public static final ConversationLinter DEFAULT =
            new ConversationLinter(AnalysisPolicy.REFERENCE, Purpose.PROMPT, false);

    private final AnalysisPolicy policy;
    private final Purpose purpose;
    private final boolean isFaithful;

    private ConversationLinter(AnalysisPolicy policy, Purpose purpose, boolean isFaithful) {
        this.policy = requireNonNull(policy, "policy");
        this.purpose = requireNonNull(purpose, "purpose");
        this.isFaithful = isFaithful;
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
        return new ConversationLinter(newPolicy, purpose, isFaithful);
    }

    /** Returns a linter for another purpose. */
    public ConversationLinter withPurpose(Purpose newPurpose) {
        return new ConversationLinter(policy, newPurpose, isFaithful);
    }

    /** Returns a linter for renderings whose TypeScript shows all of the schemas of tools, as {@link RenderOptions#withFaithfulTypeScript} has it, or not. */
    public ConversationLinter withFaithfulTypeScript(boolean faithful) {
        return new ConversationLinter(policy, purpose, faithful);
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
        return lint(Conversation.fromJson(json), Json.parse(json));
    }

    /** As {@link #lint(String)}, of JSON that has been read. */
    public List<Finding> lint(JsonObject json) {
        return lint(Conversation.fromJsonObject(json), json);
    }

    private List<Finding> lint(Conversation conversation, JsonValue json) {
        Findings findings = new Findings();
        FieldLint.check(json, findings);
        return lint(conversation, findings);
    }

    private List<Finding> lint(Conversation conversation, Findings findings) {
        SystemLint.check(conversation, findings);
        ToolLint.check(conversation, isFaithful, findings);
        CallLint.check(conversation, findings);
        HeaderLint.check(conversation, findings);
        TextLint.check(conversation, findings);
        HistoryLint.check(conversation, policy, purpose, findings);
        return findings.inOrder();
    }
}
