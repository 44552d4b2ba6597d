package io.harmony4j;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

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
        name = WellFormed.text(name, "name");
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

    /**
     * Returns the tool that a model means by this name, if exactly one of the given tools fits: by the same name; else without
     * {@code functions.}; else without a {@code json} or {@code code} glued to its end; else without regard to case, {@code -} and
     * {@code _}.
     *
     * <pre>{@code
     * Recipient.of("Get-Weather").among(conversation.declaredTools())     // functions.get_weather
     * }</pre>
     *
     * @param tools the tools that there are
     */
    public Optional<Recipient> among(Collection<Recipient> tools) {
        Set<Recipient> distinct = Set.copyOf(requireNonNull(tools, "tools"));
        if (distinct.contains(this)) {
            return Optional.of(this);
        }
        String bare = bare(name);
        String loose = loose(name);
        List<Predicate<Recipient>> readings = List.of(
                tool -> bare(tool.name).equals(bare),
                tool -> bare(tool.name).equals(unglued(bare)),
                tool -> loose(tool.name).equals(loose),
                tool -> loose(tool.name).equals(unglued(loose)));
        for (Predicate<Recipient> reading : readings) {
            List<Recipient> fitting = distinct.stream().filter(reading).toList();
            if (!fitting.isEmpty()) {
                return fitting.size() == 1 ? Optional.of(fitting.get(0)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Returns a name without the namespace of function tools, which models may write more than once. */
    private static String bare(String name) {
        int begin = 0;
        while (name.startsWith(FUNCTION_PREFIX, begin)) {
            begin += FUNCTION_PREFIX.length();
        }
        return name.substring(begin);
    }

    /** Returns a name without the content type that should have followed it. */
    private static String unglued(String name) {
        for (ContentType type : List.of(ContentType.JSON, ContentType.CODE)) {
            if (name.endsWith(type.name())) {
                return name.substring(0, name.length() - type.name().length());
            }
        }
        return name;
    }

    /** Returns a bare name in lower case, without {@code -} and {@code _}. */
    private static String loose(String name) {
        return bare(name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", ""));
    }

    @Override
    public String toString() {
        return name;
    }
}
