package io.harmony4j.training;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonPointer;
import io.harmony4j.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value of a row and its place in it. What is not as it should be is refused with a JSON pointer, and what nobody has asked for is
 * {@link #unread}. A field that is null counts as absent. One row's fields are for one thread.
 */
final class RowField {
    /** What rows of chat logs have and nobody trains on. */
    private static final Set<String> NOISE =
            Set.of("id", "object", "created", "annotations", "logprobs", "finish_reason");

    /** What rows say of a message, which is used. */
    private static final Set<String> WEIGHTS = Set.of("weight", "train");

    private static final int MAX_SHOWN = 80;

    private final JsonValue value;

    /** The object or list that this is in, or the string whose text it is; null for the row. */
    private final @Nullable RowField parent;

    /** The name of this member or the index of this element; null for the row, and for what is the text of a string. */
    private final @Nullable Object key;

    /** The members that were asked for. */
    private @Nullable Map<String, RowField> members;

    private @Nullable List<RowField> elements;

    /** What the text of this string was read as. */
    private @Nullable RowField content;

    private RowField(JsonValue value, @Nullable RowField parent, @Nullable Object key) {
        this.value = value;
        this.parent = parent;
        this.key = key;
    }

    static RowField root(JsonValue row) {
        return new RowField(row, null, null);
    }

    JsonValue value() {
        return value;
    }

    /** Returns the member with a name, which may be absent. */
    RowField get(String name) {
        if (members == null) {
            members = new HashMap<>();
        }
        return members.computeIfAbsent(name, key -> new RowField(value.get(key), this, key));
    }

    /** Returns the member with a name, or that with another name if only that is there. */
    RowField either(String name, String other) {
        return get(value.get(name).isNull() && !value.get(other).isNull() ? other : name);
    }

    /** Counts members as read that say nothing, or nothing new. */
    void ignore(String... names) {
        for (String name : names) {
            get(name);
        }
    }

    boolean isAbsent() {
        return value.isNull();
    }

    /** Returns this string, which must be there. */
    String text() {
        if (!value.isString()) {
            throw wrong("a string");
        }
        return value.text();
    }

    /** Returns this string; an empty one if it is absent. */
    String optionalText() {
        return isAbsent() ? "" : text();
    }

    /** Returns this object, which must be there. */
    RowField object() {
        if (!value.isObject()) {
            throw wrong("an object");
        }
        return this;
    }

    /** Returns the elements of this list, which must be there. */
    List<RowField> elements() {
        if (!value.isArray()) {
            throw wrong("a list");
        }
        if (elements == null) {
            elements = new ArrayList<>();
            for (JsonValue element : value.elements()) {
                elements.add(new RowField(element, this, elements.size()));
            }
        }
        return elements;
    }

    /** Returns the elements of this list, of which there must be some. */
    List<RowField> someElements() {
        if (elements().isEmpty()) {
            throw fault("expected a list of at least one element but found an empty one");
        }
        return elements();
    }

    /** Returns the elements of this list; none if it is absent. */
    List<RowField> optionalElements() {
        return isAbsent() ? List.of() : elements();
    }

    /** Returns what the text of this string is as JSON, or this if it is no string; data sets write lists and objects as either. */
    RowField orJsonText() {
        if (!value.isString()) {
            return this;
        }
        if (content == null) {
            content = new RowField(parsed(value.text()), this, null);
        }
        return content;
    }

    /** Returns the JSON in a text that was taken from this string. */
    RowField json(String text) {
        content = new RowField(parsed(text), this, null);
        return content;
    }

    private JsonValue parsed(String text) {
        if (text.isBlank()) {
            return JsonValue.ofNull();
        }
        try {
            return Json.parseAny(text);
        } catch (IllegalArgumentException e) {
            throw fault("expected JSON in the string: " + e.getMessage());
        }
    }

    /** Returns this value's text without spaces. */
    String compact() {
        try {
            return Json.write(value);
        } catch (IllegalArgumentException e) {
            throw fault(String.valueOf(e.getMessage()));
        }
    }

    /** Returns that something else was expected in this value's place. */
    RowException wrong(String expected) {
        boolean isMissing = key instanceof String name
                && parent != null
                && !(parent.value instanceof JsonObject object && object.has(name));
        return fault("expected " + expected + " but found " + (isMissing ? "none" : found()));
    }

    private String found() {
        return switch (value.kind()) {
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            case STRING -> shown(value.text());
            default -> value.toString();
        };
    }

    /** Returns that something is wrong with this value. */
    RowException fault(String reason) {
        StringBuilder pointer = new StringBuilder();
        String inText = "";
        for (RowField field = this; field.parent != null; field = field.parent) {
            if (field.key == null) {
                inText = "in the JSON of this string" + (pointer.isEmpty() ? "" : ", at " + pointer) + ": " + inText;
                pointer.setLength(0);
            } else {
                pointer.insert(0, '/' + JsonPointer.step(field.key.toString()));
            }
        }
        return new RowException(pointer.toString(), inText + reason);
    }

    /** Returns this value's place as a JSON pointer; that of the string whose text it is in, if it is in one. */
    String pointer() {
        return fault("").pointer();
    }

    /** Returns the place of a member of this; that of the string whose text this is in, if it is in one. */
    private String pointerTo(String name) {
        for (RowField field = this; field != null; field = field.parent) {
            if (field.key == null && field.parent != null) {
                return field.parent.pointer();
            }
        }
        return pointer() + '/' + JsonPointer.step(name);
    }

    /** Returns a text as an error message shows it: quoted, and the beginning of a long one. */
    static String shown(String text) {
        int end = Math.min(text.length(), MAX_SHOWN);
        return JsonValue.of(text.substring(0, end)) + (end < text.length() ? "..." : "");
    }

    /**
     * Returns the members of this and of what is in it that nobody has asked for, each once, without the indices of lists, as in
     * {@code messages.metadata}, with the JSON pointer of the first. Empty values and known noise are not among them, nor is anything in a value that
     * was read as a whole.
     */
    Map<String, String> unread() {
        Map<String, String> paths = new LinkedHashMap<>();
        addUnread("", paths);
        return paths;
    }

    private void addUnread(String path, Map<String, String> paths) {
        if (content != null) {
            content.addUnread(path, paths);
        }
        if (elements != null) {
            elements.forEach(element -> element.addUnread(path, paths));
        }
        if (members == null) {
            return;
        }
        Map<String, RowField> read = members;
        value.members().forEach((name, member) -> {
            String memberPath = path.isEmpty() ? name : path + '.' + name;
            RowField field = read.get(name);
            if (field != null) {
                field.addUnread(memberPath, paths);
            } else if (!NOISE.contains(name) && !isEmpty(member)) {
                paths.computeIfAbsent(memberPath, unread -> pointerTo(name));
            }
        });
    }

    /** Returns whether a field is one that rows have beside what the format has, and that is used, or noise. */
    static boolean isOfRow(String name) {
        return NOISE.contains(name) || WEIGHTS.contains(name);
    }

    private static boolean isEmpty(JsonValue value) {
        return switch (value.kind()) {
            case NULL -> true;
            case STRING -> value.text().isEmpty();
            case ARRAY -> value.elements().isEmpty();
            case OBJECT -> value.members().isEmpty();
            default -> false;
        };
    }
}
