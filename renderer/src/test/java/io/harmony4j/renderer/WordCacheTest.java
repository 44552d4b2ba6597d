package io.harmony4j.renderer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;

@Domain(RenderArbitraries.class)
class WordCacheTest {
    private static final List<String> MARKS = List.of("", " ", ":", " to=");
    private static final WordCache SHARED = new WordCache(Fragments.TOKENIZER);

    private final WordCache cache = new WordCache(Fragments.TOKENIZER);

    @Property
    void aWordHasTheTokensOfItsText(@ForAll String name) {
        for (String mark : MARKS) {
            assertThat(SHARED.tokens(mark, name)).isEqualTo(Fragments.tokens(mark + name));
        }
    }

    @Test
    void aWordThatComesAgainIsCached() {
        int[] tokens = cache.tokens(" to=", "functions.f");

        assertThat(cache.tokens(" to=", String.join(".", "functions", "f"))).isSameAs(tokens);
    }

    @Test
    void aMarkIsTokenisedWithItsName() {
        assertThat(cache.tokens(" ", "to=")).isEqualTo(Fragments.tokens(" to="));
        assertThat(cache.tokens("", " to=")).isEqualTo(Fragments.tokens(" to="));
        assertThat(cache.tokens(" to=", "")).isEqualTo(Fragments.tokens(" to="));
    }

    @Test
    void namesWithTheSameHashAreDifferentWords() {
        assertThat("Aa").hasSameHashCodeAs("BB");

        for (int i = 0; i < 2; i++) {
            assertThat(cache.tokens("", "Aa")).isEqualTo(Fragments.tokens("Aa"));
            assertThat(cache.tokens("", "BB")).isEqualTo(Fragments.tokens("BB"));
        }
    }

    @Test
    void newNamesTakeThePlacesOfOldOnes() {
        int[] first = cache.tokens("", "name");
        IntStream.range(0, 100 * WordCache.PLACES).forEach(i -> cache.tokens("", "name" + i));

        assertThat(cache.tokens("", "name")).isNotSameAs(first).isEqualTo(first);
    }

    @Test
    void aLongNameIsNotCached() {
        String longest = "x".repeat(WordCache.MAX_LENGTH);
        String tooLong = longest + "x";

        assertThat(cache.tokens("", longest)).isSameAs(cache.tokens("", longest));
        assertThat(cache.tokens("", tooLong)).isNotSameAs(cache.tokens("", tooLong));
        assertThat(cache.tokens("", tooLong)).isEqualTo(Fragments.tokens(tooLong));
    }
}
