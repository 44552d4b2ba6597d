package io.harmony4j.parser;

import io.harmony4j.Recipient;
import java.util.Set;
import java.util.stream.Collectors;

/** The names of the declared tools, and what models make of them. */
final class ToolNames {
    /** The names without {@code functions.}. */
    private final Set<String> declared;

    ToolNames(Set<Recipient> declared) {
        this.declared = declared.stream().map(Recipient::toolName).collect(Collectors.toSet());
    }

    /** Returns whether no tools were declared, so that any name might be a tool's. */
    boolean areUnknown() {
        return declared.isEmpty();
    }

    /** Returns whether a tool with this name is declared, with or without {@code functions.}. */
    boolean isDeclared(String name) {
        return declared.contains(Recipient.of(name).toolName());
    }

    /** Returns whether a word is the name of a tool: declared, or in one of the known namespaces. */
    boolean isTool(String name) {
        Recipient recipient = Recipient.of(name);
        return isDeclared(name) || recipient.isFunction() || recipient.isBuiltIn();
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
        Recipient bare = Recipient.of(name);
        while (bare.isFunction()) {
            bare = Recipient.of(bare.toolName());
        }
        String meant = closest(bare.name());
        return bare.name().equals(name) ? meant : Recipient.function(meant).name();
    }

    private String closest(String bare) {
        if (declared.isEmpty() || declared.contains(bare)) {
            return bare;
        }
        for (String type : FormatWords.ARGUMENT_TYPES) {
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
