package io.harmony4j;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value with its place in the text. Unlike a {@link JsonNode} it keeps all members of an object, repeated names
 * too, since the format refuses those in its own objects and allows them in a schema.
 *
 * @param kind the token that the value begins with
 * @param scalar the value itself, or null for an object or array
 * @param names the names of an object's members, in order; empty for anything else
 * @param values the values of an object's members or an array's elements
 * @param line of its first character, from 1
 * @param column of its first character, from 1
 */
record JsonTree(
        JsonToken kind, @Nullable JsonNode scalar, List<String> names, List<JsonTree> values, int line, int column) {

    /** Nesting that the reference still reads: serde_json gives up at 128 levels. */
    private static final int MAX_DEPTH = 127;

    /** Tokens of JSON in one text: 100 MB of {@code [[],[],...} would otherwise become several GB of values. */
    private static final long MAX_TOKENS = 25_000_000;

    /** The longest integers of 64 bits: 20 digits, or 19 after a minus. */
    private static final int MAX_INTEGER_LENGTH = 20;

    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger UNSIGNED_LONG_MAX =
            BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxTokenCount(MAX_TOKENS)
                    // The text is in memory already, so its parts need no limits of their own.
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /**
     * Reads a text that holds one JSON value and nothing else.
     *
     * @throws IllegalArgumentException if it does not
     */
    static JsonTree parse(String json) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (parser.nextToken() == null) {
                throw new IllegalArgumentException("expected JSON but found nothing");
            }
            JsonTree tree = read(parser);
            if (parser.nextToken() != null) {
                throw failure("expected one JSON value but found more text after it", parser.currentTokenLocation());
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw failure("expected JSON but found something else: " + reason(e), e.getLocation());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what Jackson says, without the source, which it does not know and names all the same. */
    private static String reason(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        int source = message.indexOf(" (start marker at [Source");
        return source < 0 ? message : message.substring(0, source);
    }

    private static JsonTree read(JsonParser parser) throws IOException {
        JsonToken kind = parser.currentToken();
        JsonLocation start = parser.currentTokenLocation();
        List<String> names = List.of();
        List<JsonTree> values = List.of();
        JsonNode scalar = null;
        switch (kind) {
            case START_OBJECT -> {
                names = new ArrayList<>(0);
                values = new ArrayList<>(0);
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    names.add(wellFormed(parser.currentName(), parser));
                    parser.nextToken();
                    values.add(read(parser));
                }
            }
            case START_ARRAY -> {
                values = new ArrayList<>(0);
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    values.add(read(parser));
                }
            }
            case VALUE_STRING -> scalar = JsonNodeFactory.instance.textNode(wellFormed(parser.getText(), parser));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> scalar = number(parser);
            case VALUE_TRUE, VALUE_FALSE -> scalar = JsonNodeFactory.instance.booleanNode(kind == JsonToken.VALUE_TRUE);
            default -> scalar = JsonNodeFactory.instance.nullNode();
        }
        return new JsonTree(kind, scalar, names, values, start.getLineNr(), start.getColumnNr());
    }

    /**
     * The number as serde_json holds it: an integer of 64 bits, signed or unsigned, where it is one, or else a double.
     * Also -0 is a double.
     */
    private static JsonNode number(JsonParser parser) throws IOException {
        String text = parser.getText();
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && !text.equals("-0")
                && text.length() <= MAX_INTEGER_LENGTH) {
            BigInteger integer = new BigInteger(text);
            if (integer.bitLength() < Long.SIZE) {
                return JsonNodeFactory.instance.numberNode(integer.longValue());
            }
            if (integer.compareTo(LONG_MIN) >= 0 && integer.compareTo(UNSIGNED_LONG_MAX) <= 0) {
                return JsonNodeFactory.instance.numberNode(integer);
            }
        }
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            throw failure("expected a number that a double can hold but found " + text, parser.currentTokenLocation());
        }
        return JsonNodeFactory.instance.numberNode(value);
    }

    private static String wellFormed(String text, JsonParser parser) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSurrogatePair(text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
                    throw failure(
                            "expected text but found an unpaired surrogate (\\u" + Integer.toHexString(text.charAt(i))
                                    + ") in it",
                            parser.currentTokenLocation());
                }
                i++;
            }
        }
        return text;
    }

    /** Returns the value as a node; of members with the same name the first gives the place and the last the value. */
    JsonNode toNode() {
        if (kind == JsonToken.START_OBJECT) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (int i = 0; i < names.size(); i++) {
                object.set(names.get(i), values.get(i).toNode());
            }
            return object;
        }
        if (kind == JsonToken.START_ARRAY) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            values.forEach(value -> array.add(value.toNode()));
            return array;
        }
        return scalar == null ? JsonNodeFactory.instance.nullNode() : scalar;
    }

    /** Returns a list of this list's elements from one index to before another, at the same place. */
    JsonTree sublist(int from, int to) {
        return new JsonTree(kind, scalar, names, values.subList(from, to), line, column);
    }

    boolean isNull() {
        return kind == JsonToken.VALUE_NULL;
    }

    /** What this is, for an error message: strings and other scalars as they are, the rest by kind. */
    String describe() {
        return switch (kind) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            default -> {
                String text = Json.write(toNode());
                yield text.length() <= 80 ? text : text.substring(0, 77) + "...";
            }
        };
    }

    /** An exception for this value: {@code expected WHAT but found FOUND at PATH (line, column)}. */
    IllegalArgumentException unexpected(String expected, String path) {
        return failure(expected, describe(), path);
    }

    IllegalArgumentException failure(String expected, String found, String path) {
        return new IllegalArgumentException("expected " + expected + " but found " + found + " at " + path + " (line "
                + line + ", column " + column + ")");
    }

    private static IllegalArgumentException failure(String message, @Nullable JsonLocation location) {
        return new IllegalArgumentException(
                location == null
                        ? message
                        : message + " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")");
    }
}
