package io.harmony4j.conformance;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.renderer.ChatTemplate;
import io.harmony4j.renderer.Dialect;
import io.harmony4j.renderer.LossMask;
import io.harmony4j.renderer.Rendering;
import io.harmony4j.renderer.TrainingSample;
import io.harmony4j.renderer.UnslothMask;
import io.harmony4j.tokenizer.Tokenizer;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/** Commands of the driver on the messages of a chat as they are: what the chat template makes of them, and what trainers learn of that. */
final class ChatTemplateOperations {
    private final Tokenizer tokenizer;

    ChatTemplateOperations(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /** A chat as text and tokens. */
    void render(Request request, JsonObject.Builder reply) {
        boolean isPrompt = request.flag("add_generation_prompt", false);
        ChatTemplate template = template(request);
        String chat = chat(request, "messages");
        Rendering rendering = isPrompt ? template.renderingForCompletion(chat) : template.renderingForTraining(chat);
        int[] tokens = rendering.tokens();
        reply.put("text", tokenizer.decode(tokens));
        reply.put("tokens", JsonArray.ofIntegers(tokens));
    }

    /** Which tokens of a chat another trainer learns. */
    void mask(Request request, JsonObject.Builder reply) {
        Rendering rendering = template(request).renderingForTraining(chat(request, "chat"));
        TrainingSample sample = switch (request.text("compat")) {
            case "trl-assistant-only-loss" -> LossMask.TRL.apply(rendering);
            case "unsloth-responses-only" -> unsloth(request).apply(rendering);
            default -> throw request.wrong("compat", "\"trl-assistant-only-loss\" or \"unsloth-responses-only\"");
        };
        reply.put("text", tokenizer.decode(sample.tokens()));
        TrainingSampleJson.write(sample, false, reply);
    }

    private UnslothMask unsloth(Request request) {
        return UnslothMask.of(
                tokenizer,
                request.text("instruction_part", UnslothMask.INSTRUCTION_PART),
                request.text("response_part", UnslothMask.RESPONSE_PART));
    }

    private ChatTemplate template(Request request) {
        String dialect = request.text("dialect", Dialect.HF.wireName());
        if (!dialect.equals(Dialect.HF.wireName())) {
            throw request.wrong("dialect", "\"hf\", the only one that has a chat template,");
        }
        try {
            return new ChatTemplate(tokenizer, LocalDate.parse(request.text("date")));
        } catch (DateTimeParseException e) {
            throw request.wrong("date", "a date as in \"2026-01-31\"");
        }
    }

    private static String chat(Request request, String messages) {
        JsonObject fields = request.fields();
        JsonObject.Builder chat =
                JsonObject.builder().put("messages", fields.get(messages)).put("tools", fields.get("tools"));
        if (request.has("kwargs")) {
            chat.put("chat_template_kwargs", fields.get("kwargs"));
        }
        return Json.write(chat.build());
    }
}
