package io.harmony4j.renderer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RenderOptionsTest {
    @Test
    void defaultDropsAnalysisAndKnowsNoFunctionTools() {
        assertThat(RenderOptions.DEFAULT.keepAnalysis()).isFalse();
        assertThat(RenderOptions.DEFAULT.functionTools()).isFalse();
    }

    @Test
    void copiesChangeOneOption() {
        RenderOptions both = RenderOptions.DEFAULT.withKeepAnalysis(true).withFunctionTools(true);

        assertThat(both.keepAnalysis()).isTrue();
        assertThat(both.functionTools()).isTrue();
        assertThat(both.withKeepAnalysis(false).functionTools()).isTrue();
        assertThat(both.withKeepAnalysis(false).keepAnalysis()).isFalse();
        assertThat(both.withFunctionTools(false).keepAnalysis()).isTrue();
        assertThat(both.withFunctionTools(false).functionTools()).isFalse();
    }
}
