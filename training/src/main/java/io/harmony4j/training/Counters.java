package io.harmony4j.training;

import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts of things by their names, in groups. Names come from data, so a group counts only so many of them apart. Not thread-safe. */
final class Counters {
    /** The name under which all is counted that comes after so many others. */
    static final String OTHERS = "(others)";

    private static final int MAX_NAMES = 200_000;

    private final Map<String, Map<String, Long>> groups = new HashMap<>();

    /** Returns the counts that {@link #toJson} gave. */
    static Counters of(JsonValue json) {
        Counters counters = new Counters();
        json.members()
                .forEach((group, counts) ->
                        counts.members().forEach((name, count) -> counters.add(group, name, count.longValue())));
        return counters;
    }

    void add(String group, String name, long count) {
        Map<String, Long> counts = groups.computeIfAbsent(group, key -> new HashMap<>());
        counts.merge(counts.size() < MAX_NAMES || counts.containsKey(name) ? name : OTHERS, count, Long::sum);
    }

    void addAll(Counters others) {
        others.groups.forEach((group, counts) -> counts.forEach((name, count) -> add(group, name, count)));
    }

    boolean has(String group, String name) {
        return groups.getOrDefault(group, Map.of()).containsKey(name);
    }

    long get(String group, String name) {
        return groups.getOrDefault(group, Map.of()).getOrDefault(name, 0L);
    }

    /** Returns the counts of a group, by the order of their names. */
    SortedMap<String, Long> group(String group) {
        return new TreeMap<>(groups.getOrDefault(group, Map.of()));
    }

    JsonObject toJson() {
        JsonObject.Builder json = JsonObject.builder();
        new TreeMap<>(groups).keySet().forEach(group -> json.put(group, toJson(group(group))));
        return json.build();
    }

    static JsonObject toJson(Map<String, Long> counts) {
        JsonObject.Builder json = JsonObject.builder();
        counts.forEach((name, count) -> json.put(name, (long) count));
        return json.build();
    }
}
