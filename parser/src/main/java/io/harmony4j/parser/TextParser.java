package io.harmony4j.parser;

import static java.util.Objects.requireNonNull;

import io.harmony4j.SpecialToken;
import io.harmony4j.json.JsonValue;
import java.util.function.Consumer;

/**
 * Turns a model's text into messages, while it streams: for runtimes that return text in which special tokens stand as
 * their literals. Chunks may be cut anywhere, also within a literal.
 *
 * <pre>{@code
 * TextParser parser = new TextParser(ParseOptions.forRole(Role.ASSISTANT), event -> …);
 * parser.accept("<|channel|>final<|mess");
 * parser.accept("age|>Tokyo.");
 * parser.finish();
 * }</pre>
 *
 * <p>A text does not show whether {@code <|end|>} was sampled as a token or written letter by letter. Here it counts as the
 * token; so do the literals of all tokens in {@link SpecialToken}, and nothing else does: {@code <|foo|>}, {@code < |end|>}
 * and {@code <|END|>} are text. Callers who have the ids should use {@link StreamParser}. Positions of diagnostics and errors are
 * in UTF-16 code units. A parser belongs to one stream and one thread at a time.
 */
public final class TextParser extends MessageParser {
    private final TextSource source;

    /**
     * Makes a parser for one stream.
     *
     * @param events is told at once what each chunk brought
     */
    public TextParser(ParseOptions options, Consumer<ParseEvent> events) {
        this(new TextSource(options), options, events);
    }

    private TextParser(TextSource source, ParseOptions options, Consumer<ParseEvent> events) {
        super(source, options, events);
        this.source = source;
    }

    /**
     * Returns a parser that goes on where another one was when it made a snapshot.
     *
     * @throws IllegalArgumentException if it is not a snapshot of a TextParser
     */
    public static TextParser resume(String snapshot, Consumer<ParseEvent> events) {
        requireNonNull(events, "events");
        JsonValue state = Snapshot.read(snapshot, TextSource.UNIT);
        TextParser parser = new TextParser(Snapshot.options(state), events);
        parser.restore(state);
        return parser;
    }

    /**
     * Reads the next chunk.
     *
     * @throws HarmonyFormatException in STRICT mode, if the stream is not Harmony; the parser takes no more text then
     * @throws IllegalStateException if the parser has been finished, or has thrown before
     */
    public void accept(CharSequence chunk) {
        begin();
        source.read(chunk, symbols());
        end();
    }
}
