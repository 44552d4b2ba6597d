package io.harmony4j.parser;

import io.harmony4j.Message;
import io.harmony4j.SpecialToken;
import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Token streams for the tests of this module, good and bad. Here and in {@link JsonTexts} all of jqwik's
 * generators are built. */
final class TokenStreams {
    static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();

    private TokenStreams() {}

    /**
     * A message as a model writes it.
     *
     * @param header from start to message, special tokens as their literals
     * @param content ordinary text
     * @param end the token that ends it
     */
    record Turn(String header, String content, SpecialToken end) {
        IntStream tokens() {
            return IntStream.concat(
                    IntStream.concat(
                            Arrays.stream(TokenStreams.tokens(header)), Arrays.stream(TOKENIZER.encode(content))),
                    IntStream.of(end.id()));
        }
    }

    /** Returns the tokens of a text in which special tokens stand as their literals. */
    static int[] tokens(String text) {
        return TOKENIZER.encode(text, AllowedSpecial.ALL);
    }

    static int[] tokens(List<Turn> turns) {
        return turns.stream().flatMapToInt(Turn::tokens).toArray();
    }

    /** Parses a whole stream, its end included. */
    static StreamParser run(ParseOptions options, Consumer<ParseEvent> events, int... tokens) {
        StreamParser parser = new StreamParser(TOKENIZER, options, events);
        for (int token : tokens) {
            parser.accept(token);
        }
        parser.finish();
        return parser;
    }

    static List<Message> messages(ParseOptions options, int... tokens) {
        return run(options, event -> {}, tokens).messages();
    }

    static List<ParseEvent> events(ParseOptions options, int... tokens) {
        List<ParseEvent> events = new ArrayList<>();
        run(options, events::add, tokens);
        return events;
    }

    /** Messages as they should be. */
    static Arbitrary<List<Turn>> turns() {
        Arbitrary<String> headers = Arbitraries.of(
                "<|start|>assistant<|channel|>final<|message|>",
                "<|start|>assistant<|channel|>analysis<|message|>",
                "<|start|>assistant<|channel|>commentary to=functions.f <|constrain|>json<|message|>",
                "<|start|>assistant to=python<|channel|>analysis code<|message|>",
                "<|start|>functions.f to=assistant<|channel|>commentary<|message|>",
                "<|start|>user<|message|>");
        // text with lone surrogates would come back with U+FFFD in their place
        Arbitrary<String> contents =
                Arbitraries.strings().ofMaxLength(40).map(text -> TOKENIZER.decode(TOKENIZER.encode(text)));
        Arbitrary<SpecialToken> ends = Arbitraries.of(SpecialToken.END, SpecialToken.CALL, SpecialToken.RETURN);
        return Combinators.combine(headers, contents, ends).as(Turn::new).list().ofMaxSize(6);
    }

    /** Tokens of single bytes, any of which may be a part of a character. */
    static Arbitrary<int[]> byteTokens() {
        List<Integer> ids = IntStream.range(0, 256).boxed().toList();
        return Arbitraries.of(ids).list().ofMaxSize(30).map(TokenStreams::unboxed);
    }

    /** Any tokens: most of them special or words of a header, some not in the vocabulary. */
    static Arbitrary<int[]> garbage() {
        Arbitrary<Integer> special = Arbitraries.of(SpecialToken.values()).map(SpecialToken::id);
        Arbitrary<Integer> word = Arbitraries.of(
                        "assistant",
                        "user",
                        "tool",
                        "final",
                        "analysis",
                        " to",
                        "=",
                        "functions",
                        ".f",
                        " json",
                        " ",
                        "\n",
                        "{",
                        "\u00e9")
                .map(text -> tokens(text)[0]);
        Arbitrary<Integer> any = Arbitraries.integers().between(-1, 201_100);
        return Arbitraries.frequencyOf(Tuple.of(5, special), Tuple.of(5, word), Tuple.of(1, any))
                .list()
                .ofMaxSize(40)
                .map(TokenStreams::unboxed);
    }

    /** Words that occur once in a stream, so that one can see where each of them went. */
    static final List<String> MARKED_WORDS = IntStream.range(0, 40)
            .mapToObj(i -> "word" + (char) ('a' + i % 26) + (char) ('a' + i / 26) + "x")
            .toList();

    /** Streams of special tokens, words of headers, and each of the marked words at most once. */
    static Arbitrary<int[]> markedGarbage() {
        Arbitrary<String> control = Arbitraries.of(SpecialToken.values()).map(SpecialToken::literal);
        Arbitrary<String> header = Arbitraries.of(
                "assistant",
                " to=",
                " json",
                "final",
                "analysis",
                " ",
                "\n",
                "functions.",
                "{",
                "user",
                "tool",
                "\u00e9");
        Arbitrary<String> marked = Arbitraries.just("*");
        return Arbitraries.frequencyOf(Tuple.of(4, control), Tuple.of(3, header), Tuple.of(3, marked))
                .list()
                .ofMaxSize(40)
                .map(parts -> {
                    int next = 0;
                    StringBuilder text = new StringBuilder();
                    for (String part : parts) {
                        text.append(part.equals("*") ? " " + MARKED_WORDS.get(next++) : part);
                    }
                    return tokens(text.toString());
                });
    }

    private static int[] unboxed(List<Integer> tokens) {
        return tokens.stream().mapToInt(Integer::intValue).toArray();
    }
}
