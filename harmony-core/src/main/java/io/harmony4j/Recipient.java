package io.harmony4j;

import static java.util.Objects.requireNonNull;

/**
 * Whom a message is addressed to. The set is open: besides the known words it is the full name of a tool.
 *
 * @param name the text after {@code to=}
 */
public record Recipient(String name) {
    /** Everybody, which is also what no recipient means; it is not written into a header. */
    public static final Recipient ALL = new Recipient("all");

    /** The model, as the recipient of a tool's answer. */
    public static final Recipient ASSISTANT = new Recipient(Role.ASSISTANT.wireName());

    /** The user. */
    public static final Recipient USER = new Recipient(Role.USER.wireName());

    private static final String FUNCTION_PREFIX = ToolNamespace.FUNCTIONS + ".";

    public Recipient {
        requireNonNull(name, "name");
    }

    /** Returns the recipient with the given full name. */
    public static Recipient of(String name) {
        return new Recipient(name);
    }

    /** Returns the function tool with the given name: {@code function("get_weather")} is {@code functions.get_weather}. */
    public static Recipient function(String function) {
        return new Recipient(FUNCTION_PREFIX + requireNonNull(function, "function"));
    }

    /** Returns whether a message to this recipient calls a tool: all names but those of this class's constants do. */
    public boolean isTool() {
        return !equals(ALL) && !equals(ASSISTANT) && !equals(USER);
    }

    /** Returns whether this is a function tool: one in the namespace {@code functions}. */
    public boolean isFunction() {
        return name.startsWith(FUNCTION_PREFIX);
    }

    /** Returns whether this is a tool that the models know by themselves: {@code python}, or one of {@code browser}. */
    public boolean isBuiltIn() {
        return name.equals(ToolNamespace.PYTHON) || namespace().equals(ToolNamespace.BROWSER);
    }

    /** Returns the namespace, which is what stands before the first dot; empty if there is no dot. */
    public String namespace() {
        return name.substring(0, Math.max(0, name.indexOf('.')));
    }

    /** Returns the name without the namespace of function tools: {@code get_weather} for {@code functions.get_weather}. */
    public String toolName() {
        return isFunction() ? name.substring(FUNCTION_PREFIX.length()) : name;
    }

    @Override
    public String toString() {
        return name;
    }
}
