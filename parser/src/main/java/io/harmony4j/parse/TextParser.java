package io.harmony4j.parse;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.harmony4j.SpecialToken;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns a model's text into messages, while it streams: for runtimes that return text in which special tokens stand as
 * their literals. Chunks may be cut anywhere, also within a literal.
 *
 * <pre>{@code
 * TextParser parser = TextParser.create(ParseOptions.forRole(Role.ASSISTANT));
 * parser.accept("<|channel|>final<|mess", event -> …);
 * parser.accept("age|>Tokyo.", event -> …);
 * parser.finish(event -> …);
 * }</pre>
 *
 * <p>A text does not show whether {@code <|end|>} was sampled as a token or written letter by letter. Here it counts as the
 * token; so do the literals of all tokens in {@link SpecialToken}, and nothing else does: {@code <|foo|>}, {@code < |end|>}
 * and {@code <|END|>} are text. Who has the ids should use {@link StreamParser}. Positions of diagnostics and errors are in
 * UTF-16 code units. A parser belongs to one stream and one thread at a time.
 */
public final class TextParser extends MessageParser {
    private static final String UNIT = "character";

    private final StrippedText stripped = new StrippedText();

    /** What may be the beginning of a marker, or the first half of a surrogate pair. */
    private final StringBuilder held = new StringBuilder();

    private String current = "";

    private TextParser(ParseOptions options) {
        super(options);
    }

    /** Returns a parser for one stream. */
    public static TextParser create(ParseOptions options) {
        return new TextParser(options);
    }

    /**
     * Returns a parser that goes on where another one was when it made a snapshot.
     *
     * @throws IllegalArgumentException if it is not a snapshot of a TextParser
     */
    public static TextParser resume(String snapshot) {
        JsonNode node = Snapshot.read(snapshot, UNIT);
        TextParser parser = create(Snapshot.options(node));
        parser.restore(node);
        return parser;
    }

    /**
     * Reads the next chunk.
     *
     * @param events is told at once what the chunk brought
     * @throws HarmonyFormatException in STRICT mode, if the stream is not Harmony; the parser takes no more text then
     * @throws IllegalStateException if the parser has been finished, or has thrown before
     */
    public void accept(CharSequence chunk, Consumer<ParseEvent> events) {
        open(events);
        String text = held.append(chunk).toString();
        held.setLength(0);
        int at = 0;
        while (at < text.length()) {
            int marker = nextMarker(text, at);
            readText(text.substring(at, marker));
            if (marker == text.length()) {
                break;
            }
            SpecialToken token = tokenAt(text, marker);
            if (token == null) {
                held.append(text, marker, text.length());
                break;
            }
            readSpecial(token);
            at = marker + token.literal().length();
        }
        close();
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

    private void readText(String text) {
        if (text.isEmpty()) {
            return;
        }
        current = '"' + text + '"';
        if (options().isStripped()) {
            stripped.read(text, machine());
        } else {
            machine().text(text);
        }
        machine().advance(text.length());
    }

    private void readSpecial(SpecialToken token) {
        current = token.literal();
        if (token.isOfFormat()) {
            stripped.finish(machine());
            machine().special(token);
        } else if (options().isStrict() && state() == ParserState.CONTENT) {
            machine().text(token.literal());
        } else {
            machine().meaningless(Diagnostic.Code.STRAY_TOKEN, token.literal());
        }
        machine().advance(token.literal().length());
    }

    @Override
    String describe() {
        return current;
    }

    @Override
    String name(SpecialToken token) {
        return token.literal();
    }

    @Override
    String unit() {
        return UNIT;
    }

    @Override
    String flush() {
        return "";
    }

    @Override
    void finishInput() {
        String rest = held.toString();
        held.setLength(0);
        readText(rest);
        current = "the end of the stream";
        stripped.finish(machine());
    }

    @Override
    void clearInput() {
        held.setLength(0);
        stripped.clear();
    }

    @Override
    void saveInput(ObjectNode into) {
        into.put("held", held.toString());
        stripped.save(into.putObject("stripped"));
    }

    @Override
    void restoreInput(JsonNode from) {
        held.append(requireNonNull(from.path("held").textValue()));
        stripped.restore(from.path("stripped"));
    }
}
