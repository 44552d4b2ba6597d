package io.harmony4j;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;

/**
 * JSON as openai/harmony reads and writes it (serde_json with its map in insertion order). Prompts hold JSON, in the
 * defaults of a tool's parameters, so its exact text matters: {@code 100.0} for {@code 1e2}, {@code 1e16} for
 * {@code 1E+16}, no spaces.
 */
public final class Json {
    /** A double is written without an exponent from 1e-5, ... */
    private static final int MIN_PLAIN_EXPONENT = -5;

    /** ... to below 1e16. */
    private static final int MAX_PLAIN_EXPONENT = 15;

    private static final MathContext ONE_DIGIT = new MathContext(1, RoundingMode.HALF_EVEN);

    private static final JsonFactory FACTORY =
            JsonFactory.builder().disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE).build();

    private Json() {}

    /**
     * Reads one JSON value. A name that occurs twice in an object keeps its first place and its last value. Integers of 64
     * bits (signed or unsigned) stay integers, all other numbers become doubles.
     *
     * @throws IllegalArgumentException if the text is not one JSON value, holds an unpaired surrogate or a number beyond the
     *     range of a double, or nests deeper than 127 levels; the text of the exception has line and column
     */
    public static JsonNode parse(String json) {
        return JsonTree.parse(requireNonNull(json, "json")).toNode();
    }

    /** Returns the value's text: no spaces, members in their order, control characters escaped and nothing else. */
    public static String write(JsonNode value) {
        requireNonNull(value, "value");
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = generator(text)) {
            write(value, generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    static JsonGenerator generator(StringWriter into) throws IOException {
        return FACTORY.createGenerator(into);
    }

    static void write(JsonNode value, JsonGenerator generator) throws IOException {
        switch (value.getNodeType()) {
            case OBJECT -> {
                generator.writeStartObject();
                for (Map.Entry<String, JsonNode> member : value.properties()) {
                    generator.writeFieldName(member.getKey());
                    write(member.getValue(), generator);
                }
                generator.writeEndObject();
            }
            case ARRAY -> {
                generator.writeStartArray();
                for (JsonNode element : value) {
                    write(element, generator);
                }
                generator.writeEndArray();
            }
            case STRING -> generator.writeString(value.textValue());
            case BOOLEAN -> generator.writeBoolean(value.booleanValue());
            case NUMBER -> generator.writeRawValue(number(value));
            default -> generator.writeNull();
        }
    }

    private static String number(JsonNode value) {
        if (value.isIntegralNumber()) {
            BigInteger integer = value.bigIntegerValue();
            if (integer.bitLength() < Long.SIZE || (integer.signum() > 0 && integer.bitLength() == Long.SIZE)) {
                return integer.toString();
            }
        }
        double nearest = value.doubleValue();
        if (value.isBigDecimal() && !Double.isFinite(nearest)) {
            throw new IllegalArgumentException(
                    "expected a number within the range of a double but found " + value.decimalValue());
        }
        return number(nearest);
    }

    /** Returns the shortest decimal that reads back as the given double, in the form of Rust's ryu; null if not finite. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return "null";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        // Not Double.toString: before JDK 19 it sometimes gives more digits than needed.
        BigDecimal shortest = new BigDecimal(NumberOutput.toString(value, true)).stripTrailingZeros();
        if (shortest.precision() == 2) {
            // Java takes the nearest decimal of two digits even where one would do: 4.9E-324, not 5e-324.
            BigDecimal shorter = shortest.round(ONE_DIGIT).stripTrailingZeros();
            shortest = shorter.doubleValue() == value ? shorter : shortest;
        }
        String digits = shortest.unscaledValue().abs().toString();
        int exponent = shortest.precision() - shortest.scale() - 1; // of the first digit
        String sign = value < 0 ? "-" : "";
        if (exponent < MIN_PLAIN_EXPONENT || exponent > MAX_PLAIN_EXPONENT) {
            String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
            return sign + digits.charAt(0) + fraction + "e" + exponent;
        }
        String plain = shortest.abs().toPlainString();
        return sign + (plain.indexOf('.') < 0 ? plain + ".0" : plain);
    }
}
