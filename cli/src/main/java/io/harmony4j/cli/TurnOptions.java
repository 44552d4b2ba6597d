package io.harmony4j.cli;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.ResponseFormat;
import io.harmony4j.Role;
import io.harmony4j.ToolNamespace;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.openai.ApiException;
import io.harmony4j.openai.ApiOptions;
import io.harmony4j.openai.ApiRequest;
import io.harmony4j.openai.ChatCompletions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what a model may write in its turn, in the words of a chat request. */
final class TurnOptions {
    private static final Set<String> CHOICES = Set.of("auto", "none", "required");
    private static final Set<String> FORMATS = Set.of("text", "json_object", "json_schema");

    @Option(
            names = "--tools",
            paramLabel = "FILE",
            description =
                    "Tools that the model may call: JSON as in tools of a chat request, a list. Calls of those with"
                            + " \"strict\":true obey their schemas.")
    private @Nullable String tools;

    @Option(
            names = "--response-format",
            paramLabel = "FILE",
            description = "What the answer must be: JSON as in response_format of a chat request, or a JSON Schema.")
    private @Nullable String responseFormat;

    @Option(
            names = "--tool-choice",
            paramLabel = "CHOICE",
            description = "Whether a tool is called: auto, none, required, or the name of the tool that must be.")
    private @Nullable String toolChoice;

    boolean isGiven() {
        return tools != null || responseFormat != null || toolChoice != null;
    }

    /** Returns the request that says nothing else. */
    ApiRequest request() throws IOException {
        return request(JsonObject.EMPTY);
    }

    /** Returns the request that says nothing else, but for a limit of the turn's tokens. */
    ApiRequest request(int maxTokens) throws IOException {
        return request(JsonObject.of("max_completion_tokens", JsonValue.of(maxTokens)));
    }

    private ApiRequest request(JsonObject limit) throws IOException {
        JsonObject message =
                JsonObject.builder().put("role", "user").put("content", "").build();
        JsonObject.Builder request = JsonObject.builder().put("messages", JsonArray.of(List.of(message)));
        limit.members().forEach(request::put);
        try {
            return new ChatCompletions(ApiOptions.DEFAULT.withMaxLength(Integer.MAX_VALUE))
                    .request(addedTo(request.build()).toString());
        } catch (ApiException e) {
            throw new IllegalArgumentException(ErrorLine.describe(e), e);
        }
    }

    /** Returns a chat request that says this as well, in place of what it said of it. */
    JsonObject addedTo(JsonValue request) throws IOException {
        JsonObject.Builder fields = JsonObject.builder();
        request.members().forEach(fields::put);
        if (tools != null) {
            fields.put("tools", read(tools));
        }
        if (responseFormat != null) {
            fields.put("response_format", format(read(responseFormat)));
        }
        if (toolChoice != null) {
            fields.put("tool_choice", choice(toolChoice));
        }
        return fields.build();
    }

    private static JsonValue read(String file) throws IOException {
        Input input = new Input(file);
        try {
            return Json.parseAny(input.text());
        } catch (IllegalArgumentException e) {
            throw input.error(e);
        }
    }

    private static JsonValue format(JsonValue given) {
        String type = given.get("type").textOrNull();
        if (type != null && FORMATS.contains(type)) {
            return given;
        }
        JsonObject named = JsonObject.builder()
                .put("name", "answer")
                .put("strict", true)
                .put("schema", given)
                .build();
        return JsonObject.builder()
                .put("type", "json_schema")
                .put("json_schema", named)
                .build();
    }

    private static JsonValue choice(String given) {
        if (CHOICES.contains(given)) {
            return JsonValue.of(given);
        }
        return JsonObject.builder()
                .put("type", "function")
                .put("function", JsonObject.of("name", JsonValue.of(given)))
                .build();
    }

    /** Returns a conversation whose developer message has the tools and the format, too. */
    static Conversation addedTo(Conversation conversation, ApiRequest request) {
        Content.Developer added = developer(request.wholeConversation().messages());
        if (added == null) {
            return conversation;
        }
        List<Message> messages = new ArrayList<>(conversation.messages());
        int place = !messages.isEmpty() && messages.get(0).author().role() == Role.SYSTEM ? 1 : 0;
        Content.Developer before = place < messages.size() ? developer(messages.subList(place, place + 1)) : null;
        Content.Developer whole = before == null ? Content.Developer.EMPTY : before;
        for (ToolNamespace namespace :
                added.tools() == null ? List.<ToolNamespace>of() : added.tools().values()) {
            whole = whole.withTools(namespace);
        }
        if (!added.responseFormats().isEmpty()) {
            whole = whole.withResponseFormats(added.responseFormats().toArray(ResponseFormat[]::new));
        }
        if (before != null) {
            messages.remove(place);
        }
        messages.add(place, Message.developer(whole));
        return new Conversation(messages);
    }

    /** Returns the settings of the first message that has such alone, or null. */
    private static Content.@Nullable Developer developer(List<Message> messages) {
        return messages.stream()
                .filter(message -> message.content().size() == 1)
                .map(message -> message.content().get(0))
                .filter(Content.Developer.class::isInstance)
                .map(Content.Developer.class::cast)
                .findFirst()
                .orElse(null);
    }
}
