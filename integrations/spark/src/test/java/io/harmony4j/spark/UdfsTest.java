package io.harmony4j.spark;

import static io.harmony4j.spark.LocalSpark.sql;
import static io.harmony4j.spark.LocalSpark.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.types.DataType;
import org.junit.jupiter.api.Test;

/** The user-defined functions, registered by the names of their classes as PySpark's {@code registerJavaFunction} does it. */
class UdfsTest {
    private static final String SAMPLE =
            "struct<input_ids:array<int>,labels:array<int>,loss_weights:array<float>,dropped:array<int>,error:string>";
    private static final String FINDING =
            "struct<code:string,severity:string,pointer:string,message:string,suggestion:string>";

    @Test
    void eachDoesWhatTheExtensionDoes() {
        Map.of(
                        "Count", "int",
                        "Encode", "array<int>",
                        "Decode", "string",
                        "Render", "array<int>",
                        "Parse", "string",
                        "TrainingSample", SAMPLE,
                        "TrainingSamples", "array<" + SAMPLE + ">",
                        "Lint", "array<" + FINDING + ">")
                .forEach((name, type) -> LocalSpark.SESSION
                        .udf()
                        .registerJava("udf_" + name, "io.harmony4j.spark.HarmonyUdfs$" + name, DataType.fromDDL(type)));
        texts(Arrays.asList(Conversations.ONE_TURN.toJson(), Conversations.TWO_TURNS.toJson(), "no JSON", "", null));

        new TreeMap<>(Map.of(
                        "udf_Count(text)", "harmony_count(text)",
                        "udf_Encode(text)", "harmony_encode(text)",
                        "udf_Decode(udf_Encode(text))", "harmony_decode(harmony_encode(text))",
                        "udf_Decode(array(13225, cast(null as int)))", "harmony_decode(array(13225, null))",
                        "udf_Render(text, '{\"mode\": \"training\"}')",
                                "harmony_render(text, '{\"mode\": \"training\"}')",
                        "udf_Parse(harmony_render(text))", "harmony_parse(harmony_render(text))",
                        "udf_TrainingSample(text, '{}')", "harmony_training_sample(text)",
                        "udf_TrainingSamples(text, '{}')", "harmony_training_samples(text)",
                        "udf_Lint(text)", "harmony_lint(text)"))
                .forEach((udf, extension) -> assertThat(sql("SELECT " + udf + " FROM texts"))
                        .as(udf)
                        .isEqualTo(sql("SELECT " + extension + " FROM texts")));
    }
}
