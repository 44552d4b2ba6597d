package io.harmony4j.spark;

import io.harmony4j.spark.RowFunctions.LintRow;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;

/**
 * The functions as user-defined functions, for sessions that have begun and take no setting any more, as in PySpark:
 *
 * <pre>{@code
 * spark.udf.registerJavaFunction("harmony_count", "io.harmony4j.spark.HarmonyUdfs$Count", "int")
 * }</pre>
 *
 * <p>The names of structs' fields are those of the type that is given there. They are slower than those of {@link HarmonyExtensions}, since Spark turns
 * each text into a {@link String}, and those with options always take them.
 */
public final class HarmonyUdfs {
    private HarmonyUdfs() {}

    /** {@code harmony_count(text)}, an {@code int}. */
    public static final class Count implements UDF1<@Nullable String, @Nullable Integer> {
        private static final long serialVersionUID = 1L;

        /** Creates the function. Spark does this. */
        public Count() {}

        @Override
        public @Nullable Integer call(@Nullable String text) {
            return text == null ? null : RowFunctions.tokenizer().count(text);
        }
    }

    /** {@code harmony_encode(text)}, an {@code array<int>}. */
    public static final class Encode implements UDF1<@Nullable String, int @Nullable []> {
        private static final long serialVersionUID = 1L;

        /** Creates the function. Spark does this. */
        public Encode() {}

        @Override
        public int @Nullable [] call(@Nullable String text) {
            return text == null ? null : RowFunctions.tokenizer().encode(text);
        }
    }

    /** {@code harmony_decode(tokens)}, a {@code string}. */
    public static final class Decode implements UDF1<@Nullable Seq<@Nullable Integer>, @Nullable String> {
        private static final long serialVersionUID = 1L;

        /** Creates the function. Spark does this. */
        public Decode() {}

        @Override
        public @Nullable String call(@Nullable Seq<@Nullable Integer> tokens) {
            return tokens == null ? null : RowFunctions.DECODE.apply(tokens(tokens));
        }
    }

    /** {@code harmony_render(json, options)}, an {@code array<int>}. */
    public static final class Render implements UDF2<@Nullable String, @Nullable String, int @Nullable []> {
        private static final long serialVersionUID = 1L;

        /** Creates the function. Spark does this. */
        public Render() {}

        @Override
        public int @Nullable [] call(@Nullable String json, @Nullable String options) {
            return json == null || options == null
                    ? null
                    : RowFunctions.RENDER.apply(json, UTF8String.fromString(options));
        }
    }

    /** {@code harmony_parse(tokens)}, a {@code string}. */
    public static final class Parse implements UDF1<@Nullable Seq<@Nullable Integer>, @Nullable String> {
        private static final long serialVersionUID = 1L;

        /** Creates the function. Spark does this. */
        public Parse() {}

        @Override
        public @Nullable String call(@Nullable Seq<@Nullable Integer> tokens) {
            return tokens == null ? null : RowFunctions.PARSE.apply(tokens(tokens));
        }
    }

    /**
     * {@code harmony_training_sample(json, options)}, a
     * {@code struct<input_ids:array<int>,labels:array<int>,loss_weights:array<float>,dropped:array<int>,error:string>}.
     */
    public static final class TrainingSample implements UDF2<@Nullable String, @Nullable String, @Nullable Row> {
        private static final long serialVersionUID = 1L;

        /** Creates the function. Spark does this. */
        public TrainingSample() {}

        @Override
        public @Nullable Row call(@Nullable String json, @Nullable String options) {
            return json == null || options == null
                    ? null
                    : row(RowFunctions.SAMPLE.apply(json, UTF8String.fromString(options)));
        }
    }

    /** {@code harmony_training_samples(json, options)}, an array of what {@link TrainingSample} is. */
    public static final class TrainingSamples implements UDF2<@Nullable String, @Nullable String, Row @Nullable []> {
        private static final long serialVersionUID = 1L;

        /** Creates the function. Spark does this. */
        public TrainingSamples() {}

        @Override
        public Row @Nullable [] call(@Nullable String json, @Nullable String options) {
            if (json == null || options == null) {
                return null;
            }
            return RowFunctions.SAMPLES.apply(json, UTF8String.fromString(options)).stream()
                    .map(HarmonyUdfs::row)
                    .toArray(Row[]::new);
        }
    }

    /**
     * {@code harmony_lint(json)}, an
     * {@code array<struct<code:string,severity:string,pointer:string,message:string,suggestion:string>>}.
     */
    public static final class Lint implements UDF1<@Nullable String, Row @Nullable []> {
        private static final long serialVersionUID = 1L;

        /** Creates the function. Spark does this. */
        public Lint() {}

        @Override
        public Row @Nullable [] call(@Nullable String json) {
            if (json == null) {
                return null;
            }
            return RowFunctions.LINT.apply(json).stream().map(HarmonyUdfs::row).toArray(Row[]::new);
        }
    }

    private static int[] tokens(Seq<@Nullable Integer> list) {
        int[] tokens = new int[list.size()];
        for (int i = 0; i < tokens.length; i++) {
            Integer token = list.apply(i);
            tokens[i] = token == null ? HarmonyFunctions.NO_TOKEN : token;
        }
        return tokens;
    }

    private static Row row(SampleRow row) {
        io.harmony4j.renderer.TrainingSample sample = row.sample();
        return sample == null
                ? RowFactory.create(null, null, null, null, row.error())
                : RowFactory.create(
                        sample.tokens(), sample.labels(), sample.weights(), SampleRow.dropped(sample), null);
    }

    private static Row row(LintRow finding) {
        return RowFactory.create(
                finding.code(), finding.severity(), finding.pointer(), finding.message(), finding.suggestion());
    }
}
