package io.harmony4j.renderer;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Content;
import io.harmony4j.Message;
import io.harmony4j.ToolDescription;
import org.junit.jupiter.api.Test;

class RenderOptionsTest {
    @Test
    void defaultIsTheReferencesAndKnowsNoFunctionTools() {
        assertThat(RenderOptions.DEFAULT.analysisPolicy()).isEqualTo(AnalysisPolicy.REFERENCE);
        assertThat(RenderOptions.DEFAULT.functionTools()).isFalse();
        assertThat(RenderOptions.DEFAULT.dialect()).isEqualTo(Dialect.OPENAI);
    }

    @Test
    void trainingKeepsAllUnlessAPolicyIsNamed() {
        RenderOptions named = RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.REFERENCE);

        assertThat(RenderOptions.DEFAULT.trainingPolicy()).isEqualTo(AnalysisPolicy.KEEP_ALL);
        assertThat(named.trainingPolicy()).isEqualTo(AnalysisPolicy.REFERENCE);
        assertThat(named).isNotEqualTo(RenderOptions.DEFAULT);
    }

    @Test
    void aDialectHasItsOwnPolicyUnlessOneIsNamed() {
        RenderOptions hf = RenderOptions.DEFAULT.withDialect(Dialect.HF);

        assertThat(hf.analysisPolicy()).isEqualTo(AnalysisPolicy.SINCE_LAST_FINAL);
        assertThat(hf.trainingPolicy()).isEqualTo(AnalysisPolicy.KEEP_ALL);
        assertThat(hf.withAnalysisPolicy(AnalysisPolicy.REFERENCE).analysisPolicy())
                .isEqualTo(AnalysisPolicy.REFERENCE);
    }

    @Test
    void copiesChangeOneOption() {
        RenderOptions both = RenderOptions.DEFAULT
                .withAnalysisPolicy(AnalysisPolicy.DROP_ALL)
                .withFunctionTools(true);

        assertThat(both.analysisPolicy()).isEqualTo(AnalysisPolicy.DROP_ALL);
        assertThat(both.functionTools()).isTrue();
        assertThat(both.withAnalysisPolicy(AnalysisPolicy.REFERENCE))
                .isEqualTo(RenderOptions.DEFAULT.withFunctionTools(true).withAnalysisPolicy(AnalysisPolicy.REFERENCE))
                .isNotEqualTo(both);
        assertThat(both.withDialect(Dialect.OSS).dialect()).isEqualTo(Dialect.OSS);
        assertThat(both.withDialect(Dialect.OSS).analysisPolicy()).isEqualTo(AnalysisPolicy.DROP_ALL);
        assertThat(both.withFunctionTools(false))
                .isEqualTo(RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.DROP_ALL))
                .isNotEqualTo(both);
    }

    @Test
    void faithfulTypeScriptIsChosen() {
        RenderOptions faithful = RenderOptions.DEFAULT.withFaithfulTypeScript(true);

        assertThat(RenderOptions.DEFAULT.faithfulTypeScript()).isFalse();
        assertThat(faithful.faithfulTypeScript()).isTrue();
        assertThat(faithful.withDialect(Dialect.OSS)
                        .withAnalysisPolicy(AnalysisPolicy.DROP_ALL)
                        .withFunctionTools(true)
                        .faithfulTypeScript())
                .isTrue();
        assertThat(faithful).isNotEqualTo(RenderOptions.DEFAULT);
        assertThat(faithful.withFaithfulTypeScript(false)).isEqualTo(RenderOptions.DEFAULT);
        assertThat(faithful.toString()).endsWith(", function tools false, faithful TypeScript");
    }

    @Test
    void promptsHaveFaithfulTypeScriptIfItIsChosen() {
        Message message = Message.developer(Content.Developer.EMPTY.withFunctions(
                ToolDescription.of("f", "F.", "{\"type\":\"object\",\"properties\":{\"a\":{\"const\":1}}}")));
        RenderOptions faithful = RenderOptions.DEFAULT.withFaithfulTypeScript(true);

        assertThat(Fragments.text(new HarmonyRenderer(Fragments.TOKENIZER).render(message)))
                .contains("a?: any,");
        assertThat(Fragments.text(new HarmonyRenderer(Fragments.TOKENIZER, faithful).render(message)))
                .contains("a?: 1,");
    }

    @Test
    void theTextHasTheWords() {
        assertThat(RenderOptions.DEFAULT)
                .hasToString("dialect openai, analysis reference (in training keep-all), function tools false");
        assertThat(RenderOptions.DEFAULT
                        .withAnalysisPolicy(AnalysisPolicy.DROP_ALL)
                        .withDialect(Dialect.OSS))
                .hasToString("dialect oss, analysis drop-all, function tools false");
    }
}
