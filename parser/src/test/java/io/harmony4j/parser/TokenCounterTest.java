package io.harmony4j.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.harmony4j.Role;
import org.junit.jupiter.api.Test;

/** Which message a token belongs to. */
class TokenCounterTest {
    private static TokenCounts count(String stream) {
        return TokenStreams.run(ParseOptions.forRole(Role.ASSISTANT), event -> {}, TokenStreams.tokens(stream))
                .usage();
    }

    @Test
    void tokenThatBeginsAMessageIsItsOwnThoughItEndsTheOneBefore() {
        TokenCounts counts =
                count("<|channel|>analysis<|message|>Hm" + "<|start|>assistant<|channel|>final<|message|>Hi<|return|>");

        assertThat(counts.channels())
                .containsExactly(
                        entry("analysis", new TokenCounts.Channel(3, 1)), // channel analysis message, Hm
                        entry(
                                "final",
                                new TokenCounts.Channel(6, 1))); // start assistant channel final message return, Hi
        assertThat(counts.total()).isEqualTo(11);
        assertThat(counts.reasoning()).isOne();
        assertThat(counts.other()).isZero();
    }

    @Test
    void endTokenBelongsToTheMessageItEnds() {
        TokenCounts counts = count("<|channel|>analysis<|message|>Hm<|end|>"
                + "<|start|>assistant<|channel|>final<|message|>Hi<|return|>");

        assertThat(counts.channels())
                .containsExactly(
                        entry("analysis", new TokenCounts.Channel(4, 1)),
                        entry("final", new TokenCounts.Channel(6, 1)));
    }

    @Test
    void channelTokenInContentBeginsTheNextMessage() {
        TokenCounts counts = count("<|channel|>analysis<|message|>Hm<|channel|>final<|message|>Hi<|return|>");

        assertThat(counts.channels())
                .containsExactly(
                        entry("analysis", new TokenCounts.Channel(3, 1)),
                        entry("final", new TokenCounts.Channel(4, 1)));
    }
}
