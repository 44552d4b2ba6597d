package io.harmony4j.parser;

import static java.util.Objects.requireNonNull;

import io.harmony4j.SpecialToken;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.parser.Diagnostic.Code;
import io.harmony4j.parser.ParseEvent.MessageEnded;
import io.harmony4j.tokenizer.StreamingDecoder;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.Base64;
import java.util.Optional;

/** Tokens as what feeds the machine: text is decoded, special tokens are told by their ids, and all are counted. */
final class TokenSource implements SymbolSource {
    static final String UNIT = "token";

    private final Tokenizer tokenizer;
    private final boolean isStrict;
    private final StreamingDecoder decoder;
    private final TokenCounter counter = new TokenCounter();

    /** The token being read. */
    private int current;

    /** Whether the end of the stream is being read instead. */
    private boolean isAtEnd;

    TokenSource(Tokenizer tokenizer, ParseOptions options) {
        this.tokenizer = tokenizer;
        this.isStrict = requireNonNull(options, "options").isStrict();
        // parity: openai/harmony resolves at most one error with each token
        this.decoder = isStrict ? StreamingDecoder.oneReplacementAtATime(tokenizer) : new StreamingDecoder(tokenizer);
    }

    TokenCounter counter() {
        return counter;
    }

    @Override
    public void messageEnded(MessageEnded ended) {
        counter.end(ended.message(), ended.ending());
    }

    /** Reads the next token. */
    void read(int token, MissingMarkers symbols) {
        current = token;
        String plain = decoder.isHolding() ? null : PlainTokens.text(token);
        boolean isText = plain != null || (tokenizer.isToken(token) && !tokenizer.isSpecial(token));
        counter.add(isText && symbols.state() == ParserState.CONTENT);
        if (plain != null) {
            symbols.plainText(plain, token);
        } else if (isText) {
            readText(token, symbols);
        } else {
            readSpecial(token, symbols);
        }
        symbols.advance(1);
    }

    private void readText(int token, MissingMarkers symbols) {
        boolean isWhole = !decoder.isHolding();
        String text = decoder.decode(token);
        if (isWhole && PlainTokens.isOpening(token)) {
            symbols.openingText(text);
            return;
        }
        symbols.text(text);
        if (decoder.takeReplaced()) {
            symbols.malformed();
        } else if (isWhole && !decoder.isHolding()) {
            PlainTokens.add(token, text);
        }
    }

    /** Reads the beginning of a character that does not go on. */
    private void readHeld(MissingMarkers symbols) {
        String text = decoder.finish();
        if (!text.isEmpty()) {
            symbols.text(text);
        }
        if (decoder.takeReplaced()) {
            symbols.malformed();
        }
    }

    private void readSpecial(int token, MissingMarkers symbols) {
        Optional<SpecialToken> special = SpecialToken.find(token);
        boolean isOfFormat = special.isPresent() && special.get().isOfFormat();
        if (isOfFormat) {
            readHeld(symbols);
            symbols.special(special.get());
        } else if (!tokenizer.isToken(token)) {
            symbols.meaningless(Code.UNKNOWN_TOKEN, Integer.toString(token));
        } else if (isStrict && symbols.state() == ParserState.CONTENT) {
            // parity: openai/harmony keeps <|endoftext|> and reserved tokens as text
            readText(token, symbols);
        } else if (token == SpecialToken.END_OF_TEXT.id()) {
            readHeld(symbols);
            symbols.endOfText();
        } else {
            symbols.meaningless(Code.STRAY_TOKEN, tokenizer.decode(token));
        }
    }

    @Override
    public String describe() {
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
    public String name(SpecialToken token) {
        return token.literal() + " (" + token.id() + ")";
    }

    @Override
    public String unit() {
        return UNIT;
    }

    @Override
    public void finish(MissingMarkers symbols) {
        readHeld(symbols);
        isAtEnd = true;
    }

    @Override
    public JsonObject save() {
        return JsonObject.builder()
                .put("bytes", Base64.getEncoder().encodeToString(decoder.held()))
                .put("usage", counter.save())
                .build();
    }

    @Override
    public void restore(JsonValue from) {
        decoder.resume(Base64.getDecoder().decode(from.get("bytes").text()));
        counter.restore(from.get("usage"));
    }
}
