package io.harmony4j.parse;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.harmony4j.Role;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How to read a stream. The default is RECOVER, which never throws; {@link #strict()} gives STRICT, which throws at the first
 * token that is not Harmony.
 *
 * @param role the role that the prompt already ends with ({@code <|start|>assistant}), so that the stream begins in its
 *     header; null for a stream that begins with {@code <|start|>}
 * @param isStrict whether to read in STRICT mode
 * @param isStripped whether the special tokens were taken out of the stream, so that messages must be told apart by the words
 *     that are left: {@code analysisLet me see.assistantfinalHello}
 * @param tools the names of the declared function tools, without {@code functions.}; with them RECOVER mends misspelled
 *     recipients
 * @param limits how much is kept in memory
 */
public record ParseOptions(
        @Nullable Role role, boolean isStrict, boolean isStripped, Set<String> tools, ParseLimits limits) {
    /** For a stream of whole messages, each beginning with {@code <|start|>}; RECOVER. */
    public static final ParseOptions DEFAULT = new ParseOptions(null, false, false, Set.of(), ParseLimits.DEFAULT);

    /**
     * @throws IllegalArgumentException if it is both STRICT and stripped: without special tokens there is nothing to be
     *     strict about
     */
    public ParseOptions {
        tools = Set.copyOf(tools);
        requireNonNull(limits, "limits");
        if (isStrict && isStripped) {
            throw new IllegalArgumentException(
                    "expected STRICT or stripped but found both; a stream without special tokens can only be recovered");
        }
    }

    /** For what a model generated after a prompt that ends with {@code <|start|>} and the given role; RECOVER. */
    public static ParseOptions forRole(Role role) {
        return DEFAULT.withRole(requireNonNull(role, "role"));
    }

    /** Returns a copy that reads in STRICT mode. */
    public ParseOptions strict() {
        return new ParseOptions(role, true, isStripped, tools, limits);
    }

    /** Returns a copy for a stream whose special tokens were taken out. */
    public ParseOptions stripped() {
        return new ParseOptions(role, isStrict, true, tools, limits);
    }

    public ParseOptions withRole(@Nullable Role newRole) {
        return new ParseOptions(newRole, isStrict, isStripped, tools, limits);
    }

    public ParseOptions withTools(Collection<String> names) {
        return new ParseOptions(role, isStrict, isStripped, Set.copyOf(names), limits);
    }

    public ParseOptions withLimits(ParseLimits newLimits) {
        return new ParseOptions(role, isStrict, isStripped, tools, newLimits);
    }

    void save(ObjectNode into) {
        into.put("role", role == null ? null : role.wireName());
        into.put("strict", isStrict);
        into.put("stripped", isStripped);
        tools.stream().sorted().forEach(into.putArray("tools")::add);
        into.putObject("limits")
                .put("headerLength", limits.headerLength())
                .put("messageLength", limits.messageLength())
                .put("messages", limits.messages())
                .put("diagnostics", limits.diagnostics());
    }

    static ParseOptions restore(JsonNode from) {
        Set<String> tools = new HashSet<>();
        from.path("tools").forEach(tool -> tools.add(tool.textValue()));
        JsonNode limits = from.path("limits");
        return new ParseOptions(
                from.path("role").isNull() ? null : Role.of(from.path("role").textValue()),
                from.path("strict").booleanValue(),
                from.path("stripped").booleanValue(),
                tools,
                new ParseLimits(
                        limits.path("headerLength").intValue(),
                        limits.path("messageLength").intValue(),
                        limits.path("messages").intValue(),
                        limits.path("diagnostics").intValue()));
    }
}
