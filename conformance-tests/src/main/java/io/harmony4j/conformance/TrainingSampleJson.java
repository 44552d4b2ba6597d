package io.harmony4j.conformance;

import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.renderer.TrainingSample;
import java.util.ArrayList;
import java.util.List;

/** A training sample as the driver answers it: runs of labels and of weights by their token indices, from the first up to the last. */
final class TrainingSampleJson {
    private TrainingSampleJson() {}

    static void write(TrainingSample sample, boolean hasWeights, JsonObject.Builder reply) {
        int[] tokens = sample.tokens();
        int[] labels = sample.labels();
        reply.put("tokens", tokens.length);
        reply.put("labels", runs(labels));
        List<JsonValue> substituted = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] != TrainingSample.IGNORED && labels[i] != tokens[i]) {
                substituted.add(JsonArray.ofIntegers(i, labels[i]));
            }
        }
        if (!substituted.isEmpty()) {
            reply.put("substituted", JsonArray.of(substituted));
        }
        if (hasWeights) {
            reply.put("weights", weights(sample));
        }
    }

    /** Returns the sample of a turn, with the messages that are in it. */
    static JsonObject ofTurn(TrainingSample sample) {
        int[] tokens = sample.tokens();
        return JsonObject.builder()
                .put("tokens", tokens.length)
                .put("last_token", tokens[tokens.length - 1])
                .put("labels", runs(sample.labels()))
                .put(
                        "messages",
                        JsonArray.ofIntegers(sample.messages().stream()
                                .mapToInt(Integer::intValue)
                                .toArray()))
                .build();
    }

    private static JsonArray runs(int[] labels) {
        List<JsonValue> runs = new ArrayList<>();
        for (int from = 0; from < labels.length; ) {
            int to = from;
            while (to < labels.length && labels[to] != TrainingSample.IGNORED) {
                to++;
            }
            if (to > from) {
                runs.add(JsonArray.ofIntegers(from, to));
            }
            from = Math.max(to, from + 1);
        }
        return JsonArray.of(runs);
    }

    private static JsonArray weights(TrainingSample sample) {
        float[] weights = sample.weights();
        List<JsonValue> runs = new ArrayList<>();
        for (int from = 0; from < weights.length; ) {
            int to = from + 1;
            while (to < weights.length && weights[to] == weights[from]) {
                to++;
            }
            if (weights[from] > 0) {
                runs.add(JsonArray.of(
                        List.of(JsonValue.of(from), JsonValue.of(to), JsonValue.of((double) weights[from]))));
            }
            from = to;
        }
        return JsonArray.of(runs);
    }
}
