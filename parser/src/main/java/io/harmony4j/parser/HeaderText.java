package io.harmony4j.parser;

import io.harmony4j.SpecialToken;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a header, from start (exclusive) to message (exclusive): text, with {@code <|channel|>} and
 * {@code <|constrain|>} between. Refilled for each message.
 */
final class HeaderText {
    private final List<Segment> segments = new ArrayList<>();
    private @Nullable SpecialToken marker;
    private final StringBuilder text = new StringBuilder();
    private int length;

    /**
     * A part of a header: a marker and the text up to the next one.
     *
     * @param marker {@link SpecialToken#CHANNEL}, {@link SpecialToken#CONSTRAIN}, or null for the text at the beginning
     */
    record Segment(@Nullable SpecialToken marker, String text) {
        boolean is(SpecialToken token) {
            return marker == token;
        }

        @Override
        public String toString() {
            return marker == null ? text : marker.literal() + text;
        }
    }

    void clear() {
        segments.clear();
        marker = null;
        text.setLength(0);
        length = 0;
    }

    void add(String more) {
        text.append(more);
        length += more.length();
    }

    /** Adds one of the two markers. */
    void add(SpecialToken newMarker) {
        segments.add(new Segment(marker, text.toString()));
        marker = newMarker;
        text.setLength(0);
        length += newMarker.literal().length();
    }

    /** Returns the length with markers as their literals, in UTF-16 code units. */
    int length() {
        return length;
    }

    /** Returns whether there are words, with or without markers between. */
    boolean hasWords() {
        return !Whitespace.isBlank(text) || segments.stream().anyMatch(segment -> !Whitespace.isBlank(segment.text()));
    }

    boolean isBlank() {
        return segments.isEmpty() && Whitespace.isBlank(text);
    }

    /** Returns the segments, the first of which has no marker. */
    List<Segment> segments() {
        List<Segment> all = new ArrayList<>(segments);
        all.add(new Segment(marker, text.toString()));
        return all;
    }

    /** Returns the whole header, markers as their literals. */
    @Override
    public String toString() {
        StringBuilder all = new StringBuilder(length);
        segments().forEach(all::append);
        return all.toString();
    }

    JsonObject save() {
        List<JsonObject> saved = segments().stream()
                .map(segment -> JsonObject.builder()
                        .put(
                                "marker",
                                segment.marker() == null
                                        ? null
                                        : segment.marker().literal())
                        .put("text", Snapshot.text(segment.text()))
                        .build())
                .toList();
        return JsonObject.of("segments", JsonArray.of(saved));
    }

    void restore(JsonValue from) {
        clear();
        for (JsonValue segment : from.get("segments").elements()) {
            String literal = segment.get("marker").textOrNull();
            if (literal != null) {
                add(literal.equals(SpecialToken.CHANNEL.literal()) ? SpecialToken.CHANNEL : SpecialToken.CONSTRAIN);
            }
            add(Snapshot.text(segment.get("text")));
        }
    }
}
