package io.harmony4j.spark;

import static io.harmony4j.spark.LocalSpark.one;
import static io.harmony4j.spark.LocalSpark.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Conversation;
import io.harmony4j.Role;
import io.harmony4j.parser.HarmonyParser;
import io.harmony4j.parser.ParseOptions;
import io.harmony4j.renderer.ConversationLinter;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.LossMask;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.renderer.TrainingRenderer;
import io.harmony4j.renderer.TrainingSample;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs of many rows, some of which are wrong, and of large ones: every row gives what the library gives for it, and none is lost. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class LargeJobTest {
    /** 100,000 at night, see .ci/nightly. */
    private static final int ROWS = Integer.getInteger("harmony.spark.rows", 5_000);

    private static final String QUERY = """
            SELECT id, text,
              harmony_count(text) AS count,
              harmony_encode(text) AS encode,
              harmony_decode(harmony_encode(text)) AS decode,
              harmony_render(text) AS render,
              harmony_parse(harmony_render(text, '{"mode": "training", "policy": "keep-all"}')) AS parse,
              harmony_training_sample(text, '{"shape": "harmony", "turns": "whole"}') AS sample,
              harmony_training_samples(text, '{"shape": "harmony", "turns": "per-turn"}') AS samples,
              harmony_lint(text) AS lint
            FROM large""";

    @Test
    void everyRowIsWhatTheLibrarySaysAndNoneIsLost() {
        large();
        Dataset<Row> results = LocalSpark.SESSION.sql(QUERY);
        results.persist();
        try {
            FilterFunction<Row> isWrong = row -> !LibraryRow.of(row).equals(LibraryRow.expected(row.getString(1)));

            assertThat(results.filter(isWrong).limit(3).collectAsList()).isEmpty();

            results.createOrReplaceTempView("results");
            Row counts = one("""
                    SELECT count(*), count(DISTINCT id), count(text), count(count), count(render), count(sample.input_ids),
                      count(sample.error), count_if(lint[0].code <=> 'NOT_A_CONVERSATION'), sum(size(samples)) FROM results""");
            int nulls = count(Kind.NULL);
            int bad = count(Kind.BAD);
            assertThat(counts.getLong(0)).isEqualTo(ROWS);
            assertThat(counts.getLong(1)).isEqualTo(ROWS);
            assertThat(counts.getLong(2)).isEqualTo(ROWS - nulls);
            assertThat(counts.getLong(3)).isEqualTo(ROWS - nulls);
            assertThat(counts.getLong(4)).isEqualTo(ROWS - nulls - bad);
            assertThat(counts.getLong(5)).isEqualTo(ROWS - nulls - bad);
            assertThat(counts.getLong(6)).isEqualTo(bad);
            assertThat(counts.getLong(7)).isEqualTo(bad);
            assertThat(counts.getLong(8)).isGreaterThan(ROWS - nulls);
        } finally {
            results.unpersist();
        }
    }

    @Test
    void aDocumentOf50MegabytesIsOneRowAmongOthers() {
        String unit = "Das ist ein Satz, and 東京. ";
        int copies = 50_000_000 / unit.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        String rows = "(SELECT id, repeat('" + unit + "', if(id = 3, " + copies + ", 2)) AS text FROM range(6))";

        List<Row> texts = sql("SELECT octet_length(text), harmony_count(text), size(harmony_encode(text)),"
                + " harmony_decode(harmony_encode(text)) = text FROM " + rows + " ORDER BY id");
        List<Row> samples = sql("SELECT size(s.input_ids), size(s.labels), s.error FROM (SELECT id,"
                + " harmony_training_sample(concat('{\"messages\":[{\"role\":\"user\",\"content\":\"Go on.\"},"
                + "{\"role\":\"assistant\",\"channel\":\"final\",\"content\":\"', text, '\"}]}'), '{\"shape\": \"harmony\", \"max_length\": 20000000}') AS s"
                + " FROM " + rows + ") ORDER BY id");

        int large = Tokenizer.o200kHarmony().count(unit.repeat(copies));
        int small = Tokenizer.o200kHarmony().count(unit.repeat(2));
        assertThat(texts).hasSize(6).allSatisfy(row -> {
            assertThat(row.getInt(2)).isEqualTo(row.getInt(1));
            assertThat(row.getBoolean(3)).isTrue();
        });
        assertThat(texts.get(3).getInt(0)).isGreaterThan(49_999_000);
        assertThat(texts.get(3).getInt(1)).isEqualTo(large);
        assertThat(texts.get(2).getInt(1)).isEqualTo(small);
        assertThat(samples).hasSize(6);
        assertThat(samples.get(3).isNullAt(2)).isTrue();
        assertThat(samples.get(3).getInt(0) - samples.get(2).getInt(0)).isEqualTo(large - small);
        assertThat(samples.get(3).getInt(1)).isEqualTo(samples.get(3).getInt(0));
    }

    /** What a row of the table is, by its number. */
    private enum Kind {
        NULL,
        BAD,
        GOOD;

        static Kind of(long id) {
            return id % 97 == 5 ? NULL : id % 41 == 7 ? BAD : GOOD;
        }
    }

    private static int count(Kind kind) {
        int count = 0;
        for (int id = 0; id < ROWS; id++) {
            count += Kind.of(id) == kind ? 1 : 0;
        }
        return count;
    }

    /** Makes the table, whose rows are made where they are read. */
    private static void large() {
        MapFunction<Long, @Nullable String> text = id -> text(id);
        Dataset<Row> ids = LocalSpark.SESSION.range(0, ROWS, 1, 8).toDF("id");
        Dataset<String> texts = ids.as(Encoders.LONG()).map(text, Encoders.STRING());
        LocalSpark.SESSION
                .createDataFrame(
                        ids.toJavaRDD()
                                .zip(texts.toJavaRDD())
                                .map(pair -> org.apache.spark.sql.RowFactory.create(pair._1.getLong(0), pair._2)),
                        new StructType().add("id", "bigint").add("text", "string"))
                .createOrReplaceTempView("large");
    }

    private static @Nullable String text(long id) {
        Random random = new Random(id);
        return switch (Kind.of(id)) {
            case NULL -> null;
            case BAD -> id % 2 == 0 ? Conversations.text(random, 5) : "{\"messages\":[{\"role\":\"nobody\"}]}";
            case GOOD -> Conversations.any(random).toJson();
        };
    }

    /** What the functions say of a text, in a form that can be compared. */
    private record LibraryRow(List<@Nullable String> results) {
        private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();
        private static final HarmonyRenderer RENDERER = new HarmonyRenderer(TOKENIZER);
        private static final TrainingRenderer TRAINING =
                new TrainingRenderer(TOKENIZER, RenderOptions.DEFAULT, LossMask.DEFAULT);

        static LibraryRow of(Row row) {
            if (row.isNullAt(1)) {
                List<@Nullable String> all = new ArrayList<>();
                for (int i = 2; i < row.length(); i++) {
                    all.add(row.isNullAt(i) ? null : "something");
                }
                return new LibraryRow(all);
            }
            List<@Nullable String> results = new ArrayList<>();
            results.add(String.valueOf(row.getInt(2)));
            results.add(row.getList(3).toString());
            results.add(row.getString(4));
            results.add(row.isNullAt(5) ? null : row.getList(5).toString());
            results.add(row.getString(6));
            results.add(sample(row.getStruct(7)));
            List<Row> samples = row.getList(8);
            samples.forEach(sample -> results.add(sample(sample)));
            List<Row> findings = row.getList(9);
            findings.forEach(finding -> results.add(finding.getString(0) + finding.getString(2)));
            return new LibraryRow(results);
        }

        private static @Nullable String sample(Row sample) {
            return sample.isNullAt(4) ? sample.getList(0) + " " + sample.getList(1) + " " + sample.getList(2) : "error";
        }

        static LibraryRow expected(@Nullable String text) {
            if (text == null) {
                return new LibraryRow(Arrays.asList(new @Nullable String[8]));
            }
            List<@Nullable String> results = new ArrayList<>();
            results.add(String.valueOf(TOKENIZER.count(text)));
            results.add(Arrays.toString(TOKENIZER.encode(text)));
            results.add(text);
            Conversation conversation;
            try {
                conversation = Conversation.fromJson(text);
            } catch (IllegalArgumentException e) {
                results.addAll(Arrays.asList(null, null, "error", "error", "NOT_A_CONVERSATION"));
                return new LibraryRow(results);
            }
            results.add(Arrays.toString(RENDERER.renderForCompletion(conversation, Role.ASSISTANT)));
            int[] whole = RENDERER.renderForTraining(conversation);
            results.add(new Conversation(
                            HarmonyParser.parse(whole, ParseOptions.DEFAULT).messages())
                    .toJson());
            results.add(sample(TRAINING.whole(conversation, message -> 1)));
            TRAINING.perTurn(conversation, message -> 1).forEach(sample -> results.add(sample(sample)));
            ConversationLinter.DEFAULT
                    .lint(text)
                    .forEach(finding -> results.add(finding.code().name() + finding.pointer()));
            return new LibraryRow(results);
        }

        private static String sample(TrainingSample sample) {
            return Arrays.toString(sample.tokens()) + " " + Arrays.toString(sample.labels()) + " "
                    + Arrays.toString(sample.weights());
        }
    }
}
