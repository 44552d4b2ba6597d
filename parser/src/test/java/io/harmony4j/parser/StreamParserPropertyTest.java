package io.harmony4j.parser;

import static io.harmony4j.parser.TokenStreams.TOKENIZER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.harmony4j.Message;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.parser.ParseEvent.ContentDelta;
import io.harmony4j.parser.ParseEvent.MessageEnded;
import io.harmony4j.parser.ParseEvent.MessageStarted;
import io.harmony4j.parser.TokenStreams.Turn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

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
        assertThat(joined(TokenStreams.events(RECOVER, tokens))).isEqualTo(joined(TokenStreams.events(STRICT, tokens)));
    }

    /** Returns the events with deltas in a row made one: RECOVER holds back what may be the next header. */
    private static List<ParseEvent> joined(List<ParseEvent> events) {
        List<ParseEvent> joined = new ArrayList<>();
        for (ParseEvent event : events) {
            int end = joined.size() - 1;
            if (event instanceof ContentDelta delta && end >= 0 && joined.get(end) instanceof ContentDelta before) {
                joined.set(end, new ContentDelta(before.text() + delta.text()));
            } else {
                joined.add(event);
            }
        }
        return joined;
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
            assertThat(expected.position()).isBetween(0L, (long) tokens.length);
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
            StreamParser parser = new StreamParser(TOKENIZER, options, expected::add);
            StreamParser other = null;
            for (int i = 0; i < tokens.length; i++) {
                if (i == at) {
                    other = StreamParser.resume(TOKENIZER, parser.snapshot(), resumed::add);
                    expected.clear();
                }
                parser.accept(tokens[i]);
                if (other != null) {
                    other.accept(tokens[i]);
                }
            }
            if (other != null) {
                parser.finish();
                other.finish();
                assertThat(resumed).isEqualTo(expected);
                assertThat(other.usage()).isEqualTo(parser.usage());
            }
        }
    }

    /** A repair that says that text is lost has text that is in no message, and one that does not has lost nothing. */
    @Property
    void lostTextIsInNoMessage(@ForAll("markedGarbage") int[] tokens) {
        StreamParser parser = TokenStreams.run(RECOVER.withRole(Role.ASSISTANT), event -> {}, tokens);
        String messages = parser.messages().toString();
        for (Diagnostic diagnostic : parser.diagnostics()) {
            if (diagnostic.severity() == Diagnostic.Severity.LOSS) {
                for (String word : TokenStreams.MARKED_WORDS) {
                    if (diagnostic.text().contains(word)) {
                        assertThat(messages).doesNotContain(word);
                    }
                }
            }
        }
    }

    /** The events, joined, are the same however a text is cut; in STRICT mode so is the error. */
    @Property
    void chunksOfTextDoNotMatter(
            @ForAll("markedGarbage") int[] tokens, @ForAll @Size(max = 6) List<@IntRange(max = 200) Integer> cuts) {
        String text = TOKENIZER.decode(tokens);
        for (ParseOptions options : List.of(
                RECOVER,
                RECOVER.withRole(Role.ASSISTANT),
                RECOVER.withRole(Role.ASSISTANT).stripped(),
                STRICT,
                STRICT.withRole(Role.ASSISTANT))) {
            assertThat(outcome(options, cut(text, cuts))).isEqualTo(outcome(options, List.of(text)));
            assertThat(outcome(
                            options, text.chars().mapToObj(Character::toString).toList()))
                    .isEqualTo(outcome(options, List.of(text)));
        }
    }

    private static List<String> cut(String text, List<Integer> cuts) {
        List<String> chunks = new ArrayList<>();
        int from = 0;
        for (int at : cuts.stream().filter(at -> at < text.length()).sorted().toList()) {
            chunks.add(text.substring(from, at));
            from = at;
        }
        chunks.add(text.substring(from));
        return chunks;
    }

    /** Returns headers, contents and endings, or what is wrong. */
    private static String outcome(ParseOptions options, List<String> chunks) {
        StringBuilder outcome = new StringBuilder();
        TextParser parser = new TextParser(options, event -> {
            if (event instanceof ParseEvent.ContentDelta delta) {
                outcome.append(delta.text());
            } else if (event instanceof ParseEvent.MessageEnded ended) {
                outcome.append('\n').append(ended);
            } else if (event instanceof ParseEvent.MessageStarted started) {
                outcome.append('\n').append(started);
            }
        });
        try {
            chunks.forEach(parser::accept);
            parser.finish();
        } catch (HarmonyFormatException e) {
            return e.position() + " " + e.expected();
        }
        return outcome.toString();
    }

    @Property
    void usageCountsEachTokenOnce(@ForAll("turns") List<Turn> turns) {
        int[] tokens = TokenStreams.tokens(turns);
        TokenCounts usage = TokenStreams.run(RECOVER, event -> {}, tokens).usage();
        assertThat(usage.total()).isEqualTo(tokens.length);
        assertThat(usage.other()).isZero();
        int content =
                turns.stream().mapToInt(turn -> TOKENIZER.count(turn.content())).sum();
        assertThat(usage.channels().values().stream()
                        .mapToInt(TokenCounts.Channel::content)
                        .sum())
                .isEqualTo(content);
    }

    @Property
    void textIsReadAsItsTokensAre(@ForAll("markedGarbage") int[] tokens) {
        ParseResult result = HarmonyParser.parse(TOKENIZER.decode(tokens), RECOVER.withRole(Role.ASSISTANT));
        assertThat(result.messages()).isEqualTo(TokenStreams.messages(RECOVER.withRole(Role.ASSISTANT), tokens));
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
