package io.harmony4j.spark;

import static io.harmony4j.spark.LocalSpark.one;
import static io.harmony4j.spark.LocalSpark.sql;
import static io.harmony4j.spark.LocalSpark.texts;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** The functions of the catalog {@code harmony}: they do what the extensions do. */
class CatalogTest {
    private static final String ONE_TURN = Conversations.ONE_TURN.toJson();

    @Test
    void everyFunctionDoesWhatTheExtensionDoes() {
        texts(Arrays.asList(ONE_TURN, Conversations.TWO_TURNS.toJson(), "no JSON", "", null));

        for (String call : List.of(
                "count(text)",
                "encode(text)",
                "decode(PREFIXencode(text))",
                "render(text)",
                "render(text, '{\"mode\": \"training\"}')",
                "parse(PREFIXrender(text))",
                "parse(PREFIXencode(text), '{\"repair\": false}')",
                "training_sample(text)",
                "training_sample(text, '{\"turns\": \"whole\"}')",
                "training_samples(text)",
                "training_samples(text, '{\"turns\": \"last-turn\"}')",
                "lint(text)",
                "lint(text, '{\"purpose\": \"training\"}')",
                "decode(array(1, 201089), '{}')")) {
            List<Row> extension = sql("SELECT harmony_" + call.replace("PREFIX", "harmony_") + " FROM texts");
            List<Row> catalog = sql("SELECT harmony." + call.replace("PREFIX", "harmony.") + " FROM texts");
            assertThat(catalog).as(call).isEqualTo(extension);
        }
    }

    @Test
    void aNullOfAColumnThatHasNoneIsNull() {
        Row row = one(
                "SELECT harmony.count(CAST(NULL AS STRING)), harmony.render('{}', CAST(NULL AS STRING)), harmony.count('a')");

        assertThat(row.isNullAt(0)).isTrue();
        assertThat(row.isNullAt(1)).isTrue();
        assertThat(row.getInt(2)).isEqualTo(1);
    }

    @Test
    void dataFramesAndTheNamespaceWork() {
        assertThat(texts(List.of("Hello, world!"))
                        .select(expr("harmony.count(text)"), expr("harmony.default.count(text)"))
                        .collectAsList()
                        .toString())
                .isEqualTo("[[4,4]]");
    }

    @Test
    void itListsWhatItHas() {
        assertThat(sql("SHOW FUNCTIONS IN harmony").toString())
                .contains("harmony.count", "harmony.training_samples", "harmony.lint");
    }

    @Test
    void whatItHasNotIsToldBySpark() {
        assertThatThrownBy(() -> sql("SELECT harmony.counts('a')")).hasMessageContaining("`harmony`.`counts`");
        assertThatThrownBy(() -> sql("SELECT harmony.other.count('a')")).hasMessageContaining("other");
        assertThatThrownBy(() -> sql("SELECT harmony.count('a', 'b')"))
                .hasStackTraceContaining("expected count(text) - Returns the number of tokens");
    }

    @Test
    void wrongOptionsEndTheJob() {
        texts(List.of(ONE_TURN));

        assertThatThrownBy(() -> sql("SELECT harmony.render(text, '{\"polcy\": \"x\"}') FROM texts"))
                .hasStackTraceContaining("is \"policy\" meant?");
    }
}
