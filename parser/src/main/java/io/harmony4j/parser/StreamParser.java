package io.harmony4j.parser;

import static java.util.Objects.requireNonNull;

import io.harmony4j.SpecialToken;
import io.harmony4j.json.JsonValue;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Turns a model's tokens into messages, while they stream.
 *
 * <pre>{@code
 * ParseOptions options = ParseOptions.forRole(Role.ASSISTANT);
 * StreamParser parser = new StreamParser(Tokenizer.o200kHarmony(), options, event -> {
 *     if (event instanceof ParseEvent.ContentDelta delta) {
 *         System.out.print(delta.text());     // Tokyo, then the full stop
 *     }
 * });
 * for (int token : generated) {               // <|channel|>final<|message|>Tokyo.<|return|>
 *     parser.accept(token);
 * }
 * parser.finish();
 * parser.messages();                          // one message on the channel final: Tokyo.
 * }</pre>
 *
 * <p>It is a machine of three states; the stream begins in HEADER if the prompt gave the role:
 *
 * <pre>
 * EXPECT_START --start--> HEADER --message--> CONTENT --end|return|call--> EXPECT_START
 * </pre>
 *
 * <p>Special tokens are recognised by id, never by their text. In RECOVER mode (the default) no token sequence makes it
 * throw; in STRICT mode a {@link HarmonyFormatException} ends the stream. A parser belongs to one stream and one thread at a
 * time.
 */
public final class StreamParser extends MessageParser {
    private final TokenSource source;

    /**
     * Makes a parser for one stream.
     *
     * @param events is told at once what each token brought
     * @throws IllegalArgumentException if the tokenizer has no Harmony tokens
     */
    public StreamParser(Tokenizer tokenizer, ParseOptions options, Consumer<ParseEvent> events) {
        this(new TokenSource(requireHarmony(tokenizer), options), options, events);
    }

    private StreamParser(TokenSource source, ParseOptions options, Consumer<ParseEvent> events) {
        super(source, options, events);
        this.source = source;
    }

    /**
     * Returns a parser that goes on where another one was when it made a snapshot.
     *
     * @throws IllegalArgumentException if it is not a snapshot of a StreamParser
     */
    public static StreamParser resume(Tokenizer tokenizer, String snapshot, Consumer<ParseEvent> events) {
        requireHarmony(tokenizer);
        requireNonNull(events, "events");
        JsonValue state = Snapshot.read(snapshot, TokenSource.UNIT);
        StreamParser parser = new StreamParser(tokenizer, Snapshot.options(state), events);
        parser.restore(state);
        return parser;
    }

    private static Tokenizer requireHarmony(Tokenizer tokenizer) {
        requireNonNull(tokenizer, "tokenizer");
        if (tokenizer.specialToken(SpecialToken.START.literal()).orElse(-1) != SpecialToken.START.id()) {
            throw new IllegalArgumentException("expected a tokenizer with Harmony's special tokens but found "
                    + tokenizer.name() + "; use Tokenizer.o200kHarmony()");
        }
        return tokenizer;
    }

    /**
     * Reads the next token.
     *
     * @throws HarmonyFormatException in STRICT mode, if the stream is not Harmony; the parser takes no more tokens then
     * @throws IllegalStateException if the parser has been finished, or has thrown before
     */
    public void accept(int token) {
        begin();
        source.read(token, symbols());
        end();
    }

    /** Returns how many tokens there were so far, and for what. */
    public TokenCounts usage() {
        return source.counter().counts();
    }

    @Override
    Optional<TokenCounts> tokenCounts() {
        return Optional.of(usage());
    }
}
