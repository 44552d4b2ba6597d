package io.harmony4j.tiny;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How the developer wants the answer.
 *
 * @param instruction what the developer message says; empty if nothing
 * @param reminder what the model thinks of it before it answers
 * @param writer the answer's text
 */
record AnswerStyle(String instruction, String reminder, Function<Answer, String> writer) {
    static final AnswerStyle PLAIN = new AnswerStyle("", "I answer in a sentence.", Answer::sentence);

    private static final AnswerStyle ONE_WORD = new AnswerStyle(
            "Answer in one word, or with a number.", "The developer wants one word or a number.", Answer::word);

    /** Returns one of the ways that developers ask for. */
    static AnswerStyle instructed(Draw draw) {
        String word = draw.one(Words.WORDS);
        return switch (draw.between(0, 2)) {
            case 0 -> ONE_WORD;
            case 1 ->
                new AnswerStyle(
                        "End every answer with the code word " + word + ".",
                        "The developer wants the code word " + word + " at the end.",
                        answer -> answer.sentence() + " Code word " + word + ".");
            default ->
                new AnswerStyle(
                        "Begin every answer with the code word " + word + ".",
                        "The developer wants the code word " + word + " at the beginning.",
                        answer -> "Code word " + word + ". " + answer.sentence());
        };
    }

    /** Returns JSON of some of the answer's fields, in an order that the schema in the developer message gives. */
    static AnswerStyle json(Draw draw, Answer example) {
        Map<String, JsonValue> fields = example.fields();
        List<String> all = new ArrayList<>(fields.keySet());
        List<String> keys = draw.some(all, draw.between(1, all.size()));
        JsonObject.Builder properties = JsonObject.builder();
        for (String key : keys) {
            boolean text = requireNonNull(fields.get(key), key).isString();
            properties.put(key, JsonObject.of("type", JsonValue.of(text ? "string" : "number")));
        }
        JsonObject schema = JsonObject.builder()
                .put("type", "object")
                .put("properties", properties.build())
                .build();
        String name = draw.one(List.of("answer", "report", "reply"));
        return new AnswerStyle(
                "# Response Formats\n\n## " + name + "\n\n" + Json.write(schema),
                "The developer wants JSON with " + String.join(", ", keys) + ".",
                answer -> {
                    JsonObject.Builder json = JsonObject.builder();
                    keys.forEach(
                            key -> json.put(key, requireNonNull(answer.fields().get(key), key)));
                    return Json.write(json.build());
                });
    }

    /** Returns whether the answer stands apart from the other instructions, as a section of its own. */
    boolean isSection() {
        return instruction.startsWith("#");
    }

    String write(Answer answer) {
        return writer.apply(answer);
    }
}
