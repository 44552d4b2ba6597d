package io.harmony4j.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RenderOptionsTest {

    @Test
    void defaultDropsAnalysisAndKnowsNoFunctionTools() {
        assertThat(RenderOptions.DEFAULT).isEqualTo(new RenderOptions(false, false));
    }

    @Test
    void copiesChangeOneOption() {
        assertThat(RenderOptions.DEFAULT.keepAnalysis(true)).isEqualTo(new RenderOptions(true, false));
        assertThat(RenderOptions.DEFAULT.conversationHasFunctionTools(true)).isEqualTo(new RenderOptions(false, true));
        assertThat(new RenderOptions(true, true).keepAnalysis(false).conversationHasFunctionTools(false))
                .isEqualTo(RenderOptions.DEFAULT);
    }
}
