package io.harmony4j.spark;

import static io.harmony4j.spark.LocalSpark.one;
import static io.harmony4j.spark.LocalSpark.sql;
import static io.harmony4j.spark.LocalSpark.texts;
import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Role;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.ConversationLinter;
import io.harmony4j.renderer.Dialect;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.LossMask;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.renderer.TrainingRenderer;
import io.harmony4j.renderer.TrainingSample;
import io.harmony4j.tokenizer.Tokenizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The functions in SQL and in DataFrames, of a session that was told {@code spark.sql.extensions} and nothing else. PySpark, which was not to be had, asks the same way. */
class ExtensionsTest {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();
    private static final String TEXT = "Grüße, <|start|>user said: 1234567 \uD83D\uDE42";
    private static final String ONE_TURN = Conversations.ONE_TURN.toJson();
    private static final String TWO_TURNS = Conversations.TWO_TURNS.toJson();

    @Test
    void textBecomesTokensAndTextAgain() {
        texts(List.of(TEXT));

        Row row = one(
                "SELECT harmony_count(text), harmony_encode(text), harmony_decode(harmony_encode(text)) FROM texts");

        assertThat(row.getInt(0)).isEqualTo(TOKENIZER.count(TEXT));
        assertThat(ints(row, 1)).isEqualTo(TOKENIZER.encode(TEXT));
        assertThat(row.getString(2)).isEqualTo(TEXT);
    }

    @Test
    void dataFramesCallThemByName() {
        Dataset<Row> texts = texts(List.of(TEXT, ONE_TURN));

        List<Row> rows = texts.select(
                        call_function("harmony_count", col("text")),
                        call_function("harmony_render", col("text"), lit("{\"mode\": \"training\"}")))
                .collectAsList();

        assertThat(rows.get(0).getInt(0)).isEqualTo(TOKENIZER.count(TEXT));
        assertThat(rows.get(0).isNullAt(1)).isTrue();
        assertThat(ints(rows.get(1), 1))
                .isEqualTo(new HarmonyRenderer(TOKENIZER).renderForTraining(Conversations.ONE_TURN));
    }

    @Test
    void theEmptyTextHasNoTokens() {
        texts(List.of(""));

        Row row = one("SELECT harmony_count(text), harmony_encode(text), harmony_decode(harmony_encode(text)),"
                + " harmony_parse(harmony_encode(text)) FROM texts");

        assertThat(row.getInt(0)).isZero();
        assertThat(ints(row, 1)).isEmpty();
        assertThat(row.getString(2)).isEmpty();
        assertThat(row.getString(3)).isEqualTo("{\"messages\":[]}");
    }

    @Test
    void bytesThatAreNotUtf8CountAsTheReplacementCharacter() {
        Row row = one("SELECT harmony_count(s), harmony_decode(harmony_encode(s)) FROM"
                + " (SELECT cast(unhex('41FF42') AS string) AS s)");

        assertThat(row.getInt(0)).isEqualTo(TOKENIZER.count("A\uFFFDB"));
        assertThat(row.getString(1)).isEqualTo("A\uFFFDB");
    }

    @Test
    void nullStaysNull() {
        texts(Arrays.asList((String) null));

        Row row = one(
                "SELECT harmony_count(text), harmony_encode(text), harmony_decode(harmony_encode(text)),"
                        + " harmony_render(text), harmony_parse(harmony_encode(text)), harmony_training_sample(text),"
                        + " harmony_training_samples(text), harmony_lint(text), harmony_render('{\"messages\":[]}', NULL) FROM texts");

        for (int i = 0; i < row.length(); i++) {
            assertThat(row.isNullAt(i)).as("column " + i).isTrue();
        }
    }

    @Test
    void whatIsNoTokenIsNull() {
        Row row = one("SELECT harmony_decode(array(13225, 201089)), harmony_decode(array(13225, NULL)),"
                + " harmony_parse(array(-1)), harmony_decode(array(13225))");

        assertThat(row.isNullAt(0)).isTrue();
        assertThat(row.isNullAt(1)).isTrue();
        assertThat(row.isNullAt(2)).isTrue();
        assertThat(row.getString(3)).isEqualTo("Hello");
    }

    @Test
    void optionsOfRenderAreThoseOfTheRenderer() {
        texts(List.of(TWO_TURNS));

        Row row = one("SELECT harmony_render(text), harmony_render(text, '{\"mode\": \"conversation\"}'),"
                + " harmony_render(text, '{\"mode\": \"training\"}'),"
                + " harmony_render(text, '{\"policy\": \"drop-all\", \"dialect\": \"oss\"}') FROM texts");

        HarmonyRenderer renderer = new HarmonyRenderer(TOKENIZER);
        RenderOptions options = RenderOptions.DEFAULT
                .withAnalysisPolicy(AnalysisPolicy.DROP_ALL)
                .withDialect(Dialect.OSS);
        assertThat(ints(row, 0)).isEqualTo(renderer.renderForCompletion(Conversations.TWO_TURNS, Role.ASSISTANT));
        assertThat(ints(row, 1)).isEqualTo(renderer.render(Conversations.TWO_TURNS));
        assertThat(ints(row, 2)).isEqualTo(renderer.renderForTraining(Conversations.TWO_TURNS));
        assertThat(ints(row, 3))
                .isEqualTo(new HarmonyRenderer(TOKENIZER, options)
                        .renderForCompletion(Conversations.TWO_TURNS, Role.ASSISTANT));
    }

    @Test
    void parseReadsWholeMessagesAndWhatWasGenerated() {
        texts(List.of(ONE_TURN));

        Row row = one("SELECT harmony_parse(harmony_render(text, '{\"mode\": \"training\"}')),"
                + " harmony_parse(array(200005, 17196, 200008, 12194, 200002)),"
                + " harmony_parse(array(200005, 17196, 12194)),"
                + " harmony_parse(array(200005, 17196, 12194), '{\"repair\": false}') FROM texts");

        assertThat(Conversation.fromJson(row.getString(0)).messages().subList(2, 7))
                .isEqualTo(Conversations.ONE_TURN.messages().subList(2, 7));
        assertThat(row.getString(1))
                .isEqualTo("{\"messages\":[{\"role\":\"assistant\",\"content\":\"Hi\",\"channel\":\"final\"}]}");
        assertThat(row.isNullAt(2)).isFalse();
        assertThat(row.isNullAt(3)).isTrue();
    }

    @Test
    void aSampleHasTokensLabelsAndWeights() {
        texts(List.of(ONE_TURN));

        Row sample = one("SELECT harmony_training_sample(text, '{\"channel_weights\": {\"call\": 0.5}}') FROM texts")
                .getStruct(0);

        TrainingSample expected =
                renderer(LossMask.DEFAULT.withWeights(Map.of("call", 0.5))).whole(Conversations.ONE_TURN, message -> 1);
        assertThat(sample.schema().catalogString())
                .isEqualTo("struct<input_ids:array<int>,labels:array<int>,loss_weights:array<float>,dropped:array<int>,"
                        + "error:string>");
        assertSample(sample, expected);
        assertThat(ints(sample, 3)).isEmpty();
    }

    @Test
    void severalTurnsWithThoughtsAreSeveralSamples() {
        texts(List.of(TWO_TURNS));

        List<Row> samples = sql("SELECT s.* FROM (SELECT explode(harmony_training_samples(text)) AS s FROM texts)");
        List<Row> last = sql("SELECT inline(harmony_training_samples(text, '{\"turns\": \"last-turn\"}')) FROM texts");

        List<TrainingSample> expected = new ArrayList<>();
        renderer(LossMask.DEFAULT)
                .perTurn(Conversations.TWO_TURNS, message -> 1)
                .forEach(expected::add);
        assertThat(samples).hasSize(2);
        assertSample(samples.get(0), expected.get(0));
        assertSample(samples.get(1), expected.get(1));
        assertThat(ints(samples.get(1), 3)).containsExactly(3); // the thought of the first turn
        assertThat(last).containsExactly(samples.get(1));
    }

    @Test
    void oneSampleOfSeveralSaysWhatToDo() {
        texts(List.of(TWO_TURNS));

        Row row = one("SELECT harmony_training_sample(text).error,"
                + " harmony_training_sample(text, '{\"turns\": \"whole\"}') FROM texts");

        assertThat(row.getString(0))
                .isEqualTo("expected a row of one sample but found one of 2, since a prompt has no thoughts of"
                        + " earlier turns; use harmony_training_samples, or the option \"turns\": \"last-turn\" or"
                        + " \"whole\"");
        assertSample(row.getStruct(1), renderer(LossMask.DEFAULT).whole(Conversations.TWO_TURNS, message -> 1));
    }

    @Test
    void aBadRowIsAnErrorInTheStructAndNothingIsLost() {
        texts(List.of(
                ONE_TURN, "no JSON", "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\",\"channel\":\"final\"}]}"));

        List<Row> rows = sql("SELECT harmony_training_sample(text, '{\"shape\": \"harmony\"}') AS s FROM texts");
        List<Row> exploded =
                sql("SELECT inline(harmony_training_samples(text, '{\"shape\": \"harmony\"}')) FROM texts");

        assertThat(rows).hasSize(3);
        assertThat(exploded).hasSize(3);
        assertThat(rows.get(0).getStruct(0).isNullAt(4)).isTrue();
        assertThat(rows.get(1).getStruct(0).getString(4)).contains("JSON").contains("line 1");
        assertThat(rows.get(1).getStruct(0).isNullAt(0)).isTrue();
        assertThat(rows.get(2).getStruct(0).getString(4))
                .isEqualTo("no_labels: expected something to learn but found nothing");
        assertThat(exploded.get(1)).isEqualTo(rows.get(1).getStruct(0));
    }

    @Test
    void aPolicyThatLosesThoughtsMayBeForced() {
        texts(List.of(ONE_TURN));
        String options = "\"shape\": \"harmony\", \"turns\": \"whole\", \"policy\": \"drop-all\"";

        assertThat(sql("SELECT harmony_training_sample(text, '{" + options + "}').error FROM texts")
                        .get(0)
                        .getString(0))
                .contains("or force the policy");
        assertThat(sql("SELECT harmony_training_sample(text, '{" + options
                                + ", \"force_policy\": true}').error FROM texts")
                        .get(0)
                        .isNullAt(0))
                .isTrue();
    }

    @Test
    void rowsOfAnyShapeAreRead() {
        texts(List.of(
                "{\"conversations\":[{\"from\":\"human\",\"value\":\"2+2?\"},{\"from\":\"gpt\",\"value\":\"<think>Easy.</think>4\"}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"2+2?\"},{\"role\":\"assistant\",\"reasoning\":\"Easy.\","
                        + "\"content\":\"4\",\"mood\":\"good\"}]}",
                "{\"text\":\"A text.\"}",
                "{\"other\":1}"));

        List<Row> rows = sql("SELECT inline(harmony_training_samples(text, '{\"date\": \"2026-01-31\"}')) FROM texts");
        Row undated =
                sql("SELECT harmony_training_sample(text).error FROM texts").get(0);
        Row strict =
                sql("SELECT harmony_training_sample(text, '{\"date\": \"2026-01-31\", \"refuse_unused\": true}').error"
                                + " FROM texts")
                        .get(1);
        Row linted =
                sql("SELECT harmony_lint(text, '{\"date\": \"2026-01-31\", \"shape\": \"chat\"}'), harmony_render(text,"
                                + " '{\"date\": \"2026-01-31\", \"shape\": \"chat\"}') FROM texts")
                        .get(1);

        Conversation expected = Conversation.of(
                Message.system(Content.System.DEFAULT.withConversationStartDate(LocalDate.of(2026, 1, 31))),
                Message.user("2+2?"),
                Message.analysis("Easy."),
                Message.answer("4"));
        assertThat(rows).hasSize(4);
        assertSample(rows.get(0), renderer(LossMask.DEFAULT).whole(expected, message -> 1));
        assertThat(rows.get(1)).isEqualTo(rows.get(0));
        assertThat(TOKENIZER.decode(ints(rows.get(2), 0))).isEqualTo("A text.<|endoftext|>");
        assertThat(rows.get(3).getString(4)).contains("other");
        assertThat(undated.getString(0)).contains("expected the option \"date\", as in {\"date\": \"2026-01-31\"}");
        assertThat(strict.getString(0)).contains("messages.mood");
        assertThat(codes(linted, 0)).contains("ENDS_WITH_ASSISTANT");
        assertThat(ints(linted, 1))
                .isEqualTo(new HarmonyRenderer(TOKENIZER).renderForCompletion(expected, Role.ASSISTANT));
    }

    @Test
    void whatIsTooLongIsAnError() {
        texts(List.of(TWO_TURNS));

        List<Row> rows = sql("SELECT inline(harmony_training_samples(text, '{\"max_length\": 10}')) FROM texts");

        assertThat(rows)
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.getString(4))
                        .isEqualTo("too_long: expected a sample of at most 10 tokens but found a longer one"));
    }

    @Test
    void lintFindsWhatTheLinterFindsAndRowsThatAreNone() {
        String odd = "{\"messages\":[{\"role\":\"user\",\"content\":\"<|end|>\",\"tool_calls\":[]}]}";
        texts(List.of(odd, "{"));

        List<Row> rows = sql("SELECT harmony_lint(text), harmony_lint(text, '{\"purpose\": \"training\"}') FROM texts");

        assertThat(codes(rows.get(0), 0))
                .isEqualTo(ConversationLinter.DEFAULT.lint(odd).stream()
                        .map(finding -> finding.code().name())
                        .toList());
        assertThat(codes(rows.get(0), 1)).contains("NOTHING_TO_LEARN");
        assertThat(codes(rows.get(1), 0)).containsExactly("NOT_A_CONVERSATION");
        Row unreadable = (Row) rows.get(1).getList(0).get(0);
        assertThat(unreadable.getString(1)).isEqualTo("error");
        assertThat(unreadable.getString(3)).contains("line 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "harmony_render(text, '{\"strict\": true}')              | expected JSON but found",
                "harmony_training_sample(text, '{\"strict\": true}')     | JSON",
                "harmony_training_samples(text, '{\"strict\": true}')    | JSON",
                "harmony_lint(text, '{\"strict\": true}')                | JSON",
                "harmony_decode(array(201089), '{\"strict\": true}')     | 201089",
                "harmony_parse(array(200007), '{\"repair\": false, \"strict\": true}') | expected",
            })
    void strictEndsTheJobWithTheReason(String call, String reason) {
        texts(List.of("no JSON"));

        assertThatThrownBy(() -> sql("SELECT " + call + " FROM texts WHERE length(text) > 0"))
                .hasStackTraceContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "harmony_render('', '{\"polcy\": \"x\"}')   | is \"policy\" meant?",
                "harmony_render('', '{\"policy\": \"x\"}')  | keep-all",
                "harmony_render('', '{\"mode\": \"x\"}')    | one of completion, conversation, training",
                "harmony_lint('', '{\"mode\": \"x\"}')      | purpose, policy, shape, date, think_tags, strict",
                "harmony_training_sample('', '{\"date\": \"yesterday\"}') | a date as in 2026-01-31",
                "harmony_training_sample('', '{\"channel_weights\": {\"final\": \"x\"}}') | $.channel_weights.final",
                "harmony_training_sample('', '{\"strict\": 1}') | true or false",
                "harmony_render('', '[]')                   | the options of harmony_render as an object",
                "harmony_render('', '{')                    | line 1",
                "harmony_render('', 1)                      | expected the options of harmony_render as a constant text",
                "harmony_count('', '{}')                    | expected harmony_count(text) but found 2 arguments",
                "harmony_render()                           | expected harmony_render(json[, options]) but found 0",
            })
    void wrongOptionsAreToldBeforeTheJobBegins(String call, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalSpark.SESSION.sql("SELECT " + call))
                .withMessageContaining(reason);
    }

    @Test
    void optionsAreConstant() {
        texts(List.of(ONE_TURN));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalSpark.SESSION.sql("SELECT harmony_render(text, text) FROM texts"))
                .withMessageContaining("as a constant text in JSON");
    }

    @Test
    void otherTypesAreRefusedBySparkItself() {
        assertThatThrownBy(() -> LocalSpark.SESSION.sql("SELECT harmony_decode('x')"))
                .hasMessageContaining("DATATYPE_MISMATCH");
    }

    @Test
    void sparkDescribesThem() {
        assertThat(sql("DESCRIBE FUNCTION harmony_count").toString())
                .contains("harmony_count(text) - Returns the number of tokens");
        assertThat(sql("SHOW USER FUNCTIONS LIKE 'harmony_*'").size()
                        + sql("SHOW SYSTEM FUNCTIONS LIKE 'harmony_*'").size())
                .isEqualTo(8);
    }

    @Test
    void withoutGeneratedCodeTheyDoTheSame() throws Exception {
        texts(Arrays.asList(ONE_TURN, "no JSON", null));
        String query =
                "SELECT harmony_count(text), harmony_encode(text), harmony_render(text), harmony_parse(harmony_render(text)),"
                        + " harmony_training_samples(text), harmony_lint(text, '{\"purpose\": \"training\"}') FROM texts";

        List<Row> generated = sql(query);
        List<Row> interpreted = with(
                "spark.sql.codegen.factoryMode",
                "NO_CODEGEN",
                () -> with("spark.sql.codegen.wholeStage", "false", () -> sql(query)));

        assertThat(interpreted).isEqualTo(generated);
    }

    private static <T> T with(String key, String value, Callable<T> work) throws Exception {
        LocalSpark.SESSION.conf().set(key, value);
        try {
            return work.call();
        } finally {
            LocalSpark.SESSION.conf().unset(key);
        }
    }

    private static TrainingRenderer renderer(LossMask mask) {
        return new TrainingRenderer(TOKENIZER, RenderOptions.DEFAULT, mask);
    }

    private static void assertSample(Row row, TrainingSample expected) {
        assertThat(row.isNullAt(4)).as(row.toString()).isTrue();
        assertThat(ints(row, 0)).isEqualTo(expected.tokens());
        assertThat(ints(row, 1)).isEqualTo(expected.labels());
        List<Float> weights = row.getList(2);
        assertThat(weights.toArray()).isEqualTo(boxed(expected.weights()));
    }

    private static Object[] boxed(float[] numbers) {
        Object[] boxed = new Object[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            boxed[i] = numbers[i];
        }
        return boxed;
    }

    private static int[] ints(Row row, int column) {
        List<Integer> list = row.getList(column);
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    private static List<String> codes(Row row, int column) {
        List<Row> findings = row.getList(column);
        return findings.stream().map(finding -> finding.getString(0)).toList();
    }
}
