package io.harmony4j.parser;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Conversation;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How to read a stream. The default is RECOVER, which never throws; {@link #strict()} gives STRICT, which throws at the first
 * token that is not Harmony. Immutable.
 *
 * <pre>{@code
 * ParseOptions.after(conversation)            // what a model writes after this conversation's prompt
 * ParseOptions.forRole(Role.ASSISTANT)        // the same, without knowing its tools
 * ParseOptions.DEFAULT.strict()               // whole messages, nothing repaired
 * }</pre>
 */
public final class ParseOptions {
    /** For a stream of whole messages, each beginning with {@code <|start|>}; RECOVER. */
    public static final ParseOptions DEFAULT = new ParseOptions(null, "", false, false, Set.of(), ParseLimits.DEFAULT);

    private final @Nullable Role role;
    private final String prefill;
    private final boolean isStrict;
    private final boolean isStripped;
    private final Set<Recipient> tools;
    private final ParseLimits limits;

    private ParseOptions(
            @Nullable Role role,
            String prefill,
            boolean isStrict,
            boolean isStripped,
            Set<Recipient> tools,
            ParseLimits limits) {
        if (isStrict && isStripped) {
            throw new IllegalArgumentException(
                    "expected STRICT or stripped but found both; a stream without special tokens can only be recovered");
        }
        this.role = role;
        this.prefill = prefill;
        this.isStrict = isStrict;
        this.isStripped = isStripped;
        this.tools = tools;
        this.limits = limits;
    }

    /** For what a model generated after a prompt that ends with {@code <|start|>} and the given role; RECOVER. */
    public static ParseOptions forRole(Role role) {
        return DEFAULT.withRole(requireNonNull(role, "role"));
    }

    /** For what the assistant says after a conversation, whose declared tools it may call; RECOVER. */
    public static ParseOptions after(Conversation conversation) {
        return forRole(Role.ASSISTANT)
                .withTools(requireNonNull(conversation, "conversation").declaredTools());
    }

    /**
     * Returns the role that the prompt already ends with ({@code <|start|>assistant}), so that the stream begins in its header;
     * null for a stream that begins with {@code <|start|>}.
     */
    public @Nullable Role role() {
        return role;
    }

    /** Returns what the prompt ends with after the role, with special tokens as their literals; empty if nothing. */
    public String prefill() {
        return prefill;
    }

    /** Returns whether to read in STRICT mode. */
    public boolean isStrict() {
        return isStrict;
    }

    /**
     * Returns whether the special tokens were taken out of the stream, so that messages must be told apart by the words that are
     * left: {@code analysisLet me see.assistantfinalHello}.
     */
    public boolean isStripped() {
        return isStripped;
    }

    /** Returns the declared tools; with them RECOVER repairs misspelled recipients. */
    public Set<Recipient> tools() {
        return tools;
    }

    /** Returns how much is kept in memory. */
    public ParseLimits limits() {
        return limits;
    }

    /**
     * Returns a copy that reads in STRICT mode.
     *
     * @throws IllegalArgumentException if the stream is stripped: without special tokens there is nothing to be strict about
     */
    public ParseOptions strict() {
        return new ParseOptions(role, prefill, true, isStripped, tools, limits);
    }

    /**
     * Returns a copy for a stream whose special tokens were taken out.
     *
     * @throws IllegalArgumentException if it is read in STRICT mode
     */
    public ParseOptions stripped() {
        return new ParseOptions(role, prefill, isStrict, true, tools, limits);
    }

    /** Returns a copy with another role, or none. */
    public ParseOptions withRole(@Nullable Role newRole) {
        return new ParseOptions(newRole, prefill, isStrict, isStripped, tools, limits);
    }

    /**
     * Returns a copy for a stream whose prompt ends with more than the role: {@code <|channel|>analysis<|message|>}, or the beginning
     * of an answer. It is read before the stream, its text is part of the message, and positions and counts do not include it.
     *
     * @param text what the prompt ends with after the role, with special tokens as their literals
     */
    public ParseOptions withPrefill(String text) {
        return new ParseOptions(role, requireNonNull(text, "text"), isStrict, isStripped, tools, limits);
    }

    /** Returns a copy with other declared tools, as in {@code Recipient.function("get_weather")}. */
    public ParseOptions withTools(Collection<Recipient> declared) {
        return new ParseOptions(
                role, prefill, isStrict, isStripped, Set.copyOf(requireNonNull(declared, "declared")), limits);
    }

    /** Returns a copy with other limits. */
    public ParseOptions withLimits(ParseLimits newLimits) {
        return new ParseOptions(role, prefill, isStrict, isStripped, tools, requireNonNull(newLimits, "limits"));
    }

    JsonObject save() {
        return JsonObject.builder()
                .put("role", role == null ? null : role.wireName())
                .put("prefill", Snapshot.text(prefill))
                .put("strict", isStrict)
                .put("stripped", isStripped)
                .put(
                        "tools",
                        JsonArray.ofTexts(
                                tools.stream().map(Recipient::name).sorted().toList()))
                .put("limits", limits.save())
                .build();
    }

    static ParseOptions restore(JsonValue from) {
        JsonValue role = from.get("role");
        Set<Recipient> tools = from.get("tools").elements().stream()
                .map(tool -> Recipient.of(tool.text()))
                .collect(Collectors.toUnmodifiableSet());
        return new ParseOptions(
                role.isNull() ? null : Role.of(role.text()),
                Snapshot.text(from.get("prefill")),
                from.get("strict").booleanValue(),
                from.get("stripped").booleanValue(),
                tools,
                ParseLimits.restore(from.get("limits")));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ParseOptions that
                && role == that.role
                && prefill.equals(that.prefill)
                && isStrict == that.isStrict
                && isStripped == that.isStripped
                && tools.equals(that.tools)
                && limits.equals(that.limits);
    }

    @Override
    public int hashCode() {
        return Objects.hash(role, prefill, isStrict, isStripped, tools, limits);
    }

    /** Returns the options as JSON, for human readers. */
    @Override
    public String toString() {
        return save().toString();
    }
}
