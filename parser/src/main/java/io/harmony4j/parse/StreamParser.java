package io.harmony4j.parse;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.harmony4j.SpecialToken;
import io.harmony4j.parse.Diagnostic.Code;
import io.harmony4j.tokenizer.StreamingDecoder;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Turns a model's tokens into messages, while they stream.
 *
 * <pre>{@code
 * StreamParser parser = StreamParser.create(Tokenizer.o200kHarmony(), ParseOptions.forRole(Role.ASSISTANT));
 * for (int token : generated) {               // <|channel|>final<|message|>Tokyo.<|return|>
 *     parser.accept(token, event -> {
 *         if (event instanceof ParseEvent.ContentDelta delta) {
 *             System.out.print(delta.text());  // Tokyo, then the full stop
 *         }
 *     });
 * }
 * parser.finish(event -> {});
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
    private static final String UNIT = "token";

    private final Tokenizer tokenizer;
    private final StreamingDecoder decoder;
    private final StrippedText stripped = new StrippedText();
    private final UsageCounter usage = new UsageCounter();

    /** The token being read. */
    private int current;

    /** Whether the end of the stream is being read instead. */
    private boolean isAtEnd;

    private StreamParser(Tokenizer tokenizer, ParseOptions options) {
        super(options);
        this.tokenizer = tokenizer;
        // parity: openai/harmony resolves at most one error with each token
        this.decoder = options.isStrict()
                ? StreamingDecoder.oneReplacementAtATime(tokenizer)
                : new StreamingDecoder(tokenizer);
    }

    /**
     * Returns a parser for one stream.
     *
     * @throws IllegalArgumentException if the tokenizer has no Harmony tokens
     */
    public static StreamParser create(Tokenizer tokenizer, ParseOptions options) {
        requireNonNull(options, "options");
        if (tokenizer.specialToken(SpecialToken.START.literal()).orElse(-1) != SpecialToken.START.id()) {
            throw new IllegalArgumentException("expected a tokenizer with Harmony's special tokens but found "
                    + tokenizer.name() + "; use Tokenizer.o200kHarmony()");
        }
        return new StreamParser(tokenizer, options);
    }

    /**
     * Returns a parser that goes on where another one was when it made a snapshot.
     *
     * @throws IllegalArgumentException if it is not a snapshot of a StreamParser
     */
    public static StreamParser resume(Tokenizer tokenizer, String snapshot) {
        JsonNode node = Snapshot.read(snapshot, UNIT);
        StreamParser parser = create(tokenizer, Snapshot.options(node));
        parser.restore(node);
        return parser;
    }

    /**
     * Reads the next token.
     *
     * @param events is told at once what the token brought
     * @throws HarmonyFormatException in STRICT mode, if the stream is not Harmony; the parser takes no more tokens then
     * @throws IllegalStateException if the parser has been finished, or has thrown before
     */
    public void accept(int token, Consumer<ParseEvent> events) {
        open(events);
        current = token;
        boolean isText = tokenizer.isToken(token) && !tokenizer.isSpecial(token);
        usage.add(isText && state() == ParserState.CONTENT);
        if (isText) {
            readText(token);
        } else {
            readSpecial(token);
        }
        machine().advance(1);
        close();
    }

    /** Returns how many tokens there were so far, and for what. */
    public Usage usage() {
        return usage.usage();
    }

    /** Returns what a client of a chat API is to get of the stream so far, with its usage. */
    @Override
    public ChatView chat() {
        return super.chat().withUsage(usage());
    }

    @Override
    void ended(ParseEvent.MessageEnded event) {
        usage.end(event.message(), event.ending());
    }

    private void readText(int token) {
        String text = decoder.decode(token);
        if (options().isStripped()) {
            stripped.read(text, machine());
        } else {
            machine().text(text);
        }
        if (decoder.takeReplaced()) {
            machine().malformed();
        }
    }

    private void readSpecial(int token) {
        Optional<SpecialToken> special = SpecialToken.find(token);
        boolean isOfFormat = special.isPresent() && special.get().isOfFormat();
        if (isOfFormat) {
            stripped.finish(machine());
            machine().special(special.get());
        } else if (!tokenizer.isToken(token)) {
            machine().meaningless(Code.UNKNOWN_TOKEN, Integer.toString(token));
        } else if (options().isStrict() && state() == ParserState.CONTENT) {
            // parity: openai/harmony keeps <|endoftext|> and reserved tokens as text
            readText(token);
        } else {
            machine().meaningless(Code.STRAY_TOKEN, tokenizer.decode(token));
        }
    }

    @Override
    String describe() {
        if (isAtEnd) {
            return "the end of the stream";
        }
        if (!tokenizer.isToken(current)) {
            return "the id " + current + ", which is not in the vocabulary";
        }
        String text = tokenizer.decode(current);
        return (tokenizer.isSpecial(current) ? text : '"' + text + '"') + " (" + current + ")";
    }

    @Override
    String name(SpecialToken token) {
        return token.literal() + " (" + token.id() + ")";
    }

    @Override
    String unit() {
        return UNIT;
    }

    @Override
    String flush() {
        String text = decoder.finish();
        if (decoder.takeReplaced()) {
            machine().malformed();
        }
        return text;
    }

    @Override
    void finishInput() {
        isAtEnd = true;
        stripped.finish(machine());
    }

    @Override
    void clearInput() {
        decoder.clear();
        stripped.clear();
        usage.clear();
        isAtEnd = false;
    }

    @Override
    void saveInput(ObjectNode into) {
        into.put("bytes", Base64.getEncoder().encodeToString(decoder.held()));
        stripped.save(into.putObject("stripped"));
        usage.save(into.putObject("usage"));
    }

    @Override
    void restoreInput(JsonNode from) {
        decoder.resume(Base64.getDecoder().decode(from.path("bytes").textValue()));
        stripped.restore(from.path("stripped"));
        usage.restore(from.path("usage"));
    }
}
