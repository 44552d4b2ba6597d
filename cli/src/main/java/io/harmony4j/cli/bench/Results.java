package io.harmony4j.cli.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** What a run has found, for its listener as text and for programs as JSON. Not thread-safe. */
final class Results {
    private final Listener listener;
    private final ArrayNode speeds = JsonNodeFactory.instance.arrayNode();
    private final ArrayNode notes = JsonNodeFactory.instance.arrayNode();
    private boolean isRight = true;

    Results(Listener listener) {
        this.listener = listener;
    }

    /** Adds the speeds on a text, by contender. */
    void add(Section section, String text, Map<String, Speed> bySpeed) {
        bySpeed.forEach((contender, speed) -> add(section, text, contender).set("mb_per_s", speed.toJson()));
    }

    /** Adds a row that is still to be filled. */
    ObjectNode add(Section section, String text, String contender) {
        return speeds.addObject()
                .put("section", section.toString())
                .put("text", text)
                .put("contender", contender);
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

    ObjectNode toJson(Machine machine) {
        ObjectNode json = machine.toJson().put("tokens_right", isRight);
        json.set("notes", notes);
        json.set("results", speeds);
        return json;
    }
}
