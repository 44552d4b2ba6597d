package io.harmony4j.tiny;

import java.util.List;
import java.util.Optional;

/**
 * The tools that a conversation has.
 *
 * @param functions the function tools, in the order in which they are declared
 * @param python whether there is the built-in Python tool
 */
record Toolbox(List<ToolForm> functions, boolean python) {
    static final Toolbox EMPTY = new Toolbox(List.of(), false);

    Toolbox {
        functions = List.copyOf(functions);
    }

    Optional<ToolForm> find(Purpose purpose) {
        return functions.stream().filter(form -> form.purpose() == purpose).findFirst();
    }
}
