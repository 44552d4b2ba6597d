package io.harmony4j.parse;

import static io.harmony4j.parse.TokenStreams.TOKENIZER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.harmony4j.Message;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.parse.ParseEvent.ContentDelta;
import io.harmony4j.parse.ParseEvent.MessageEnded;
import io.harmony4j.parse.ParseEvent.MessageStarted;
import io.harmony4j.parse.TokenStreams.Turn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class StreamParserPropertyTest {
    private static final ParseOptions RECOVER = ParseOptions.DEFAULT;
    private static final ParseOptions STRICT = ParseOptions.DEFAULT.strict();

    @Provide
    Arbitrary<List<Turn>> turns() {
        return TokenStreams.turns();
    }

    @Provide
    Arbitrary<int[]> byteTokens() {
        return TokenStreams.byteTokens();
    }

    @Provide
    Arbitrary<int[]> garbage() {
        return TokenStreams.garbage();
    }

    @Property
    void strictReadsWhatModelsShouldWrite(@ForAll("turns") List<Turn> turns) {
        assertThat(TokenStreams.messages(STRICT, TokenStreams.tokens(turns)))
                .extracting(Message::text)
                .containsExactlyElementsOf(turns.stream().map(Turn::content).toList());
    }

    @Property
    void recoverReadsCleanStreamsAsStrictDoes(@ForAll("turns") List<Turn> turns) {
        int[] tokens = TokenStreams.tokens(turns);
        assertThat(TokenStreams.events(RECOVER, tokens)).isEqualTo(TokenStreams.events(STRICT, tokens));
    }

    @Property
    void recoverNeverThrows(@ForAll("garbage") int[] tokens) {
        for (Role role : Role.values()) {
            assertThatCode(() -> TokenStreams.events(RECOVER.withRole(role), tokens))
                    .doesNotThrowAnyException();
        }
        assertThatCode(() -> TokenStreams.events(RECOVER, tokens)).doesNotThrowAnyException();
    }

    @Property
    void strictThrowsNothingButHarmonyFormatException(@ForAll("garbage") int[] tokens) {
        try {
            TokenStreams.events(STRICT.withRole(Role.ASSISTANT), tokens);
        } catch (HarmonyFormatException expected) {
            assertThat(expected.position()).isBetween(0, tokens.length);
        }
    }

    @Property
    void deltasAddUpToContent(@ForAll("garbage") int[] tokens) {
        StringBuilder content = new StringBuilder();
        boolean isOpen = false;
        for (ParseEvent event : TokenStreams.events(RECOVER.withRole(Role.ASSISTANT), tokens)) {
            if (event instanceof MessageStarted) {
                assertThat(isOpen).isFalse();
                isOpen = true;
                content.setLength(0);
            } else if (event instanceof ContentDelta delta) {
                assertThat(isOpen).isTrue();
                assertThat(delta.text()).isNotEmpty();
                content.append(delta.text());
            } else if (event instanceof MessageEnded ended) {
                assertThat(isOpen).isTrue();
                isOpen = false;
                assertThat(content).hasToString(ended.message().text());
            }
        }
        assertThat(isOpen).isFalse();
    }

    @Property
    void recoverNeverShowsControlTokens(@ForAll("garbage") int[] tokens) {
        for (Message message : TokenStreams.messages(RECOVER, tokens)) {
            for (SpecialToken special : SpecialToken.values()) {
                assertThat(message.text()).doesNotContain(special.literal());
            }
        }
    }

    @Provide
    Arbitrary<int[]> markedGarbage() {
        return TokenStreams.markedGarbage();
    }

    @Property
    void recoverLosesNoWord(@ForAll("markedGarbage") int[] tokens) {
        for (ParseOptions options : List.of(RECOVER, RECOVER.withRole(Role.ASSISTANT))) {
            StreamParser parser = TokenStreams.run(options, event -> {}, tokens);
            String found = parser.messages() + " " + parser.diagnostics();
            for (String word : TokenStreams.MARKED_WORDS) {
                if (TOKENIZER.decode(tokens).contains(word)) {
                    assertThat(found).contains(word);
                }
            }
        }
    }

    @Property
    void resumedParserGoesOnWithTheSameEvents(@ForAll("garbage") int[] tokens, @ForAll @IntRange(max = 40) int at) {
        for (ParseOptions options :
                List.of(RECOVER, RECOVER.withRole(Role.ASSISTANT).stripped())) {
            List<ParseEvent> expected = new ArrayList<>();
            List<ParseEvent> resumed = new ArrayList<>();
            StreamParser parser = StreamParser.create(TOKENIZER, options);
            StreamParser other = null;
            for (int i = 0; i < tokens.length; i++) {
                if (i == at) {
                    other = StreamParser.resume(TOKENIZER, parser.snapshot());
                    expected.clear();
                }
                parser.accept(tokens[i], expected::add);
                if (other != null) {
                    other.accept(tokens[i], resumed::add);
                }
            }
            if (other != null) {
                parser.finish(expected::add);
                other.finish(resumed::add);
                assertThat(resumed).isEqualTo(expected);
                assertThat(other.usage()).isEqualTo(parser.usage());
            }
        }
    }

    @Property
    void resetParserForgetsEverything(@ForAll("garbage") int[] first, @ForAll("garbage") int[] second) {
        StreamParser parser = TokenStreams.run(RECOVER, event -> {}, first);
        parser.reset();
        List<ParseEvent> events = new ArrayList<>();
        for (int token : second) {
            parser.accept(token, events::add);
        }
        parser.finish(events::add);
        assertThat(events).isEqualTo(TokenStreams.events(RECOVER, second));
    }

    @Property
    void chatDeltasAddUpToTheView(@ForAll("garbage") int[] tokens) {
        List<ChatDelta> deltas = new ArrayList<>();
        ChatStream chat = new ChatStream(deltas::add);
        StreamParser parser = TokenStreams.run(RECOVER.withRole(Role.ASSISTANT), chat, tokens);
        ChatView view = ChatView.of(parser.messages());
        assertThat(chat.view().reasoning()).isEqualTo(view.reasoning());
        assertThat(chat.view().content()).isEqualTo(view.content());
        assertThat(chat.view().toolCalls()).isEqualTo(view.toolCalls());
        StringBuilder reasoning = new StringBuilder();
        StringBuilder content = new StringBuilder();
        StringBuilder arguments = new StringBuilder();
        for (ChatDelta delta : deltas) {
            if (delta instanceof ChatDelta.Reasoning more) {
                reasoning.append(more.text());
            } else if (delta instanceof ChatDelta.Content more) {
                content.append(more.text());
            } else if (delta instanceof ChatDelta.ToolCallArguments more) {
                arguments.append(more.text());
            }
        }
        assertThat(reasoning).hasToString(view.reasoning());
        assertThat(content).hasToString(view.content());
        assertThat(arguments)
                .hasToString(view.toolCalls().stream()
                        .map(ChatView.ToolCall::arguments)
                        .collect(Collectors.joining()));
    }

    @Property
    void usageCountsEachTokenOnce(@ForAll("turns") List<Turn> turns) {
        int[] tokens = TokenStreams.tokens(turns);
        Usage usage = TokenStreams.run(RECOVER, event -> {}, tokens).usage();
        assertThat(usage.total()).isEqualTo(tokens.length);
        assertThat(usage.other()).isZero();
        int content =
                turns.stream().mapToInt(turn -> TOKENIZER.count(turn.content())).sum();
        assertThat(usage.channels().values().stream()
                        .mapToInt(Usage.Channel::content)
                        .sum())
                .isEqualTo(content);
    }

    @Property
    void textIsReadAsItsTokensAre(@ForAll("markedGarbage") int[] tokens) {
        TextParser parser = TextParser.create(RECOVER.withRole(Role.ASSISTANT));
        parser.accept(TOKENIZER.decode(tokens), event -> {});
        parser.finish(event -> {});
        assertThat(parser.messages()).isEqualTo(TokenStreams.messages(RECOVER.withRole(Role.ASSISTANT), tokens));
    }

    @Property
    void charactersInPiecesAreTheTokenizersText(@ForAll("byteTokens") int[] bytes) {
        String expected = TOKENIZER.decode(bytes);
        assertThat(contentOf(RECOVER, bytes)).isEqualTo(expected);
        assertThat(contentOf(STRICT, bytes)).isEqualTo(expected);
    }

    private static String contentOf(ParseOptions options, int[] content) {
        int[] header = TokenStreams.tokens("<|start|>assistant<|message|>");
        int[] tokens =
                IntStream.concat(Arrays.stream(header), Arrays.stream(content)).toArray();
        return TokenStreams.messages(options, tokens).get(0).text();
    }
}
