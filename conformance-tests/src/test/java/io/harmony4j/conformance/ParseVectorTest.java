package io.harmony4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.harmony4j.Json;
import io.harmony4j.Message;
import io.harmony4j.SpecialToken;
import io.harmony4j.parse.HarmonyFormatException;
import io.harmony4j.parse.MessageCollector;
import io.harmony4j.parse.ParseEvent;
import io.harmony4j.parse.ParseOptions;
import io.harmony4j.parse.StreamParser;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ParseVectorTest {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();

    @TestFactory
    Stream<DynamicTest> strict() {
        return Vectors.tests("parse", vector -> {
            Request request = new Request(vector.request());
            if (!request.text("mode").equals("strict")) {
                return;
            }
            ParseOptions options =
                    ParseOptions.DEFAULT.withRole(request.role("role")).strict();
            if (vector.expect().has("error")) {
                assertThatThrownBy(() -> parse(request, options, new MessageCollector()))
                        .isInstanceOf(HarmonyFormatException.class);
                return;
            }
            MessageCollector collector = new MessageCollector();
            List<Message> messages = parse(request, options, collector);
            assertThat(messages.stream().map(message -> Json.parse(message.toJson())))
                    .containsExactlyElementsOf(vector.expect().path("messages"));
            assertThat(collector.messages()).isEqualTo(messages);
        });
    }

    /** Through the driver: parse and stream give the same, and what is expected. */
    @TestFactory
    Stream<DynamicTest> driver() {
        return Vectors.tests("parse", vector -> {
            ObjectNode request = vector.request();
            JsonNode answer = new Driver().answer(request);
            assertThat(vector.differences(answer)).isEmpty();
            if (request.path("eos").asBoolean(true)) {
                String other = request.path("cmd").textValue().equals("parse") ? "stream" : "parse";
                JsonNode otherAnswer = new Driver().answer(request.put("cmd", other));
                for (String field : List.of("messages", "chat", "diagnostics", "error")) {
                    assertThat(otherAnswer.path(field)).isEqualTo(answer.path(field));
                }
            }
        });
    }

    /** A stream that is cut off, or has a token too many, too few or out of place, is no reason to throw. */
    @TestFactory
    Stream<DynamicTest> recoverNeverThrows() {
        return Vectors.tests("parse", vector -> {
            Request request = new Request(vector.request());
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

    /** Parses a whole stream, and checks that deltas add up and that no text shows a control token. */
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
        for (SpecialToken special : SpecialToken.values()) {
            assertThat(texts).doesNotContain(special.literal());
        }
    }

    private static List<Message> parse(Request request, ParseOptions options, MessageCollector collector) {
        StreamParser parser = StreamParser.create(TOKENIZER, options);
        for (int token : request.tokens("tokens")) {
            parser.accept(token, collector);
        }
        if (request.flag("eos", true)) {
            parser.finish(collector);
        }
        return parser.messages();
    }
}
