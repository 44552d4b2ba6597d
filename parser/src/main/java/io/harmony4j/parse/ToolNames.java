package io.harmony4j.parse;

import io.harmony4j.Recipient;
import io.harmony4j.ToolNamespace;
import java.util.List;
import java.util.Set;

/** The names of the declared function tools, and what models make of them. */
final class ToolNames {
    private static final String FUNCTIONS = ToolNamespace.FUNCTIONS + ".";

    /** Content types that models write without a space after a recipient. */
    private static final List<String> GLUED_TYPES = List.of("json", "code");

    private final Set<String> declared;

    ToolNames(Set<String> declared) {
        this.declared = declared;
    }

    /** Returns whether a word is the name of a tool: declared, or in one of the known namespaces. */
    boolean isTool(String name) {
        return declared.contains(Recipient.of(name).toolName())
                || name.startsWith(FUNCTIONS)
                || name.startsWith("browser.")
                || name.equals("python");
    }

    /** Returns whether a word looks like a name at all: letters, digits and {@code _.-}, with a letter or _ first. */
    static boolean couldBe(String word) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            boolean isLetter = Character.isLetter(c) || c == '_';
            boolean isFurther = c == '.' || c == '-' || (c >= '0' && c <= '9');
            if (!isLetter && !(i > 0 && isFurther)) {
                return false;
            }
        }
        return !word.isEmpty();
    }

    /** Returns the name that was meant: the namespace once, and the declared tool that comes closest. */
    String correct(String name) {
        String bare = name;
        while (bare.startsWith(FUNCTIONS)) {
            bare = bare.substring(FUNCTIONS.length());
        }
        String namespace = bare.equals(name) ? "" : FUNCTIONS;
        return namespace + closest(bare);
    }

    private String closest(String bare) {
        if (declared.isEmpty() || declared.contains(bare)) {
            return bare;
        }
        for (String type : GLUED_TYPES) {
            if (bare.endsWith(type)) {
                String unglued = bare.substring(0, bare.length() - type.length());
                if (declared.contains(unglued)) {
                    return unglued;
                }
            }
        }
        return declared.stream()
                .filter(bare::equalsIgnoreCase)
                .sorted()
                .findFirst()
                .orElse(bare);
    }
}
