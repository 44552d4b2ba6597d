package io.harmony4j.langchain4j;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.internal.Json;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import io.harmony4j.ResponseFormat;
import io.harmony4j.ToolDescription;
import java.util.List;
import java.util.Optional;

/** What a request's parameters say of tools and of the form of the answer, in the words of Harmony. */
final class Schemas {
    private Schemas() {}

    /** Returns the tools that the model is told of: none if it must not call any. */
    static List<ToolDescription> tools(ChatRequestParameters parameters) {
        if (parameters.toolChoice() == ToolChoice.NONE || parameters.toolSpecifications() == null) {
            return List.of();
        }
        return parameters.toolSpecifications().stream().map(Schemas::tool).toList();
    }

    private static ToolDescription tool(ToolSpecification tool) {
        String description = tool.description() == null ? "" : tool.description();
        return tool.parameters() == null
                ? ToolDescription.of(tool.name(), description)
                : ToolDescription.of(tool.name(), description, json(tool.parameters()));
    }

    /** Returns the form of the answer, if the parameters ask for one. */
    static Optional<ResponseFormat> responseFormat(ChatRequestParameters parameters) {
        dev.langchain4j.model.chat.request.ResponseFormat format = parameters.responseFormat();
        if (format == null || format.type() != ResponseFormatType.JSON) {
            return Optional.empty();
        }
        JsonSchema schema = format.jsonSchema();
        if (schema == null) {
            return Optional.of(ResponseFormat.JSON_OBJECT);
        }
        String name = schema.name() == null ? ResponseFormat.JSON_OBJECT.name() : schema.name();
        return Optional.of(ResponseFormat.of(name, null, json(schema.rootElement())));
    }

    private static String json(JsonSchemaElement schema) {
        return Json.toJson(JsonSchemaElementUtils.toMap(schema));
    }
}
