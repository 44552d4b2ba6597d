package io.harmony4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.harmony4j.Message;
import io.harmony4j.SpecialToken;
import io.harmony4j.parse.MessageCollector;
import io.harmony4j.parse.ParseEvent;
import io.harmony4j.parse.ParseOptions;
import io.harmony4j.parse.StreamParser;
import io.harmony4j.tokenizer.SpecialTokens;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What holds on the inputs of all vectors, beside the answers that they expect. */
class VectorPropertyTest {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();
    private static final int FIRST_SPECIAL_TOKEN = 199_998;

    @TestFactory
    Stream<DynamicTest> tokensAreCountedAndDecodedAsTheyAreEncoded() {
        return Vectors.tests(List.of("tokenize"), vector -> {
            Request request = new Request(vector.request());
            String text = request.text("text");
            SpecialTokens special = special(request);
            int[] tokens = TOKENIZER.encode(text, special);
            String read = TOKENIZER.decode(tokens);

            assertThat(TOKENIZER.count(text, special)).isEqualTo(tokens.length);
            assertThat(TOKENIZER.encode(read, special)).isEqualTo(tokens);
        });
    }

    private static SpecialTokens special(Request request) {
        JsonNode special = request.fields().path("special");
        if (special.isArray()) {
            return SpecialTokens.of(request.texts("special").toArray(String[]::new));
        }
        return special.asText().equals("all") ? SpecialTokens.ALL : SpecialTokens.NONE;
    }

    /** Not every rendered header parses back, but no text of a message may be lost in RECOVER mode. */
    @TestFactory
    Stream<DynamicTest> whatIsRenderedReadsBackWithoutLoss() {
        return Vectors.tests(List.of("render", "render_message"), vector -> {
            JsonNode answer = new Driver().answer(vector.request());
            if (answer.has("error")) {
                return;
            }
            int[] tokens = new Request(answer).tokens("tokens");
            MessageCollector collector = new MessageCollector();
            StreamParser parser = StreamParser.create(TOKENIZER, ParseOptions.DEFAULT);
            for (int token : tokens) {
                parser.accept(token, collector);
            }
            parser.finish(collector);
            String text = TOKENIZER.decode(tokens);

            assertThat(collector.messages())
                    .isEqualTo(parser.messages())
                    .allSatisfy(message -> assertThat(text).contains(message.text()));
        });
    }

    @TestFactory
    Stream<DynamicTest> parseAndStreamGiveTheSame() {
        return Vectors.tests(List.of("parse", "stream"), vector -> {
            ObjectNode request = vector.request();
            if (request.path("eos").asBoolean(true) && request.has("tokens")) {
                JsonNode parsed = new Driver().answer(request.put("cmd", "parse"));
                JsonNode streamed = new Driver().answer(request.put("cmd", "stream"));
                for (String field : List.of("messages", "chat", "diagnostics", "error")) {
                    assertThat(streamed.path(field)).isEqualTo(parsed.path(field));
                }
            }
        });
    }

    /** A stream that is cut off, or has a token too many, too few or out of place, is no reason to throw. */
    @TestFactory
    Stream<DynamicTest> recoverNeverThrows() {
        return Vectors.tests(List.of("parse", "stream"), vector -> {
            Request request = new Request(vector.request());
            if (!request.has("tokens")) {
                return;
            }
            ParseOptions options =
                    ParseOptions.DEFAULT.withRole(request.role("role")).withTools(request.texts("tools"));
            int[] tokens = request.tokens("tokens");
            for (int i = 0; i <= tokens.length; i++) {
                parse(options, Arrays.copyOf(tokens, i));
            }
            for (int i = 0; i < tokens.length; i++) {
                parse(options, splice(tokens, i, i + 1));
                parse(options, splice(tokens, i, i + 1, tokens[i], tokens[i]));
                if (i + 1 < tokens.length) {
                    parse(options, splice(tokens, i, i + 2, tokens[i + 1], tokens[i]));
                }
            }
        });
    }

    /** Returns a copy with a range replaced. */
    private static int[] splice(int[] tokens, int from, int to, int... replacement) {
        return Stream.of(Arrays.copyOf(tokens, from), replacement, Arrays.copyOfRange(tokens, to, tokens.length))
                .flatMapToInt(Arrays::stream)
                .toArray();
    }

    /** Parses a whole stream, and checks that deltas add up and that no text shows a control token that was not typed. */
    private static void parse(ParseOptions options, int[] tokens) {
        StringBuilder deltas = new StringBuilder();
        StreamParser parser = StreamParser.create(TOKENIZER, options);
        Consumer<ParseEvent> events = event -> {
            if (event instanceof ParseEvent.ContentDelta delta) {
                deltas.append(delta.text());
            }
        };
        for (int token : tokens) {
            parser.accept(token, events);
        }
        parser.finish(events);
        String texts = parser.messages().stream().map(Message::text).collect(Collectors.joining());
        assertThat(deltas).hasToString(texts);
        String typed = TOKENIZER.decode(Arrays.stream(tokens)
                .filter(token -> token >= 0 && token < FIRST_SPECIAL_TOKEN)
                .toArray());
        for (SpecialToken special : SpecialToken.values()) {
            if (!typed.contains(special.literal())) {
                assertThat(texts).doesNotContain(special.literal());
            }
        }
    }
}
