package io.harmony4j.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.Role;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read as a snapshot. */
class SnapshotTest {
    private static JsonObject snapshot() {
        StreamParser parser =
                new StreamParser(TokenStreams.TOKENIZER, ParseOptions.forRole(Role.ASSISTANT), event -> {});
        for (int token : TokenStreams.tokens("<|channel|>final<|message|>Hi")) {
            parser.accept(token);
        }
        return (JsonObject) Json.parse(parser.snapshot());
    }

    private static StreamParser resume(JsonValue snapshot) {
        return StreamParser.resume(TokenStreams.TOKENIZER, Json.write(snapshot), event -> {});
    }

    @Test
    void snapshotOfThisVersionIsRead() {
        assertThat(snapshot().get("version")).isEqualTo(JsonValue.of(2));
        assertThat(resume(snapshot()).state()).isEqualTo(ParserState.CONTENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "3", "2.0", "\"2\"", "null", "[2]"})
    void snapshotOfAnotherVersionIsRefused(String version) {
        JsonObject other =
                snapshot().toBuilder().put("version", Json.parse(version)).build();

        assertThatThrownBy(() -> resume(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected a snapshot of a token parser, version 2, but found other JSON");
    }

    @Test
    void snapshotWithoutOneOfItsPartsIsRefused() {
        for (String part : List.of("version", "parser", "options", "machine", "input")) {
            assertThatThrownBy(() -> resume(snapshot().without(part)))
                    .as(part)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("expected a snapshot of a token parser");
        }
    }
}
