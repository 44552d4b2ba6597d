package io.harmony4j.parser;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.harmony4j.Message;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.parser.ParseEvent.ContentDelta;
import java.util.stream.Collectors;

/**
 * RECOVER on what a coverage-guided fuzzer finds, five minutes for a target, one target a run:
 * {@code JAZZER_FUZZ=1 ./mvnw verify -Pfuzz -pl parser -am -Dtest=RecoverFuzzTest#tokens -Dsurefire.failIfNoSpecifiedTests=false}.
 * Without JAZZER_FUZZ only the recorded findings are tried again.
 */
class RecoverFuzzTest {
    private static final SpecialToken[] SPECIAL = SpecialToken.values();

    @FuzzTest(maxDuration = "5m")
    void tokens(FuzzedDataProvider data) {
        StringBuilder deltas = new StringBuilder();
        StreamParser parser = new StreamParser(TokenStreams.TOKENIZER, options(data), event -> append(event, deltas));
        while (data.remainingBytes() > 0) {
            int token = data.consumeBoolean()
                    ? SPECIAL[data.consumeInt(0, SPECIAL.length - 1)].id()
                    : data.consumeInt(-1, TokenStreams.TOKENIZER.vocabularySize());
            parser.accept(token);
        }
        parser.finish();
        assertThat(deltas).hasToString(texts(parser));
    }

    @FuzzTest(maxDuration = "5m")
    void text(FuzzedDataProvider data) {
        StringBuilder deltas = new StringBuilder();
        TextParser parser = new TextParser(options(data), event -> append(event, deltas));
        while (data.remainingBytes() > 0) {
            String chunk = data.consumeBoolean()
                    ? SPECIAL[data.consumeInt(0, SPECIAL.length - 1)].literal()
                    : data.consumeString(20);
            parser.accept(chunk);
        }
        parser.finish();
        assertThat(deltas).hasToString(texts(parser));
    }

    private static ParseOptions options(FuzzedDataProvider data) {
        ParseOptions options = data.consumeBoolean() ? ParseOptions.forRole(Role.ASSISTANT) : ParseOptions.DEFAULT;
        return data.consumeBoolean() ? options.stripped() : options;
    }

    private static void append(ParseEvent event, StringBuilder deltas) {
        if (event instanceof ContentDelta delta) {
            deltas.append(delta.text());
        }
    }

    private static String texts(MessageParser parser) {
        return parser.messages().stream().map(Message::text).collect(Collectors.joining());
    }
}
