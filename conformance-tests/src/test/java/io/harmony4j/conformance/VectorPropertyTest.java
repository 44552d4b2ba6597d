package io.harmony4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.SpecialToken;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.parser.ParseEvent;
import io.harmony4j.parser.ParseOptions;
import io.harmony4j.parser.StreamParser;
import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
            AllowedSpecial special = special(request);
            int[] tokens = TOKENIZER.encode(text, special);
            String read = TOKENIZER.decode(tokens);

            assertThat(TOKENIZER.count(text, special)).isEqualTo(tokens.length);
            assertThat(TOKENIZER.encode(read, special)).isEqualTo(tokens);
        });
    }

    private static AllowedSpecial special(Request request) {
        JsonValue special = request.fields().get("special");
        if (special.isArray()) {
            return AllowedSpecial.of(request.texts("special").toArray(String[]::new));
        }
        return special.equals(JsonValue.of("all")) ? AllowedSpecial.ALL : AllowedSpecial.NONE;
    }

    /** Not every rendered header parses back, but no text of a message may be lost in RECOVER mode. */
    @TestFactory
    Stream<DynamicTest> whatIsRenderedReadsBackWithoutLoss() {
        return Vectors.tests(List.of("render", "render_message"), vector -> {
            JsonObject answer = new Driver().answer(vector.request());
            if (answer.has("error")) {
                return;
            }
            int[] tokens = new Request(answer).tokens("tokens");
            List<Message> told = new ArrayList<>();
            StreamParser parser = new StreamParser(TOKENIZER, ParseOptions.DEFAULT, event -> {
                if (event instanceof ParseEvent.MessageEnded ended) {
                    told.add(ended.message());
                }
            });
            for (int token : tokens) {
                parser.accept(token);
            }
            parser.finish();
            String text = TOKENIZER.decode(tokens);

            assertThat(told)
                    .isEqualTo(parser.messages())
                    .allSatisfy(message -> assertThat(text).contains(message.text()));
        });
    }

    @TestFactory
    Stream<DynamicTest> parseAndStreamGiveTheSame() {
        return Vectors.tests(List.of("parse", "stream"), vector -> {
            JsonObject request = vector.request();
            if (new Request(request).flag("eos", true) && request.has("tokens")) {
                JsonObject parsed = answer(request, "parse");
                JsonObject streamed = answer(request, "stream");
                for (String field : List.of("messages", "chat", "diagnostics", "error")) {
                    assertThat(streamed.members().get(field))
                            .isEqualTo(parsed.members().get(field));
                }
            }
        });
    }

    private static JsonObject answer(JsonObject request, String command) {
        return new Driver().answer(request.toBuilder().put("cmd", command).build());
    }

    /** A stream that is cut off, or has a token too many, too few or out of place, is no reason to throw. */
    @TestFactory
    Stream<DynamicTest> recoverNeverThrows() {
        return Vectors.tests(List.of("parse", "stream"), vector -> {
            Request request = new Request(vector.request());
            if (!request.has("tokens")) {
                return;
            }
            ParseOptions options = ParseOptions.DEFAULT
                    .withRole(request.role("role"))
                    .withTools(request.texts("tools").stream()
                            .map(Recipient::function)
                            .toList());
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
        StreamParser parser = new StreamParser(TOKENIZER, options, event -> {
            if (event instanceof ParseEvent.ContentDelta delta) {
                deltas.append(delta.text());
            }
        });
        for (int token : tokens) {
            parser.accept(token);
        }
        parser.finish();
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
