package io.harmony4j.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsageTest {
    @Test
    void usagesAddUp() {
        Usage one = Usage.of(7, 3).withPrompt(10, 4).withCacheWrites(2);
        Usage sum = one.plus(Usage.of(1, 1).withPrompt(100, 50).withCacheWrites(20));

        assertThat(sum).isEqualTo(Usage.of(8, 4).withPrompt(110, 54).withCacheWrites(22));
        assertThat(sum).isNotEqualTo(Usage.of(8, 4).withPrompt(110, 54));
        assertThat(sum.cacheWriteTokens()).isEqualTo(22);
        assertThat(one.withPrompt(10, 4)).isEqualTo(one);
    }
}
