package io.harmony4j.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.SpecialToken;
import io.harmony4j.generation.LogitsProcessor;
import org.junit.jupiter.api.Test;

class TokenPenaltiesTest {
    private static LogitsProcessor processor(String members) {
        String json = "{'messages':[{'role':'user','content':'Hi'}],%s}"
                .formatted(members)
                .replace('\'', '"');
        return new ChatCompletions(ApiOptions.DEFAULT)
                .request(json)
                .generationOptions(0)
                .newLogitsProcessor();
    }

    private static float[] logits(LogitsProcessor processor) {
        float[] logits = new float[4];
        processor.process(logits);
        return logits;
    }

    @Test
    void biasIsAddedEachTime() {
        LogitsProcessor processor = processor("'logit_bias':{'1':5,'3':-100,'999999':1}");
        assertThat(logits(processor)).containsExactly(0, 5, 0, -100);
        assertThat(logits(processor)).containsExactly(0, 5, 0, -100);
    }

    @Test
    void penaltiesAreForWhatHasCome() {
        LogitsProcessor processor = processor("'frequency_penalty':0.5,'presence_penalty':1");
        assertThat(logits(processor)).containsOnly(0);
        processor.accept(2);
        processor.accept(2);
        processor.accept(1);
        assertThat(logits(processor)).containsExactly(0, -1.5f, -2, 0);
    }

    @Test
    void controlTokensStayAsLikely() {
        LogitsProcessor processor = processor("'frequency_penalty':2");
        int end = SpecialToken.END.id();
        processor.accept(end);
        float[] logits = new float[end + 1];
        processor.process(logits);
        assertThat(logits[end]).isZero();
    }

    @Test
    void withoutThemNothingIsChanged() {
        assertThat(processor("'n':1")).isSameAs(LogitsProcessor.NONE);
    }
}
