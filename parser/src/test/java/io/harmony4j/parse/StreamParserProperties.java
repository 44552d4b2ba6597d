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
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StreamParserProperties {
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
