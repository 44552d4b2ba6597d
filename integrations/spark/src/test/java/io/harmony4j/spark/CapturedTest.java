package io.harmony4j.spark;

import static io.harmony4j.spark.LocalSpark.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Conversation;
import io.harmony4j.Role;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.Test;

/** Tokenizers and renderers that a lambda of a job has in it. */
class CapturedTest {
    private static final List<String> TEXTS = List.of("Hello, world!", "Grüße", "", "a b c");

    @Test
    void aTokenizerCounts() {
        Tokenizer tokenizer = Tokenizer.o200kHarmony();
        MapPartitionsFunction<String, Integer> count = texts -> {
            List<Integer> counts = new ArrayList<>();
            texts.forEachRemaining(text -> counts.add(tokenizer.count(text)));
            return counts.iterator();
        };

        assertThat(texts(TEXTS)
                        .as(Encoders.STRING())
                        .repartition(2)
                        .mapPartitions(count, Encoders.INT())
                        .collectAsList())
                .containsExactlyInAnyOrderElementsOf(
                        TEXTS.stream().map(tokenizer::count).toList());
    }

    @Test
    void aRendererRendersByItsOptions() {
        HarmonyRenderer renderer = new HarmonyRenderer(
                Tokenizer.o200kHarmony(), RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.DROP_ALL));
        MapFunction<String, Integer> count =
                json -> renderer.countForCompletion(Conversation.fromJson(json), Role.ASSISTANT);

        assertThat(texts(List.of(Conversations.TWO_TURNS.toJson()))
                        .as(Encoders.STRING())
                        .map(count, Encoders.INT())
                        .collectAsList())
                .containsExactly(renderer.countForCompletion(Conversations.TWO_TURNS, Role.ASSISTANT));
    }
}
