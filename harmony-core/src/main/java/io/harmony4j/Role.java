package io.harmony4j;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who speaks: the roles that Harmony knows, in the order of openai/harmony. */
public enum Role {
    USER("user"),
    ASSISTANT("assistant"),
    SYSTEM("system"),
    DEVELOPER("developer"),
    /** A tool that answers a call. In a rendered header its author's name stands in place of the role. */
    TOOL("tool");

    private final String wireName;

    Role(String wireName) {
        this.wireName = wireName;
    }

    /** Returns the word for this role in headers and in JSON. */
    public String wireName() {
        return wireName;
    }

    /** Returns the role with the given word, if there is one; words are case-sensitive. */
    public static Optional<Role> find(String wireName) {
        requireNonNull(wireName, "wireName");
        return Arrays.stream(values())
                .filter(role -> role.wireName.equals(wireName))
                .findFirst();
    }

    /**
     * Returns the role with the given word.
     *
     * @throws IllegalArgumentException if no role has this word; words are case-sensitive
     */
    public static Role of(String wireName) {
        return find(wireName)
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected a role (" + words() + ") but found \"" + wireName + "\""));
    }

    /** The words of all roles, for error messages. */
    static String words() {
        return Arrays.stream(values()).map(Role::wireName).collect(Collectors.joining(", "));
    }
}
