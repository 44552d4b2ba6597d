package io.harmony4j.renderer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RenderOptionsTest {
    @Test
    void defaultIsTheReferencesAndKnowsNoFunctionTools() {
        assertThat(RenderOptions.DEFAULT.analysisPolicy()).isEqualTo(AnalysisPolicy.REFERENCE);
        assertThat(RenderOptions.DEFAULT.functionTools()).isFalse();
    }

    @Test
    void copiesChangeOneOption() {
        RenderOptions both = RenderOptions.DEFAULT
                .withAnalysisPolicy(AnalysisPolicy.DROP_ALL)
                .withFunctionTools(true);

        assertThat(both.analysisPolicy()).isEqualTo(AnalysisPolicy.DROP_ALL);
        assertThat(both.functionTools()).isTrue();
        assertThat(both.withAnalysisPolicy(AnalysisPolicy.REFERENCE))
                .isEqualTo(RenderOptions.DEFAULT.withFunctionTools(true))
                .isNotEqualTo(both);
        assertThat(both.withFunctionTools(false))
                .isEqualTo(RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.DROP_ALL))
                .isNotEqualTo(both);
    }

    @Test
    void theTextNamesThePolicyByItsWord() {
        assertThat(RenderOptions.DEFAULT).hasToString("analysis reference, function tools false");
    }
}
