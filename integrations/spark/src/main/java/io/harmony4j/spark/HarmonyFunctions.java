package io.harmony4j.spark;

import io.harmony4j.spark.RowFunctions.LintRow;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * The functions, on the values that Spark itself computes with: text in UTF-8, arrays of primitive numbers. Spark calls their methods
 * {@code invoke} from the code that it generates, which is why they are public; programs name the functions in SQL.
 */
public final class HarmonyFunctions {
    private static final DataType TOKENS = DataTypes.createArrayType(DataTypes.IntegerType, false);

    private static final DataType SAMPLE = DataTypes.createStructType(List.of(
            DataTypes.createStructField("input_ids", TOKENS, true),
            DataTypes.createStructField("labels", TOKENS, true),
            DataTypes.createStructField("loss_weights", DataTypes.createArrayType(DataTypes.FloatType, false), true),
            DataTypes.createStructField("dropped", TOKENS, true),
            DataTypes.createStructField("error", DataTypes.StringType, true)));

    private static final DataType FINDING = DataTypes.createStructType(List.of(
            DataTypes.createStructField("code", DataTypes.StringType, false),
            DataTypes.createStructField("severity", DataTypes.StringType, false),
            DataTypes.createStructField("pointer", DataTypes.StringType, false),
            DataTypes.createStructField("message", DataTypes.StringType, false),
            DataTypes.createStructField("suggestion", DataTypes.StringType, false)));

    /** All functions, each once for every number of arguments. */
    static final List<HarmonyFunction> ALL = List.of(
            new Count(),
            new Encode(),
            new Decode(HarmonyFunction.Options.NONE),
            new Decode(HarmonyFunction.Options.GIVEN),
            new Render(HarmonyFunction.Options.NONE),
            new Render(HarmonyFunction.Options.GIVEN),
            new Parse(HarmonyFunction.Options.NONE),
            new Parse(HarmonyFunction.Options.GIVEN),
            new TrainingSample(HarmonyFunction.Options.NONE),
            new TrainingSample(HarmonyFunction.Options.GIVEN),
            new TrainingSamples(HarmonyFunction.Options.NONE),
            new TrainingSamples(HarmonyFunction.Options.GIVEN),
            new Lint(HarmonyFunction.Options.NONE),
            new Lint(HarmonyFunction.Options.GIVEN));

    /** What a token array has in the place of a null: an id that no token has. */
    static final int NO_TOKEN = -1;

    private HarmonyFunctions() {}

    /** Returns the names of all functions, each once. */
    static List<String> names() {
        return ALL.stream().map(HarmonyFunction::name).distinct().toList();
    }

    /** Returns the functions of a name: one for each number of arguments. */
    static List<HarmonyFunction> named(String name) {
        return ALL.stream().filter(function -> function.name().equals(name)).toList();
    }

    /** {@code harmony_count(text)}. */
    public static final class Count extends HarmonyFunction {
        private static final long serialVersionUID = 1L;

        Count() {
            super(
                    "count",
                    "(text)",
                    "Returns the number of tokens that the text has for gpt-oss. No special token is recognised.",
                    DataTypes.IntegerType,
                    DataTypes.StringType,
                    Options.NONE);
        }

        /** Returns the number of tokens of a text; null for null. */
        public static @Nullable Integer invoke(@Nullable UTF8String text) {
            return text == null ? null : RowFunctions.tokenizer().count(text.getByteBuffer());
        }
    }

    /** {@code harmony_encode(text)}. */
    public static final class Encode extends HarmonyFunction {
        private static final long serialVersionUID = 1L;

        Encode() {
            super(
                    "encode",
                    "(text)",
                    "Returns the tokens that the text has for gpt-oss. No special token is recognised.",
                    TOKENS,
                    DataTypes.StringType,
                    Options.NONE);
        }

        /** Returns the tokens of a text; null for null. */
        public static @Nullable ArrayData invoke(@Nullable UTF8String text) {
            return text == null ? null : array(RowFunctions.tokenizer().encode(text.getByteBuffer()));
        }
    }

    /** {@code harmony_decode(tokens[, options])}. */
    public static final class Decode extends HarmonyFunction {
        private static final long serialVersionUID = 1L;

        Decode(Options options) {
            super(
                    "decode",
                    "(tokens[, options])",
                    "Returns the text of the tokens, special tokens by their names; null if one of them is no"
                            + " token.",
                    DataTypes.StringType,
                    TOKENS,
                    options);
        }

        /** Returns the text of tokens; null for null, and if one of them is no token. */
        public static @Nullable UTF8String invoke(@Nullable ArrayData tokens) {
            return invoke(tokens, RowFunction.NO_OPTIONS);
        }

        /** Returns the text of tokens; null for null, and if one of them is no token. */
        public static @Nullable UTF8String invoke(@Nullable ArrayData tokens, @Nullable UTF8String options) {
            return tokens == null || options == null
                    ? null
                    : UTF8String.fromString(RowFunctions.DECODE.apply(tokens(tokens), options));
        }

        @Override
        void check(UTF8String options) {
            RowFunctions.DECODE.check(options);
        }
    }

    /** {@code harmony_render(json[, options])}. */
    public static final class Render extends HarmonyFunction {
        private static final long serialVersionUID = 1L;

        Render(Options options) {
            super(
                    "render",
                    "(json[, options])",
                    "Returns the tokens of a conversation, as a prompt unless the option mode says conversation or"
                            + " training; null if it is none.",
                    TOKENS,
                    DataTypes.StringType,
                    options);
        }

        /** Returns the tokens of a prompt; null for null, and for what is no conversation. */
        public static @Nullable ArrayData invoke(@Nullable UTF8String json) {
            return invoke(json, RowFunction.NO_OPTIONS);
        }

        /** Returns the tokens of a conversation; null for null, and for what is none. */
        public static @Nullable ArrayData invoke(@Nullable UTF8String json, @Nullable UTF8String options) {
            return json == null || options == null ? null : array(RowFunctions.RENDER.apply(json.toString(), options));
        }

        @Override
        void check(UTF8String options) {
            RowFunctions.RENDER.check(options);
        }
    }

    /** {@code harmony_parse(tokens[, options])}. */
    public static final class Parse extends HarmonyFunction {
        private static final long serialVersionUID = 1L;

        Parse(Options options) {
            super(
                    "parse",
                    "(tokens[, options])",
                    "Returns the conversation, in JSON, that the tokens are: whole messages, or what a model"
                            + " generated after a prompt. What is not Harmony is repaired, or with {\"repair\": false} null.",
                    DataTypes.StringType,
                    TOKENS,
                    options);
        }

        /** Returns the conversation of tokens; null for null, and if one of them is no token. */
        public static @Nullable UTF8String invoke(@Nullable ArrayData tokens) {
            return invoke(tokens, RowFunction.NO_OPTIONS);
        }

        /** Returns the conversation of tokens; null for null, and for what the options do not let pass. */
        public static @Nullable UTF8String invoke(@Nullable ArrayData tokens, @Nullable UTF8String options) {
            return tokens == null || options == null
                    ? null
                    : UTF8String.fromString(RowFunctions.PARSE.apply(tokens(tokens), options));
        }

        @Override
        void check(UTF8String options) {
            RowFunctions.PARSE.check(options);
        }
    }

    /** {@code harmony_training_sample(json[, options])}. */
    public static final class TrainingSample extends HarmonyFunction {
        private static final long serialVersionUID = 1L;

        TrainingSample(Options options) {
            super(
                    "training_sample",
                    "(json[, options])",
                    "Returns the training sample of a row of any shape: tokens, labels, their weights, the messages"
                            + " that are left out; or else an error.",
                    SAMPLE,
                    DataTypes.StringType,
                    options);
        }

        /** Returns the sample of a row, or why there is none; null for null. */
        public static @Nullable InternalRow invoke(@Nullable UTF8String json) {
            return invoke(json, RowFunction.NO_OPTIONS);
        }

        /** Returns the sample of a row, or why there is none; null for null. */
        public static @Nullable InternalRow invoke(@Nullable UTF8String json, @Nullable UTF8String options) {
            return json == null || options == null ? null : row(RowFunctions.SAMPLE.apply(json.toString(), options));
        }

        @Override
        void check(UTF8String options) {
            RowFunctions.SAMPLE.check(options);
        }
    }

    /** {@code harmony_training_samples(json[, options])}. */
    public static final class TrainingSamples extends HarmonyFunction {
        private static final long serialVersionUID = 1L;

        TrainingSamples(Options options) {
            super(
                    "training_samples",
                    "(json[, options])",
                    "Returns the training samples of a row of any shape, one for each turn where that matters; or"
                            + " else one element with an error.",
                    DataTypes.createArrayType(SAMPLE, false),
                    DataTypes.StringType,
                    options);
        }

        /** Returns the samples of a row, or why there is none; null for null. */
        public static @Nullable ArrayData invoke(@Nullable UTF8String json) {
            return invoke(json, RowFunction.NO_OPTIONS);
        }

        /** Returns the samples of a row, or why there is none; null for null. */
        public static @Nullable ArrayData invoke(@Nullable UTF8String json, @Nullable UTF8String options) {
            if (json == null || options == null) {
                return null;
            }
            return new GenericArrayData(RowFunctions.SAMPLES.apply(json.toString(), options).stream()
                    .map(HarmonyFunctions::row)
                    .toArray());
        }

        @Override
        void check(UTF8String options) {
            RowFunctions.SAMPLES.check(options);
        }
    }

    /** {@code harmony_lint(json[, options])}. */
    public static final class Lint extends HarmonyFunction {
        private static final long serialVersionUID = 1L;

        Lint(Options options) {
            super(
                    "lint",
                    "(json[, options])",
                    "Returns what may not be meant as it is in a conversation: code, severity, JSON pointer,"
                            + " message, suggestion.",
                    DataTypes.createArrayType(FINDING, false),
                    DataTypes.StringType,
                    options);
        }

        /** Returns what is found in a conversation; null for null. */
        public static @Nullable ArrayData invoke(@Nullable UTF8String json) {
            return invoke(json, RowFunction.NO_OPTIONS);
        }

        /** Returns what is found in a conversation; null for null. */
        public static @Nullable ArrayData invoke(@Nullable UTF8String json, @Nullable UTF8String options) {
            if (json == null || options == null) {
                return null;
            }
            return new GenericArrayData(RowFunctions.LINT.apply(json.toString(), options).stream()
                    .map(HarmonyFunctions::row)
                    .toArray());
        }

        @Override
        void check(UTF8String options) {
            RowFunctions.LINT.check(options);
        }
    }

    private static int[] tokens(ArrayData array) {
        int[] tokens = new int[array.numElements()];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = array.isNullAt(i) ? NO_TOKEN : array.getInt(i);
        }
        return tokens;
    }

    private static @Nullable ArrayData array(int @Nullable [] numbers) {
        return numbers == null ? null : UnsafeArrayData.fromPrimitiveArray(numbers);
    }

    private static InternalRow row(SampleRow row) {
        io.harmony4j.renderer.TrainingSample sample = row.sample();
        return new GenericInternalRow(
                sample == null
                        ? new @Nullable Object[] {null, null, null, null, UTF8String.fromString(row.error())}
                        : new @Nullable Object[] {
                            UnsafeArrayData.fromPrimitiveArray(sample.tokens()),
                            UnsafeArrayData.fromPrimitiveArray(sample.labels()),
                            UnsafeArrayData.fromPrimitiveArray(sample.weights()),
                            UnsafeArrayData.fromPrimitiveArray(SampleRow.dropped(sample)),
                            null
                        });
    }

    private static InternalRow row(LintRow finding) {
        return new GenericInternalRow(new Object[] {
            UTF8String.fromString(finding.code()),
            UTF8String.fromString(finding.severity()),
            UTF8String.fromString(finding.pointer()),
            UTF8String.fromString(finding.message()),
            UTF8String.fromString(finding.suggestion())
        });
    }
}
