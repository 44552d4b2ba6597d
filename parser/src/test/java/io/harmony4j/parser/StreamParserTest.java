package io.harmony4j.parser;

import static io.harmony4j.parser.TokenStreams.TOKENIZER;
import static io.harmony4j.parser.TokenStreams.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.Author;
import io.harmony4j.Channel;
import io.harmony4j.ContentType;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.parser.ParseEvent.ContentDelta;
import io.harmony4j.parser.ParseEvent.Ending;
import io.harmony4j.parser.ParseEvent.MessageEnded;
import io.harmony4j.parser.ParseEvent.MessageStarted;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What both modes do with streams that are as they should be. */
class StreamParserTest {
    private static final ParseOptions ASSISTANT = ParseOptions.forRole(Role.ASSISTANT);

    @Test
    void eachTokenTellsWhatItBrought() {
        Header header = new Header(Author.of(Role.ASSISTANT), null, Channel.FINAL, null);
        assertThat(TokenStreams.events(ASSISTANT, tokens("<|channel|>final<|message|>Hi there<|return|>")))
                .containsExactly(
                        new MessageStarted(header),
                        new ContentDelta("Hi"),
                        new ContentDelta(" there"),
                        new MessageEnded(header.message("Hi there"), Ending.RETURN));
    }

    @Test
    void eventsComeWithTheirToken() {
        List<ParseEvent> events = new ArrayList<>();
        StreamParser parser = new StreamParser(TOKENIZER, ASSISTANT, events::add);
        int[] header = tokens("<|channel|>final");
        for (int token : header) {
            parser.accept(token);
        }
        assertThat(events).isEmpty();
        parser.accept(tokens("<|message|>")[0]);
        assertThat(events).hasSize(1);
        parser.accept(tokens("Hi")[0]);
        assertThat(events).hasSize(2);
    }

    @Test
    void reasoningCallAndAnswerAreMessages() {
        List<Message> messages = TokenStreams.messages(
                ASSISTANT.strict(),
                tokens("<|channel|>analysis<|message|>Look.<|end|>"
                        + "<|start|>assistant<|channel|>commentary to=functions.f <|constrain|>json<|message|>{}<|call|>"
                        + "<|start|>functions.f to=assistant<|channel|>commentary<|message|>7<|end|>"
                        + "<|start|>assistant<|channel|>final<|message|>Seven.<|return|>"));
        assertThat(messages)
                .containsExactly(
                        Message.analysis("Look."),
                        Message.of(Role.ASSISTANT, "{}")
                                .withChannel(Channel.COMMENTARY)
                                .withRecipient(Recipient.function("f"))
                                .withContentType(ContentType.JSON),
                        Message.tool(Recipient.function("f"), "7"),
                        Message.answer("Seven."));
    }

    @ParameterizedTest
    @CsvSource({
        "<|start|>assistant to=f<|channel|>commentary<|message|>",
        "<|start|>assistant<|channel|>commentary to=f<|message|>",
        "<|start|>assistant\tto=f<|channel|>commentary<|message|>",
    })
    void recipientStandsBeforeOrAfterTheChannel(String header) {
        Message message = TokenStreams.messages(ParseOptions.DEFAULT.strict(), tokens(header))
                .get(0);
        assertThat(message)
                .isEqualTo(Message.of(Role.ASSISTANT, "")
                        .withChannel(Channel.COMMENTARY)
                        .withRecipient(Recipient.of("f")));
    }

    @ParameterizedTest
    @CsvSource({"<|end|>, END", "<|call|>, CALL", "<|return|>, RETURN", "'', END_OF_STREAM"})
    void endingTellsHowAMessageEnded(String end, Ending ending) {
        List<ParseEvent> events = TokenStreams.events(ASSISTANT, tokens("<|message|>Hi" + end));
        assertThat(events.get(events.size() - 1)).isEqualTo(new MessageEnded(Message.of(Role.ASSISTANT, "Hi"), ending));
    }

    @Test
    void characterInSeveralTokensIsOneDelta() {
        int[] family = TOKENIZER.encode("\ud83e\udd84");
        assertThat(family).hasSizeGreaterThan(1);
        List<String> deltas = TokenStreams.events(ASSISTANT, tokens("<|message|>\ud83e\udd84!<|end|>")).stream()
                .filter(ContentDelta.class::isInstance)
                .map(event -> ((ContentDelta) event).text())
                .toList();
        assertThat(deltas).containsExactly("\ud83e\udd84", "!");
    }

    @Test
    void unfinishedCharacterBecomesReplacementAtTheEnd() {
        int[] half = {tokens("<|message|>")[0], TOKENIZER.encode("\ud83e\udd84")[0]};
        assertThat(TokenStreams.messages(ASSISTANT, half).get(0).text()).isEqualTo("\uFFFD");
    }

    @Test
    void aTokenThatCompletesACharacterIsNotThatCharacterElsewhere() {
        int[] parrot = TOKENIZER.encode("\uD83E\uDD9C");
        int last = parrot[parrot.length - 1];
        assertThat(TokenStreams.messages(ASSISTANT, withContent(parrot)).get(0).text())
                .isEqualTo("\uD83E\uDD9C");
        assertThat(TokenStreams.messages(ASSISTANT, withContent(last)).get(0).text())
                .isEqualTo("\uFFFD");
    }

    private static int[] withContent(int... content) {
        return IntStream.concat(Arrays.stream(tokens("<|channel|>final<|message|>")), Arrays.stream(content))
                .toArray();
    }

    @Test
    void stateSaysWhatIsAwaited() {
        StreamParser parser = new StreamParser(TOKENIZER, ParseOptions.DEFAULT, event -> {});
        List<ParserState> states = new ArrayList<>(List.of(parser.state()));
        for (int token : tokens("<|start|>user<|message|>Hi<|end|>")) {
            parser.accept(token);
            states.add(parser.state());
        }
        assertThat(states)
                .containsExactly(
                        ParserState.EXPECT_START,
                        ParserState.HEADER,
                        ParserState.HEADER,
                        ParserState.CONTENT,
                        ParserState.CONTENT,
                        ParserState.EXPECT_START);
    }

    @Test
    void finishedParserTakesNoMore() {
        StreamParser parser = new StreamParser(TOKENIZER, ParseOptions.DEFAULT, event -> {});
        parser.finish();
        assertThatThrownBy(() -> parser.accept(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("finished");
    }

    @Test
    void parserTakesNoMoreAfterItsConsumerThrew() {
        StreamParser parser = new StreamParser(TOKENIZER, ASSISTANT, event -> {
            throw new UnsupportedOperationException();
        });
        assertThatThrownBy(() -> parser.accept(tokens("<|message|>")[0]))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> parser.accept(0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void tokenizerWithoutHarmonyIsRefused() {
        assertThatThrownBy(() -> new StreamParser(Tokenizer.o200kBase(), ASSISTANT, event -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("o200kHarmony");
    }

    @Test
    void emptyStreamHasNoMessages() {
        assertThat(TokenStreams.messages(ParseOptions.DEFAULT)).isEmpty();
        assertThat(TokenStreams.messages(ParseOptions.DEFAULT.strict())).isEmpty();
    }
}
