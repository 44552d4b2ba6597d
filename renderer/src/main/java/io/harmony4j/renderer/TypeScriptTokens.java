package io.harmony4j.renderer;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The words of TypeScript that are valid whatever they stand for: names, literals, lines of comment. */
final class TypeScriptTokens {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");

    /** All that ends a line, and thus a comment, in TypeScript. */
    private static final Pattern LINE_END = Pattern.compile("\r\n|[\n\r\u2028\u2029]");

    private TypeScriptTokens() {}

    /** Returns a property's name. */
    static String name(String name) {
        return IDENTIFIER.matcher(name).matches() ? name : json(JsonValue.of(name));
    }

    /** Returns a value's literal type. */
    static String literal(JsonValue value) {
        return switch (value.kind()) {
            case OBJECT ->
                value.members().isEmpty()
                        ? "{}"
                        : value.members().entrySet().stream()
                                .map(member -> name(member.getKey()) + ": " + literal(member.getValue()))
                                .collect(Collectors.joining(", ", "{ ", " }"));
            case ARRAY ->
                value.elements().stream().map(TypeScriptTokens::literal).collect(Collectors.joining(", ", "[", "]"));
            default -> json(value);
        };
    }

    /** Returns a value's JSON on one line, as TypeScript counts lines. */
    static String json(JsonValue value) {
        return Json.write(value).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
    }

    /** Returns the lines of a text, of which there is at least one. A line end at the end of the text begins no further line. */
    static List<String> lines(String text) {
        List<String> lines = List.of(LINE_END.split(text, -1));
        boolean endsWithLineEnd =
                lines.size() > 1 && lines.get(lines.size() - 1).isEmpty();
        return endsWithLineEnd ? lines.subList(0, lines.size() - 1) : lines;
    }

    static boolean hasLineEnd(String text) {
        return LINE_END.matcher(text).find();
    }
}
