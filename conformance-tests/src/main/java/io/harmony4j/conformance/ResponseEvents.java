package io.harmony4j.conformance;

import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The events of a streamed response in the form in which they are compared, which does not depend on how texts were divided:
 * adjacent deltas of one item joined, and without {@code sequence_number}.
 */
final class ResponseEvents {
    private static final String DELTA = "delta";
    private static final String LOGPROBS = "logprobs";

    private ResponseEvents() {}

    static JsonArray normal(List<JsonValue> events) {
        List<JsonValue> form = new ArrayList<>();
        for (JsonValue event : events) {
            JsonValue next = event instanceof JsonObject object ? object.without("sequence_number") : event;
            int last = form.size() - 1;
            if (last >= 0
                    && form.get(last) instanceof JsonObject before
                    && next instanceof JsonObject more
                    && isSameText(before, more)) {
                form.set(last, joined(before, more));
            } else {
                form.add(next);
            }
        }
        return JsonArray.of(form);
    }

    private static boolean isSameText(JsonObject before, JsonObject more) {
        return before.get(DELTA).isString()
                && more.get(DELTA).isString()
                && new Difference(Map.of()).between("", withoutText(before), withoutText(more)) == null;
    }

    private static JsonObject withoutText(JsonObject event) {
        return event.without(DELTA).without(LOGPROBS);
    }

    private static JsonObject joined(JsonObject before, JsonObject more) {
        String text = before.get(DELTA).text() + more.get(DELTA).text();
        JsonObject.Builder joined = before.toBuilder().put(DELTA, text);
        if (before.has(LOGPROBS)) {
            List<JsonValue> logprobs = new ArrayList<>(before.get(LOGPROBS).elements());
            logprobs.addAll(more.get(LOGPROBS).elements());
            joined.put(LOGPROBS, JsonArray.of(logprobs));
        }
        return joined.build();
    }
}
