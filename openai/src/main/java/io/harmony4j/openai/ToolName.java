package io.harmony4j.openai;

import java.util.regex.Pattern;

/** Names of tools in a history: any that a header can have, since a model may have called what nobody declared. */
final class ToolName {
    private static final Pattern ONE_WORD = Pattern.compile("[^\\s<>|]{1,256}", Pattern.UNICODE_CHARACTER_CLASS);

    private ToolName() {}

    /** Returns the name in a field. */
    static String of(Field field) {
        String name = field.text();
        if (!ONE_WORD.matcher(name).matches()) {
            throw field.invalid(
                    "invalid_value",
                    "Invalid '" + field.path()
                            + "': expected the name of a tool, of at most 256 characters without white space, <, > and |.");
        }
        return name;
    }
}
