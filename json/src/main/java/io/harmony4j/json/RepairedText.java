package io.harmony4j.json;

import io.harmony4j.json.JsonRepair.Change;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A text that is read from the left to the right, its repaired copy, and what differs. Belongs to one repair. */
final class RepairedText {
    final String text;

    /** The copy so far. */
    final StringBuilder out;

    /** The index of the next character, and the one after the last. */
    int at;

    int end;

    private final List<Change> changes = new ArrayList<>();

    RepairedText(String text) {
        this.text = text;
        this.end = text.length();
        this.out = new StringBuilder(text.length() + 16);
    }

    boolean isAtEnd() {
        return at == end;
    }

    /** Returns the next character. */
    char next() {
        return text.charAt(at);
    }

    /** Copies everything before the index. */
    void copyTo(int index) {
        out.append(text, at, index);
        at = index;
    }

    void copySpace() {
        int to = at;
        while (to < end && isSpace(text.charAt(to))) {
            to++;
        }
        copyTo(to);
    }

    /** Puts something in the place of everything before the index. */
    void replaceTo(int index, String replacement, Change.Kind kind) {
        report(kind, at, text.substring(at, index));
        out.append(replacement);
        at = index;
    }

    /** Leaves out the rest of the text from an index on, and takes back what was copied of it. */
    void cutOff(int from, int outFrom) {
        changes.removeIf(change -> change.index() >= from);
        report(Change.Kind.CUT_OFF, from, text.substring(from, end));
        out.setLength(outFrom);
        at = end;
    }

    void report(Change.Kind kind, int index, String concerned) {
        changes.add(new Change(kind, index, concerned));
    }

    /** Returns the changes in the order of their indexes. */
    List<Change> changes() {
        // a trailing comma is only known as such at the bracket after it
        changes.sort(Comparator.comparingInt(Change::index));
        return changes;
    }

    static boolean isSpace(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }
}
