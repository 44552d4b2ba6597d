package io.harmony4j.adk;

import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.Tool;
import io.harmony4j.ToolDescription;
import io.harmony4j.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** The functions that ADK declares, as tools for a prompt. */
final class Tools {
    private static final String FUNCTIONS = "functionDeclarations";

    private Tools() {}

    /**
     * Returns the functions of all tools.
     *
     * @throws UnsupportedOperationException if a tool is one that runs in Google's models
     */
    static List<ToolDescription> of(List<Tool> tools) {
        List<ToolDescription> functions = new ArrayList<>();
        for (Tool tool : tools) {
            for (String name : PlainJson.of(tool).members().keySet()) {
                if (!name.equals(FUNCTIONS)) {
                    throw new UnsupportedOperationException(
                            "expected functions as the tools of gpt-oss but found " + name
                                    + ", which Google's models run themselves; give the agent a FunctionTool that does its work");
                }
            }
            tool.functionDeclarations().orElse(List.of()).forEach(function -> functions.add(of(function)));
        }
        return functions;
    }

    private static ToolDescription of(FunctionDeclaration function) {
        JsonValue parameters = function.parametersJsonSchema()
                .map(PlainJson::of)
                .or(() -> function.parameters().map(SchemaJson::of))
                .orElseGet(JsonValue::ofNull);
        return ToolDescription.of(
                function.name()
                        .orElseThrow(() -> new IllegalArgumentException(
                                "expected a name of each function but found none in " + function.toJson())),
                function.description().orElse(""),
                parameters);
    }
}
