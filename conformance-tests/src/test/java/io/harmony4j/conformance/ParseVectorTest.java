package io.harmony4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.Json;
import io.harmony4j.Message;
import io.harmony4j.parse.HarmonyFormatException;
import io.harmony4j.parse.MessageCollector;
import io.harmony4j.parse.ParseOptions;
import io.harmony4j.parse.StreamParser;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ParseVectorTest {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();

    @TestFactory
    Stream<DynamicTest> strict() {
        return Vectors.tests("parse", vector -> {
            Request request = new Request(vector.request());
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
            assertThat(vector.differences(new Driver().answer(vector.request())))
                    .isEmpty();
        });
    }

    @TestFactory
    Stream<DynamicTest> recoverNeverThrows() {
        return Vectors.tests("parse", vector -> {
            Request request = new Request(vector.request());
            ParseOptions options = ParseOptions.DEFAULT.withRole(request.role("role"));
            assertThatCode(() -> parse(request, options, new MessageCollector()))
                    .doesNotThrowAnyException();
        });
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
