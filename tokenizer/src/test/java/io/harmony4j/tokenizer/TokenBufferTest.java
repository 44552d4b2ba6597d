package io.harmony4j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenBufferTest {
    @Test
    void growsAsTokensAreAdded() {
        TokenBuffer buffer = new TokenBuffer();
        for (int i = 0; i < 1000; i++) {
            buffer.add(i);
        }
        buffer.addAll(IntStream.range(1000, 5000).toArray());
        buffer.addAll();
        assertThat(buffer.size()).isEqualTo(5000);
        assertThat(buffer.toArray()).isEqualTo(IntStream.range(0, 5000).toArray());
    }

    @Test
    void tokensCanBeReadAndReplaced() {
        TokenBuffer buffer = new TokenBuffer();
        buffer.addAll(7, 8, 9);
        buffer.set(1, 80);
        assertThat(buffer.get(1)).isEqualTo(80);
        assertThat(buffer).hasToString("[7, 80, 9]");
    }

    @Test
    void anIndexAfterTheLastTokenIsRefused() {
        TokenBuffer buffer = new TokenBuffer();
        buffer.add(1);
        assertThatThrownBy(() -> buffer.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> buffer.set(1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> buffer.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aClearedBufferIsEmpty() {
        TokenBuffer buffer = new TokenBuffer();
        buffer.addAll(7, 8, 9);
        buffer.clear();
        assertThat(buffer.size()).isZero();
        assertThat(buffer.toArray()).isEmpty();
    }
}
