package io.harmony4j.tiny;

import io.harmony4j.json.JsonValue;
import java.util.Map;

/**
 * What there is to say in the end, in all the forms in which it may be asked for.
 *
 * @param sentence in a sentence
 * @param word in a word, or a number
 * @param fields as the fields of a JSON object; none if there is nothing to say in JSON
 */
record Answer(String sentence, String word, Map<String, JsonValue> fields) {
    /** Returns an answer that is the same in every form. */
    static Answer of(String sentence) {
        return new Answer(sentence, sentence, Map.of());
    }

    /** Returns an answer in a sentence and in a word. */
    static Answer of(String sentence, String word) {
        return new Answer(sentence, word, Map.of());
    }
}
