package io.harmony4j.cli;

import io.harmony4j.Recipient;
import io.harmony4j.chat.ToolFunction;
import io.harmony4j.tiny.TinyTools;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The tools of the tiny model, as a loop calls them. */
final class TinyToolbox {
    private TinyToolbox() {}

    /** Returns the function of each tool; one that the tiny model does not have fails when it is called. */
    static Map<Recipient, ToolFunction> functions(Collection<Recipient> tools) {
        return tools.stream()
                .distinct()
                .collect(Collectors.toMap(Function.identity(), tool -> arguments -> TinyTools.call(tool, arguments)));
    }
}
