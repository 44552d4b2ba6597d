package io.harmony4j.adk;

import static java.util.stream.Collectors.joining;

import com.google.genai.types.Blob;
import com.google.genai.types.Content;
import com.google.genai.types.FileData;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionResponse;
import com.google.genai.types.Part;
import io.harmony4j.Recipient;
import io.harmony4j.chat.ChatTranscript;
import io.harmony4j.chat.ToolCall;
import io.harmony4j.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was said in ADK's words, added to a transcript. */
final class History {
    private static final String MODEL = "model";
    private static final String BETWEEN_PARTS = "\n";

    private History() {}

    /** Adds the system instruction of a request. */
    static void addInstruction(Content instruction, ChatTranscript transcript) {
        for (Part part : instruction.parts().orElse(List.of())) {
            transcript.instructions(textOf(part));
        }
    }

    /**
     * Adds what the user, the model or tools said.
     *
     * @throws UnsupportedOperationException if it has a part that gpt-oss cannot read
     */
    static void add(Content content, ChatTranscript transcript) {
        List<Part> parts = content.parts().orElse(List.of());
        if (content.role().orElse("").equals(MODEL)) {
            addModel(parts, transcript);
        } else {
            addUser(parts, transcript);
        }
    }

    private static void addModel(List<Part> parts, ChatTranscript transcript) {
        List<String> thoughts = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        List<ToolCall> calls = new ArrayList<>();
        for (Part part : parts) {
            if (part.functionCall().isPresent()) {
                // a thought that has no part of its own, as HarmonyLlm writes it
                ThoughtSignature.read(part)
                        .filter(thought -> thoughts.isEmpty())
                        .ifPresent(thoughts::add);
                calls.add(call(part.functionCall().get()));
            } else if (part.thought().orElse(false)) {
                thoughts.add(textOf(part));
            } else if (part.functionResponse().isPresent()) {
                addResult(part.functionResponse().get(), transcript);
            } else {
                texts.add(textOf(part));
            }
        }
        transcript.assistant(joined(thoughts), joined(texts), calls);
    }

    private static void addUser(List<Part> parts, ChatTranscript transcript) {
        List<String> texts = new ArrayList<>();
        for (Part part : parts) {
            if (part.functionResponse().isPresent()) {
                addResult(part.functionResponse().get(), transcript);
            } else {
                texts.add(textOf(part));
            }
        }
        if (!texts.isEmpty()) {
            transcript.user(joined(texts));
        }
    }

    private static ToolCall call(FunctionCall call) {
        String name = call.name().orElse("");
        return new ToolCall(
                call.id().orElse(name),
                Recipient.function(name),
                Json.write(PlainJson.of(call.args().orElse(Map.of()))));
    }

    private static void addResult(FunctionResponse response, ChatTranscript transcript) {
        if (!response.parts().orElse(List.of()).isEmpty()) {
            throw unsupported(
                    "parts in the functionResponse of " + response.name().orElse("a function"));
        }
        String name = response.name().orElse("");
        transcript.toolResult(
                response.id().orElse(name),
                Recipient.function(name),
                Json.write(PlainJson.of(response.response().orElse(Map.of()))));
    }

    /** Returns the text of a part; a part with nothing in it, which may bear a signature of another model, has none. */
    private static String textOf(Part part) {
        return part.text().orElseGet(() -> {
            refuse(part);
            return "";
        });
    }

    /** Refuses a part without text by the names of what it has, those included that come with later versions of ADK. */
    private static void refuse(Part part) {
        String found = PlainJson.of(part).members().keySet().stream()
                .filter(name -> !name.startsWith("thought") && !name.equals("partMetadata"))
                .collect(joining(", "));
        if (!found.isEmpty()) {
            Optional<String> type = part.inlineData()
                    .flatMap(Blob::mimeType)
                    .or(() -> part.fileData().flatMap(FileData::mimeType));
            throw unsupported(found + type.map(name -> " (" + name + ")").orElse(""));
        }
    }

    private static UnsupportedOperationException unsupported(String found) {
        return new UnsupportedOperationException("gpt-oss reads text, function calls and function responses but found "
                + found + "; leave it out of what the agent is told");
    }

    private static String joined(List<String> texts) {
        return texts.stream().filter(text -> !text.isEmpty()).collect(joining(BETWEEN_PARTS));
    }
}
