package io.harmony4j.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.bench.Corpus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CorporaTest {
    @ParameterizedTest
    @EnumSource
    void withoutAFolderTextsAreMade(MadeText made) {
        Corpus corpus = Corpora.load(made.toString());

        assertThat(corpus.text()).isEqualTo(made.text());
        assertThat(corpus.bytes()).isBetween(50_000L, 55_000L);
        assertThat(Corpora.names()).contains(corpus.name());
    }

    @Test
    void missingTextsAreNamed() {
        assertThatThrownBy(() -> Corpora.load("latin"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected one of [english, java, ")
                .hasMessageEndingWith("] but found \"latin\"");
    }
}
