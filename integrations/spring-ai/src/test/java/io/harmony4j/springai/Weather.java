package io.harmony4j.springai;

import io.harmony4j.ToolDescription;
import java.util.ArrayList;
import java.util.List;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;

/** A tool as programs write it, which says that it is sunny and remembers where. */
public final class Weather {
    private final List<String> cities = new ArrayList<>();

    @Tool(name = "get_weather", description = "Returns the weather of a city.")
    public String weather(@ToolParam String city) {
        cities.add(city);
        return "sunny in " + city;
    }

    List<String> cities() {
        return cities;
    }

    /** Returns the tool as Spring AI has it. */
    ToolCallback callback() {
        return ToolCallbacks.from(this)[0];
    }

    /** Returns the tool as Harmony has it. */
    ToolDescription description() {
        var definition = callback().getToolDefinition();
        return ToolDescription.of(definition.name(), definition.description(), definition.inputSchema());
    }
}
