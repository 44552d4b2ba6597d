package io.harmony4j.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a text that holds one JSON value and nothing else. The text is read as UTF-8: Jackson's reader of strings takes
 * characters beyond ASCII for hexadecimal digits ({@code \}{@code u004} followed by U+0131). Reads one text.
 */
final class JsonReader {
    /** Tokens of JSON in one text: 100 MB of {@code [[],[],...} would otherwise become several GB of values. */
    private static final int MAX_TOKENS = 25_000_000;

    /** The longest integers of 64 bits: 20 digits, or 19 after a minus. */
    private static final int MAX_INTEGER_LENGTH = 20;

    /** The longest number of JSON that is not of the format, in characters; it keeps all its digits. */
    private static final int MAX_NUMBER_LENGTH_OF_ANY = 1000;

    /** How much of a text Jackson looks at to find out its encoding, in bytes. */
    private static final int ENCODING_MARK = 4;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger UNSIGNED_LONG_MAX =
            BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

    private final byte[] utf8;
    private final TextPosition position;

    /** Whether what JSON allows and the format does not is read too. */
    private final boolean readsAny;

    private final int maxDepth;
    private int tokens;

    JsonReader(String json, boolean readsAny) {
        requireWellFormed(json);
        this.readsAny = readsAny;
        this.maxDepth = readsAny ? Jackson.MAX_DEPTH_OF_ANY : Jackson.MAX_DEPTH;
        this.utf8 = json.getBytes(StandardCharsets.UTF_8);
        this.position = new TextPosition(utf8);
        requireUtf8(json);
    }

    /** Reads any JSON. */
    JsonReader(byte[] utf8) {
        this.readsAny = true;
        this.maxDepth = Jackson.MAX_DEPTH_OF_ANY;
        this.utf8 = utf8;
        this.position = new TextPosition(utf8);
        if (!Utf8.isWellFormed(utf8)) {
            throw new IllegalArgumentException("expected UTF-8 but found other bytes");
        }
        requireUtf8(
                new String(utf8, 0, Math.min(utf8.length, Utf8.MAX_SEQUENCE * ENCODING_MARK), StandardCharsets.UTF_8));
    }

    /** Refuses what would be lost on the way to UTF-8. */
    private static void requireWellFormed(String json) {
        int at = unpairedSurrogate(json, 0);
        if (at >= 0) {
            TextPosition place = new TextPosition(json.substring(0, at).getBytes(StandardCharsets.UTF_8));
            place.moveTo(Integer.MAX_VALUE);
            throw unpaired(json.charAt(at), place);
        }
    }

    /** Refuses what Jackson would take for the mark of another encoding, none of which can begin a JSON text. */
    private void requireUtf8(String json) {
        if (json.indexOf(BYTE_ORDER_MARK) == 0) {
            throw failure("expected JSON but found a byte order mark (U+FEFF); leave it out");
        }
        int zero = json.indexOf(0);
        if (zero >= 0 && zero < ENCODING_MARK) {
            position.moveTo(json.substring(0, zero).getBytes(StandardCharsets.UTF_8).length);
            throw failure("expected JSON but found the character U+0000");
        }
    }

    /**
     * @throws IllegalArgumentException if the text is not one JSON value
     */
    JsonValue read() {
        try (JsonParser parser = Jackson.factory().createParser(utf8)) {
            if (parser.nextToken() == null) {
                throw new IllegalArgumentException("expected JSON but found nothing");
            }
            JsonValue value = value(parser);
            if (parser.nextToken() != null) {
                moveTo(parser.currentTokenLocation());
                throw failure("expected one JSON value but found more text after it");
            }
            return value;
        } catch (JsonProcessingException e) {
            moveTo(e.getLocation());
            throw failure("expected JSON but found something else: " + reason(e));
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

    /** Reads the value at the current token. A stack of its own takes the place of recursion: a thread may have little room on its. */
    private JsonValue value(JsonParser parser) throws IOException {
        Deque<Open> open = new ArrayDeque<>();
        while (true) {
            count(parser);
            JsonToken kind = parser.currentToken();
            if (kind == JsonToken.FIELD_NAME) {
                open.element().name(wellFormed(parser.currentName(), parser));
            } else if (kind.isStructStart()) {
                moveTo(parser.currentTokenLocation());
                boolean isObject = kind == JsonToken.START_OBJECT;
                open.push(isObject ? new OpenObject(position) : new OpenArray(position));
                requireDepth(open.size());
            } else {
                JsonValue value = kind.isStructEnd() ? open.pop().ended() : scalar(parser);
                if (open.isEmpty()) {
                    return value;
                }
                open.element().add(value);
            }
            parser.nextToken();
        }
    }

    private JsonScalar scalar(JsonParser parser) throws IOException {
        moveTo(parser.currentTokenLocation());
        int line = position.line();
        int column = position.column();
        JsonToken kind = parser.currentToken();
        return switch (kind) {
            case VALUE_STRING ->
                new JsonScalar(JsonValue.Kind.STRING, wellFormed(parser.getText(), parser), line, column);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                new JsonScalar(JsonValue.Kind.NUMBER, number(parser), line, column);
            case VALUE_TRUE, VALUE_FALSE ->
                new JsonScalar(JsonValue.Kind.BOOLEAN, kind == JsonToken.VALUE_TRUE, line, column);
            default -> new JsonScalar(JsonValue.Kind.NULL, "", line, column);
        };
    }

    private void requireDepth(int depth) {
        if (depth > maxDepth) {
            throw failure("expected at most " + maxDepth + " levels of nesting but found " + depth);
        }
    }

    private void count(JsonParser parser) {
        if (++tokens > MAX_TOKENS) {
            moveTo(parser.currentTokenLocation());
            throw failure("expected at most " + MAX_TOKENS + " tokens of JSON but found more");
        }
    }

    /**
     * The number as serde_json holds it: an integer of 64 bits, signed or unsigned, where it is one, or else a double. Also -0
     * is a double. Of other JSON, what that would change is kept as it is.
     */
    private Number number(JsonParser parser) throws IOException {
        String text = parser.getText();
        if (readsAny && text.length() > MAX_NUMBER_LENGTH_OF_ANY) {
            throw failure("expected a number of at most " + MAX_NUMBER_LENGTH_OF_ANY + " characters but found "
                    + JsonValue.shortened(text) + " of " + text.length());
        }
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && !text.equals("-0")
                && text.length() <= MAX_INTEGER_LENGTH) {
            BigInteger integer = new BigInteger(text);
            if (integer.bitLength() < Long.SIZE) {
                return integer.longValue();
            }
            if (integer.compareTo(LONG_MIN) >= 0 && integer.compareTo(UNSIGNED_LONG_MAX) <= 0) {
                return integer;
            }
        }
        double value = Double.parseDouble(text);
        if (readsAny) {
            return exact(parser.currentToken(), text, value);
        }
        if (Double.isInfinite(value)) {
            throw failure("expected a number that a double can hold but found " + JsonValue.shortened(text));
        }
        return value;
    }

    /** Returns the double if it says what the text says, or else the text's number. */
    private Number exact(JsonToken kind, String text, double value) {
        if (kind == JsonToken.VALUE_NUMBER_INT && !text.equals("-0")) {
            return new BigInteger(text);
        }
        BigDecimal decimal;
        try {
            decimal = new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw failure(
                    "expected a number whose exponent has at most 32 bits but found " + JsonValue.shortened(text));
        }
        if (Double.isFinite(value) && decimal.compareTo(new BigDecimal(JsonWriter.number(value))) == 0) {
            return value;
        }
        return decimal;
    }

    private String wellFormed(String text, JsonParser parser) {
        int at = readsAny ? -1 : unpairedSurrogate(text, 0);
        if (at >= 0) {
            moveTo(parser.currentTokenLocation());
            throw unpaired(text.charAt(at), position);
        }
        return text;
    }

    private static IllegalArgumentException unpaired(char surrogate, TextPosition place) {
        return new IllegalArgumentException("expected text but found an unpaired surrogate (\\u"
                + Integer.toHexString(surrogate) + ") in it " + place);
    }

    /** Returns the index of the first surrogate from an index on that is not one of a pair, or a negative number. */
    static int unpairedSurrogate(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSurrogatePair(text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    private void moveTo(JsonLocation location) {
        position.moveTo(location == null ? 0 : location.getByteOffset());
    }

    private IllegalArgumentException failure(String message) {
        return new IllegalArgumentException(message + " " + position);
    }

    /** An object or a list whose end has not been read. */
    private abstract static class Open {
        final int line;
        final int column;

        Open(TextPosition begin) {
            this.line = begin.line();
            this.column = begin.column();
        }

        /** Takes the name of the member that comes next. */
        abstract void name(String name);

        abstract void add(JsonValue value);

        abstract JsonValue ended();
    }

    private static final class OpenObject extends Open {
        private final Map<String, JsonValue> members = new LinkedHashMap<>();
        private final Map<String, JsonValue> repeated = new LinkedHashMap<>(0);
        private String name = "";

        OpenObject(TextPosition begin) {
            super(begin);
        }

        @Override
        void name(String next) {
            name = next;
        }

        @Override
        void add(JsonValue value) {
            if (members.put(name, value) != null) {
                repeated.put(name, value);
            }
        }

        @Override
        JsonValue ended() {
            return new JsonObject(members, repeated, line, column);
        }
    }

    private static final class OpenArray extends Open {
        private final List<JsonValue> elements = new ArrayList<>(0);

        OpenArray(TextPosition begin) {
            super(begin);
        }

        @Override
        void name(String name) {
            throw new IllegalStateException("expected an element but found the name " + name);
        }

        @Override
        void add(JsonValue value) {
            elements.add(value);
        }

        @Override
        JsonValue ended() {
            return new JsonArray(elements, line, column);
        }
    }
}
