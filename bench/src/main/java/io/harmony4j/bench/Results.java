package io.harmony4j.bench;

import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a run has found, for its listener as text and for programs as JSON. Not thread-safe. */
final class Results {
    private final Listener listener;
    private final List<JsonObject> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private boolean isRight = true;

    Results(Listener listener) {
        this.listener = listener;
    }

    /** Adds the speeds on a text, by contender. */
    void add(Section section, String text, Map<String, Speed> byContender) {
        byContender.forEach(
                (contender, speed) -> add(section, text, contender, JsonObject.of("mb_per_s", speed.toJson())));
    }

    /** Adds a contender's figures on a text. */
    void add(Section section, String text, String contender, JsonObject figures) {
        JsonObject.Builder row = JsonObject.builder()
                .put("section", section.toString())
                .put("text", text)
                .put("contender", contender);
        figures.members().forEach(row::put);
        rows.add(row.build());
    }

    /** Tells what a reader of the tables must know. */
    void note(String note) {
        notes.add(note);
        listener.result(note + "\n");
    }

    /** Tells that our tokens are wrong. */
    void error(String note) {
        isRight = false;
        note(note);
    }

    /** Tells a table. */
    void table(Section section, Object table) {
        listener.result("\n" + section.title() + "\n\n" + table);
    }

    void progress(String what, double share) {
        listener.progress(what, share);
    }

    /**
     * Returns all that was added.
     *
     * @param machine where it was measured
     * @param seconds how long each contender was timed on each text
     */
    JsonObject toJson(Machine machine, double seconds) {
        return machine.toJson()
                .put("tokens_right", isRight)
                .put("notes", JsonArray.ofTexts(notes))
                .put("results", JsonArray.of(rows))
                .put("seconds", seconds)
                .build();
    }
}
