package io.harmony4j.training;

import io.harmony4j.Recipient;
import io.harmony4j.ToolDescription;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The function tools of a row: {@code tools}, each with its {@code function} around it or without, or {@code functions}; as lists or as
 * the JSON of one in a string. A tool's parameters are an object or its JSON in a string.
 */
final class RowTools {
    private static final Pattern DECLARED_NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,128}");

    /** A tool that was called and not declared may have any name that a header can have. */
    private static final Pattern CALLED_NAME = Pattern.compile("[^\\s<>|]{1,256}", Pattern.UNICODE_CHARACTER_CLASS);

    private final Map<String, ToolDescription> functions = new LinkedHashMap<>();

    RowTools(RowField row) {
        addAll(row.get("tools"));
        addAll(row.get("functions"));
    }

    private void addAll(RowField tools) {
        for (RowField tool : tools.orJsonText().optionalElements()) {
            RowField type = tool.object().get("type");
            if (!type.isAbsent() && !type.text().equals("function")) {
                throw type.wrong("\"function\"");
            }
            RowField function = tool.get("function");
            add(function.isAbsent() ? tool : function.object());
        }
    }

    private void add(RowField function) {
        RowField nameField = function.get("name");
        String name = nameField.text();
        if (!DECLARED_NAME.matcher(name).matches()) {
            throw nameField.wrong("a tool's name of at most 128 letters, digits, _, - and .");
        }
        String description = function.get("description").optionalText();
        function.ignore("strict"); // is about decoding
        RowField parameters = function.get("parameters").orJsonText();
        ToolDescription tool;
        try {
            tool = parameters.isAbsent()
                    ? ToolDescription.of(name, description)
                    : ToolDescription.of(name, description, parameters.object().value());
        } catch (RowException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw parameters.fault(String.valueOf(e.getMessage()));
        }
        if (functions.put(name, tool) != null) {
            throw nameField.fault("expected tools with different names but found " + RowField.shown(name) + " twice");
        }
    }

    /** Returns what the developer message declares. */
    ToolDescription[] declared() {
        return functions.values().toArray(ToolDescription[]::new);
    }

    /** Returns the tool that a call or a result names: a function, unless it is a built-in tool that is not declared as a function. */
    Recipient recipient(RowField nameField) {
        String name = nameField.text();
        if (!CALLED_NAME.matcher(name).matches()) {
            throw nameField.wrong("a tool's name of at most 256 characters without white space, <, > and |");
        }
        Recipient whole = Recipient.of(name);
        boolean isWhole = !functions.containsKey(name) && (whole.isBuiltIn() || whole.isFunction());
        return isWhole ? whole : Recipient.function(name);
    }
}
