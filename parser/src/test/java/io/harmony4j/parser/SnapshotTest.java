package io.harmony4j.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.Role;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.ArrayList;
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
        assertThat(snapshot().get("version")).isEqualTo(JsonValue.of(3));
        assertThat(resume(snapshot()).state()).isEqualTo(ParserState.CONTENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "4", "3.0", "\"3\"", "null", "[3]"})
    void snapshotOfAnotherVersionIsRefused(String version) {
        JsonObject other =
                snapshot().toBuilder().put("version", Json.parse(version)).build();

        assertThatThrownBy(() -> resume(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected a snapshot of a token parser, version 3, but found other JSON");
    }

    @Test
    void snapshotWithoutOneOfItsPartsIsRefused() {
        for (String part : List.of("version", "parser", "options", "machine", "symbols", "input", "collected")) {
            assertThatThrownBy(() -> resume(snapshot().without(part)))
                    .as(part)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("expected a snapshot of a token parser");
        }
    }

    /** Whatever is changed in a snapshot, it is refused as one or read on without any other exception. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<|channel|>final<|message|>Hi to",
                "<|channel|>commentary to=functions.f<|message|><|channel|>analysis<|message|>Hm {\"a\"",
                "<|channel|>commentary lookup<|message|> ",
                "<|channel|>final<|message|>Hi<|return|>and more",
            })
    void changedSnapshotIsRefusedOrReadOn(String stream) {
        TextParser parser = new TextParser(ParseOptions.forRole(Role.ASSISTANT), event -> {});
        parser.accept(stream);
        JsonObject snapshot = (JsonObject) Json.parse(parser.snapshot());
        int refused = 0;
        for (JsonObject changed : changes(snapshot)) {
            try {
                TextParser resumed = TextParser.resume(Json.write(changed), event -> {});
                resumed.accept("{\"a\":1}<|call|><|start|>assistant<|channel|>final<|message|>Bye<|return|>");
                resumed.finish();
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageStartingWith("expected");
                refused++;
            } catch (HarmonyFormatException e) {
                assertThat(changed.get("options").get("strict").booleanValue()).isTrue();
            }
        }
        assertThat(refused).isGreaterThan(50);
    }

    /** Returns the document with each of its values, at any depth, left out or replaced in turn. */
    private static List<JsonObject> changes(JsonObject document) {
        List<JsonObject> changes = new ArrayList<>();
        document.members().forEach((name, value) -> {
            changes.add(document.without(name));
            for (String other :
                    List.of("null", "true", "false", "-1", "1e99", "\"\"", "\"HEADER\"", "[]", "[{}]", "{}")) {
                changes.add(document.toBuilder().put(name, Json.parse(other)).build());
            }
            if (value.isObject()) {
                changes((JsonObject) value)
                        .forEach(inner -> changes.add(
                                document.toBuilder().put(name, inner).build()));
            }
        });
        return changes;
    }

    @Test
    void snapshotOfALongContentIsRead() {
        TextParser parser = new TextParser(ParseOptions.forRole(Role.ASSISTANT), event -> {});
        parser.accept("<|channel|>final<|message|>" + "x".repeat(25_000_000));
        TextParser resumed = TextParser.resume(parser.snapshot(), event -> {});
        resumed.finish();
        assertThat(resumed.messages().get(0).text()).hasSize(25_000_000);
    }
}
