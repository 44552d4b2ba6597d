package io.harmony4j.renderer;

import io.harmony4j.json.JsonPointer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What has been found so far, and where: the pointers into a conversation's JSON. */
final class Findings {
    static final String MESSAGES = "/messages";

    /** The place of what concerns no single message. */
    private static final int WHOLE = -1;

    private final List<Placed> all = new ArrayList<>();

    private record Placed(int message, Finding finding) {}

    /** Adds a finding that concerns the conversation as a whole. */
    void add(Finding.Code code, String message, String suggestion) {
        add(WHOLE, code, MESSAGES, message, suggestion);
    }

    /**
     * Adds a finding.
     *
     * @param index the message's index, by which findings are sorted
     */
    void add(int index, Finding.Code code, String pointer, String message, String suggestion) {
        all.add(new Placed(index, new Finding(code, pointer, message, suggestion)));
    }

    /** Returns all findings: first those of the whole, then by message, else as they came. */
    List<Finding> inOrder() {
        return all.stream()
                .sorted(Comparator.comparingInt(Placed::message))
                .map(Placed::finding)
                .toList();
    }

    /** Returns the pointer to a message. */
    static String message(int index) {
        return MESSAGES + "/" + index;
    }

    /** Returns the pointer to a field of a message. */
    static String field(int index, String name) {
        return message(index) + "/" + name;
    }

    /** Returns the pointer to a part of a message's content. */
    static String part(int index, int part) {
        return message(index) + "/content/" + part;
    }

    /** Returns the pointer to a member of what another points to. */
    static String member(String pointer, String name) {
        return pointer + "/" + JsonPointer.step(name);
    }
}
