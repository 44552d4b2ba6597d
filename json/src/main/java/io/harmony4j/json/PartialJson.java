package io.harmony4j.json;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a tool call while they stream: what can already be told of a JSON text of which only the beginning is
 * there.
 *
 * <pre>{@code
 * PartialJson arguments = new PartialJson();
 * arguments.accept(delta);                 // each delta of the call's arguments, as it comes
 * // of {"path": "notes.txt", "size": [80, 24], "content": "Dear Ann,\nthank you."} all up to "th" is there
 * arguments.completeFields();  // path: "notes.txt" (with its quotes), size: [80, 24]
 * arguments.openField();       // content
 * arguments.openText();        // Dear Ann, a line feed, and th
 * arguments.isComplete();      // false, until the last closing bracket
 * arguments.error();           // empty
 * }</pre>
 *
 * <p>Nothing is repaired here: the first character that no JSON text could have there is an {@link #error()}, and everything
 * after it goes to {@link #text()} alone, which {@link JsonRepair} may be able to repair. The view is the same however the
 * text is cut, also within a surrogate pair.
 *
 * <p>A call takes time in proportion to its delta, and the memory is in proportion to the text. JSON that is nested deeper
 * than 1,000 levels, has a number of more than 1,000 characters, a name of more than 50,000 or a string of more than
 * 20,000,000 (Jackson's defaults) is an error; they bound what a hostile text can cost a reader. Belongs to one text and one
 * thread at a time.
 */
public final class PartialJson {
    /**
     * What Jackson reads for characters outside of ASCII. Strings may have it and nothing else may, just as with those
     * characters; so each UTF-16 code unit is one byte, and Jackson's offsets are indexes of {@link #text}.
     */
    private static final byte NOT_ASCII = 0x7F;

    private final JsonParser parser;
    private final ByteArrayFeeder feeder;
    private final StringBuilder text = new StringBuilder();
    private final Map<String, String> fields = new LinkedHashMap<>();
    private int depth;

    /** Where to look for the next token: all up to here has been read. */
    private int cursor;

    private @Nullable String openField;

    /** Where the open field's value begins; negative while that is not known. */
    private int valueStart;

    /** The open field's value if that is a string, and up to which index it has been read. */
    private @Nullable JsonStringText openText;

    private int openTextEnd;
    private boolean isComplete;
    private @Nullable String error;

    /** Creates the view of a text that is still empty. */
    public PartialJson() {
        try {
            parser = Jackson.streamingFactory().createNonBlockingByteArrayParser();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        feeder = (ByteArrayFeeder) parser.getNonBlockingInputFeeder();
    }

    /** Reads more of the text; never throws on what is in it. */
    public void accept(CharSequence delta) {
        int from = text.length();
        text.append(requireNonNull(delta, "delta"));
        if (isComplete) {
            expectSpace(from);
        } else if (error == null) {
            read(from);
        }
    }

    private void read(int from) {
        byte[] bytes = bytes(from);
        try {
            feeder.feedInput(bytes, 0, bytes.length);
            while (error == null && !isComplete && parser.nextToken() != JsonToken.NOT_AVAILABLE) {
                token(parser.currentToken());
            }
            readOpenText(text.length());
        } catch (StreamConstraintsException e) {
            error = e.getOriginalMessage() + " at character " + offset();
        } catch (IOException e) {
            fail(offset() - 1);
        }
    }

    private byte[] bytes(int from) {
        byte[] bytes = new byte[text.length() - from];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.min(text.charAt(from + i), NOT_ASCII);
        }
        return bytes;
    }

    /** Returns the index after the last character that Jackson has read. */
    private int offset() {
        return (int) parser.currentLocation().getByteOffset();
    }

    private void token(JsonToken token) {
        int end = offset();
        if (openField != null) {
            findValue(end);
        }
        if (token == JsonToken.END_OBJECT && isMissingMember(end - 1)) {
            fail(end - 1);
            return;
        }
        if (token.isStructStart()) {
            depth++;
        } else if (token.isStructEnd()) {
            depth--;
        }
        if (depth == 1 && token == JsonToken.FIELD_NAME) {
            openField = JsonStringText.of(text, next() + 1, end - 1);
            valueStart = -1;
            openText = null;
        } else if (depth == 1 && openField != null) {
            fields.put(openField, text.substring(valueStart, end));
            openField = null;
        } else if (depth == 0) {
            isComplete = true;
            expectSpace(end);
        }
        cursor = end;
    }

    /**
     * Returns whether something is missing before a closing brace. Jackson 2.21 reads {@code {"a":1,}} and {@code {"a":}} if
     * the text is cut right before the brace.
     */
    private boolean isMissingMember(int brace) {
        int at = brace - 1;
        while (isSpace(text.charAt(at))) {
            at--;
        }
        return text.charAt(at) == ',' || text.charAt(at) == ':';
    }

    /** Returns where the next token begins, or the length if it is still to come. */
    private int next() {
        while (cursor < text.length() && isBetweenTokens(text.charAt(cursor))) {
            cursor++;
        }
        return cursor;
    }

    private void findValue(int end) {
        if (valueStart < 0 && next() < end) {
            valueStart = cursor;
            if (text.charAt(cursor) == '"') {
                openText = new JsonStringText();
                openTextEnd = cursor + 1;
            }
        }
    }

    private void readOpenText(int end) {
        if (openField != null) {
            findValue(end);
            if (openText != null && openTextEnd < end) {
                openText.accept(text, openTextEnd, end);
                openTextEnd = end;
            }
        }
    }

    private void expectSpace(int from) {
        for (int at = from; at < text.length() && error == null; at++) {
            if (!isSpace(text.charAt(at))) {
                error = "expected nothing after the value but found " + quote(at, at + 1) + " at character " + at;
            }
        }
    }

    /**
     * @param noticedAt where Jackson has noticed that this is not JSON; for a wrong word that is its end
     */
    private void fail(int noticedAt) {
        readOpenText(noticedAt);
        int start = next();
        boolean isWord = start < noticedAt && Character.isLetter(text.charAt(start));
        int at = isWord ? start : noticedAt;
        error = "expected JSON but found " + quote(at, isWord ? noticedAt : at + 1) + " at character " + at;
    }

    private String quote(int from, int to) {
        char c = text.charAt(from);
        return c < ' ' ? String.format("U+%04X", (int) c) : '"' + text.substring(from, to) + '"';
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    private static boolean isBetweenTokens(char c) {
        return isSpace(c) || c == ',' || c == ':';
    }

    /**
     * Returns the fields of the outermost object whose values have ended, in the order in which they came: the name, and the
     * value as it stands in the text. Of fields with the same name it has the last one. It is a view that grows with the text.
     */
    public Map<String, String> completeFields() {
        return Collections.unmodifiableMap(fields);
    }

    /** Returns the name of the field whose value is being written, or was when the text turned out to be broken. */
    public Optional<String> openField() {
        return Optional.ofNullable(openField);
    }

    /**
     * Returns what there is of the open field's value if that is a string: the characters it stands for, without its quotes
     * and escapes. It is a copy, so that asking for it costs time in proportion to its length.
     */
    public Optional<String> openText() {
        return openField == null || openText == null ? Optional.empty() : Optional.of(openText.soFar());
    }

    /**
     * Returns whether the value has ended. A number that is the whole text, and not in an object or array, ends only with
     * white space after it.
     */
    public boolean isComplete() {
        return isComplete;
    }

    /** Returns what is wrong with the text and at which index, in UTF-16 code units; empty while it may become JSON. */
    public Optional<String> error() {
        return Optional.ofNullable(error);
    }

    /** Returns everything that was accepted, as it was. */
    public String text() {
        return text.toString();
    }
}
