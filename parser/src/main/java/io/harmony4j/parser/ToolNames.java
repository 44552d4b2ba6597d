package io.harmony4j.parser;

import io.harmony4j.Recipient;
import io.harmony4j.ToolNamespace;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The names of the declared tools, and what models make of them. */
final class ToolNames {
    /** What the full names of tools begin with that need not be declared. */
    private static final List<String> NAMESPACES =
            List.of(ToolNamespace.FUNCTIONS + ".", ToolNamespace.BROWSER + ".", ToolNamespace.PYTHON);

    /** The declared tools by their names without {@code functions.}. */
    private final Map<String, Recipient> declared;

    ToolNames(Set<Recipient> declared) {
        this.declared = declared.stream().collect(Collectors.toMap(Recipient::toolName, tool -> tool, (a, b) -> a));
    }

    /** Returns whether no tools were declared, so that any name might be a tool's. */
    boolean areUnknown() {
        return declared.isEmpty();
    }

    /** Returns whether a tool with this name is declared, with or without {@code functions.}. */
    boolean isDeclared(String name) {
        return declared.containsKey(Recipient.of(name).toolName());
    }

    /** Returns whether a word is the name of a tool: declared, or in one of the known namespaces. */
    boolean isTool(String name) {
        Recipient recipient = Recipient.of(name);
        return isDeclared(name) || recipient.isFunction() || recipient.isBuiltIn();
    }

    /** Returns whether a word without {@code to=} is a recipient: the name of a tool, or a name with a dot in it. */
    boolean isRecipient(String word) {
        boolean isDotted = word.indexOf('.') >= 0;
        return isTool(word) || (isDotted && Arrays.stream(word.split("\\.", -1)).allMatch(ToolNames::couldBe));
    }

    /** Returns whether a word, cut short, can go on to be the name of a tool. */
    boolean mayBecomeTool(String begin) {
        return isTool(begin)
                || NAMESPACES.stream().anyMatch(name -> name.startsWith(begin))
                || declared.keySet().stream().anyMatch(name -> name.startsWith(begin));
    }

    /** Returns whether a recipient is a declared tool, or almost the name of one; any tool if none is declared. */
    boolean isMeant(String name) {
        return areUnknown() ? isTool(name) : isDeclared(correct(name));
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

    /** Returns the name that was meant: that of the declared tool that fits, or else the same one with {@code functions.} once. */
    String correct(String name) {
        return Recipient.of(name).among(declared.values()).map(Recipient::name).orElseGet(() -> {
            Recipient bare = Recipient.of(name);
            while (bare.isFunction()) {
                bare = Recipient.of(bare.toolName());
            }
            return bare.name().equals(name)
                    ? name
                    : Recipient.function(bare.name()).name();
        });
    }

    /** Returns a name with a space after the declared tool that it begins with, if only letters follow; or else the name. */
    String separated(String name) {
        if (isDeclared(correct(name))) {
            return name;
        }
        String bare = Recipient.of(name).toolName();
        Predicate<String> beginsName = tool ->
                bare.startsWith(tool) && bare.substring(tool.length()).chars().allMatch(Character::isLetter);
        return declared.keySet().stream()
                .filter(beginsName)
                .max(Comparator.comparingInt(String::length))
                .map(tool -> name.substring(0, name.length() - bare.length() + tool.length())
                        + ' '
                        + bare.substring(tool.length()))
                .orElse(name);
    }
}
