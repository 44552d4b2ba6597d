package io.harmony4j.parser;

import static java.util.Objects.requireNonNull;

import io.harmony4j.SpecialToken;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.parser.ParseEvent.MessageEnded;
import org.jspecify.annotations.Nullable;

/** Text as what feeds the machine: special tokens are told by their literals, which may be cut anywhere. */
final class TextSource implements SymbolSource {
    static final String UNIT = "character";

    private final ParseOptions options;
    /** What may be the beginning of a marker, or the first half of a surrogate pair. */
    private final StringBuilder held = new StringBuilder();

    /** What is being read. */
    private String current = "";

    TextSource(ParseOptions options) {
        this.options = requireNonNull(options, "options");
    }

    /** Reads the next chunk. */
    void read(CharSequence chunk, MissingMarkers symbols) {
        String text = held.append(requireNonNull(chunk, "chunk")).toString();
        held.setLength(0);
        int at = 0;
        while (at < text.length()) {
            int marker = nextMarker(text, at);
            readText(text.substring(at, marker), symbols);
            if (marker == text.length()) {
                break;
            }
            SpecialToken token = tokenAt(text, marker);
            if (token == null) {
                held.append(text, marker, text.length());
                break;
            }
            readSpecial(token, symbols);
            at = marker + token.literal().length();
        }
    }

    /** Returns the index of the first marker, or of what may become one; the length if there is neither. */
    private static int nextMarker(String text, int from) {
        int at = text.indexOf('<', from);
        while (at >= 0) {
            for (SpecialToken token : SpecialToken.values()) {
                String literal = token.literal();
                int length = Math.min(literal.length(), text.length() - at);
                if (text.regionMatches(at, literal, 0, length)) {
                    return at;
                }
            }
            at = text.indexOf('<', at + 1);
        }
        boolean isHalfPair = from < text.length() && Character.isHighSurrogate(text.charAt(text.length() - 1));
        return isHalfPair ? text.length() - 1 : text.length();
    }

    private static @Nullable SpecialToken tokenAt(String text, int at) {
        for (SpecialToken token : SpecialToken.values()) {
            if (text.startsWith(token.literal(), at)) {
                return token;
            }
        }
        return null;
    }

    private void readText(String text, MissingMarkers symbols) {
        if (text.isEmpty()) {
            return;
        }
        current = '"' + text + '"';
        symbols.text(Surrogates.paired(text));
        symbols.advance(text.length());
    }

    private void readSpecial(SpecialToken token, MissingMarkers symbols) {
        current = token.literal();
        if (token.isOfFormat()) {
            symbols.special(token);
        } else if (options.isStrict() && symbols.state() == ParserState.CONTENT) {
            symbols.text(token.literal());
        } else if (token == SpecialToken.END_OF_TEXT) {
            symbols.endOfText();
        } else {
            symbols.meaningless(Diagnostic.Code.STRAY_TOKEN, token.literal());
        }
        symbols.advance(token.literal().length());
    }

    @Override
    public String describe() {
        return current;
    }

    @Override
    public void messageEnded(MessageEnded ended) {} // it counts nothing

    @Override
    public String name(SpecialToken token) {
        return token.literal();
    }

    @Override
    public String unit() {
        return UNIT;
    }

    @Override
    public void finish(MissingMarkers symbols) {
        String rest = held.toString();
        held.setLength(0);
        readText(rest, symbols);
        current = "the end of the stream";
    }

    @Override
    public JsonObject save() {
        return JsonObject.builder().put("held", Snapshot.text(held)).build();
    }

    @Override
    public void restore(JsonValue from) {
        held.append(Snapshot.text(from.get("held")));
    }
}
