package io.harmony4j.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.Message;
import io.harmony4j.Role;
import io.harmony4j.parser.ParseEvent.ContentDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextParserTest {
    private static final String EMPTY =
            "{\"version\":1,\"parser\":\"character\",\"options\":{},\"machine\":{},\"input\":{}}";
    private static final ParseOptions ASSISTANT = ParseOptions.forRole(Role.ASSISTANT);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<|channel|>final<|message|>Hi there<|return|>",
                "<|channel|>analysis<|message|>a < b <| c <|e <|foo|> <<|end|>"
                        + "<|start|>assistant<|channel|>final<|message|>\ud83e\udd84!<|return|>",
                "<|channel|>commentary to=functions.f <|constrain|>json<|message|>{}<|call|>",
                "<|channel|>final The answer is 4.",
                "",
            })
    void cutsAnywhereMakeNoDifference(String text) {
        List<Message> whole = parse(ASSISTANT, text);
        for (int i = 0; i <= text.length(); i++) {
            for (int j = i; j <= text.length(); j++) {
                assertThat(parse(ASSISTANT, text.substring(0, i), text.substring(i, j), text.substring(j)))
                        .isEqualTo(whole);
            }
        }
        assertThat(TokenStreams.messages(ASSISTANT, TokenStreams.tokens(text))).isEqualTo(whole);
    }

    @Test
    void halfMarkersAreHeldBack() {
        assertThat(deltas("<|message|>b<", "|en", "d|>")).containsExactly("b");
        assertThat(deltas("<|message|>b<", "|enx", "<")).containsExactly("b", "<|enx", "<");
    }

    @Test
    void halfSurrogatePairsAreHeldBack() {
        assertThat(deltas("<|message|>\ud83e", "\udd84")).containsExactly("\ud83e\udd84");
    }

    @Test
    void whatOnlyLooksLikeAMarkerIsText() {
        String text = "The token \"<|e\" and <|foo|> and < |end| > and <|END|>";
        assertThat(parse(ASSISTANT, "<|message|>" + text).get(0).text()).isEqualTo(text);
    }

    @Test
    void strictRefusesWithThePositionInTheText() {
        assertThatThrownBy(() -> parse(ASSISTANT.strict(), "<|message|>a<|me", "ssage|>b"))
                .isInstanceOf(HarmonyFormatException.class)
                .hasMessage("expected content or an end token but found <|message|> at character 12");
    }

    @Test
    void resumedParserGoesOnWithTheSameEvents() {
        String text =
                "<|channel|>commentary to=functions.f <|constrain|>json<|message|>{\"a\":\"\ud83e\udd84\"}<|call|>Hm";
        for (int i = 0; i <= text.length(); i++) {
            List<ParseEvent> expected = new ArrayList<>();
            List<ParseEvent> events = new ArrayList<>();
            TextParser parser = new TextParser(ASSISTANT, expected::add);
            parser.accept(text.substring(0, i));
            TextParser resumed = TextParser.resume(parser.snapshot(), events::add);
            expected.clear();
            parser.accept(text.substring(i));
            parser.finish();
            resumed.accept(text.substring(i));
            resumed.finish();
            assertThat(events).isEqualTo(expected);
        }
    }

    @Test
    void whatIsNoSnapshotIsRefused() {
        String ofTokens = new StreamParser(TokenStreams.TOKENIZER, ASSISTANT, event -> {}).snapshot();
        for (String wrong : List.of("", "{}", "[1", "null", ofTokens, ofTokens.replace("token", "character"), EMPTY)) {
            assertThatThrownBy(() -> TextParser.resume(wrong, event -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("expected a snapshot");
        }
    }

    private static List<String> deltas(String... chunks) {
        List<ParseEvent> events = new ArrayList<>();
        TextParser parser = new TextParser(ASSISTANT, events::add);
        Stream.of(chunks).forEach(parser::accept);
        parser.finish();
        return events.stream()
                .filter(ContentDelta.class::isInstance)
                .map(event -> ((ContentDelta) event).text())
                .toList();
    }

    private static List<Message> parse(ParseOptions options, String... chunks) {
        TextParser parser = new TextParser(options, event -> {});
        for (String chunk : chunks) {
            parser.accept(chunk);
        }
        parser.finish();
        return parser.messages();
    }
}
