package io.harmony4j.parser;

import io.harmony4j.SpecialToken;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Text as what feeds the machine: special tokens are told by their literals, which may be cut anywhere. */
final class TextSource implements SymbolSource {
    static final String UNIT = "character";

    private final ParseOptions options;
    private final StrippedText stripped = new StrippedText();

    /** What may be the beginning of a marker, or the first half of a surrogate pair. */
    private final StringBuilder held = new StringBuilder();

    /** What is being read. */
    private String current = "";

    TextSource(ParseOptions options) {
        this.options = options;
    }

    /** Reads the next chunk. */
    void read(CharSequence chunk, MessageMachine machine) {
        String text = held.append(chunk).toString();
        held.setLength(0);
        int at = 0;
        while (at < text.length()) {
            int marker = nextMarker(text, at);
            readText(text.substring(at, marker), machine);
            if (marker == text.length()) {
                break;
            }
            SpecialToken token = tokenAt(text, marker);
            if (token == null) {
                held.append(text, marker, text.length());
                break;
            }
            readSpecial(token, machine);
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

    private void readText(String text, MessageMachine machine) {
        if (text.isEmpty()) {
            return;
        }
        current = '"' + text + '"';
        if (options.isStripped()) {
            stripped.read(text, machine);
        } else {
            machine.text(text);
        }
        machine.advance(text.length());
    }

    private void readSpecial(SpecialToken token, MessageMachine machine) {
        current = token.literal();
        if (token.isOfFormat()) {
            stripped.finish(machine);
            machine.special(token);
        } else if (options.isStrict() && machine.state() == ParserState.CONTENT) {
            machine.text(token.literal());
        } else if (token == SpecialToken.END_OF_TEXT) {
            machine.endOfText();
        } else {
            machine.meaningless(Diagnostic.Code.STRAY_TOKEN, token.literal());
        }
        machine.advance(token.literal().length());
    }

    @Override
    public String describe() {
        return current;
    }

    @Override
    public String name(SpecialToken token) {
        return token.literal();
    }

    @Override
    public String unit() {
        return UNIT;
    }

    @Override
    public String flush(MessageMachine machine) {
        return "";
    }

    @Override
    public void finish(MessageMachine machine) {
        String rest = held.toString();
        held.setLength(0);
        readText(rest, machine);
        current = "the end of the stream";
        stripped.finish(machine);
    }

    @Override
    public JsonObject save() {
        return JsonObject.builder()
                .put("held", Snapshot.text(held))
                .put("stripped", stripped.save())
                .build();
    }

    @Override
    public void restore(JsonValue from) {
        held.append(Snapshot.text(from.get("held")));
        stripped.restore(from.get("stripped"));
    }
}
