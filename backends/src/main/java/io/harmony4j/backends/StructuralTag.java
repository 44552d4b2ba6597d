package io.harmony4j.backends;

import io.harmony4j.SpecialToken;
import io.harmony4j.grammar.ExportFormat;
import io.harmony4j.grammar.GrammarMatcher;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A grammar as a structural tag for an xgrammar that is set up with ends of its own. Such a token is never allowed where the tag has it, but
 * is wherever the tag is complete; so the tag must end before it.
 */
final class StructuralTag {
    private final Set<JsonValue> ends;

    private StructuralTag(Set<JsonValue> ends) {
        this.ends = ends;
    }

    /**
     * Returns the tag's JSON.
     *
     * @param ends the ends that the runtime has set up, of those that a turn has
     */
    static String of(GrammarMatcher grammar, SpecialToken... ends) {
        Set<JsonValue> tokens = Arrays.stream(ends)
                .map(end -> JsonObject.builder()
                        .put("type", "token")
                        .put("token", end.id())
                        .build())
                .collect(Collectors.toUnmodifiableSet());
        JsonValue tag = Json.parse(grammar.export(ExportFormat.STRUCTURAL_TAG).text());
        return new StructuralTag(tokens).without(tag).toString();
    }

    private JsonValue without(JsonValue value) {
        if ("json_schema".equals(value.get("type").textOrNull())) {
            return value; // not a part of the tag's own
        }
        if (value.isArray()) {
            List<JsonValue> kept = value.elements().stream()
                    .filter(element -> !ends.contains(element))
                    .map(this::without)
                    .toList();
            return JsonArray.of(kept);
        }
        if (value.isObject()) {
            JsonObject.Builder copy = JsonObject.builder();
            value.members().forEach((name, member) -> copy.put(name, without(member)));
            return copy.build();
        }
        return value;
    }
}
