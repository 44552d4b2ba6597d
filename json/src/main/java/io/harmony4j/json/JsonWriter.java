package io.harmony4j.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;

/** Values to text, in the form of serde_json. */
final class JsonWriter {
    /** A double is written without an exponent from 1e-5, ... */
    private static final int MIN_PLAIN_EXPONENT = -5;

    /** ... to below 1e16. */
    private static final int MAX_PLAIN_EXPONENT = 15;

    private static final MathContext ONE_DIGIT = new MathContext(1, RoundingMode.HALF_EVEN);

    private final JsonGenerator out;

    private JsonWriter(JsonGenerator out) {
        this.out = out;
    }

    static String write(JsonValue value, boolean indented) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = Jackson.factory().createGenerator(text)) {
            if (indented) {
                DefaultIndenter lines = new DefaultIndenter("  ", "\n");
                DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
                printer.indentArraysWith(lines);
                printer.indentObjectsWith(lines);
                generator.setPrettyPrinter(printer);
            }
            new JsonWriter(generator).value(value, 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return withEscapedHalves(text.toString());
    }

    /** Returns the text with escapes in place of unpaired surrogates, which can only be within a string, and which UTF-8 lacks. */
    private static String withEscapedHalves(String json) {
        int at = JsonReader.unpairedSurrogate(json, 0);
        if (at < 0) {
            return json;
        }
        StringBuilder escaped = new StringBuilder(json.length() + 16);
        int from = 0;
        for (; at >= 0; at = JsonReader.unpairedSurrogate(json, from)) {
            escaped.append(json, from, at).append("\\u").append(Integer.toHexString(json.charAt(at)));
            from = at + 1;
        }
        return escaped.append(json, from, json.length()).toString();
    }

    /** Writes a value; the depth is its level if it is an object or a list, from 1. */
    private void value(JsonValue value, int depth) throws IOException {
        switch (value.kind()) {
            case OBJECT -> {
                requireDepth(depth);
                out.writeStartObject();
                for (Map.Entry<String, JsonValue> member : value.members().entrySet()) {
                    out.writeFieldName(member.getKey());
                    value(member.getValue(), depth + 1);
                }
                out.writeEndObject();
            }
            case ARRAY -> {
                requireDepth(depth);
                out.writeStartArray();
                for (JsonValue element : value.elements()) {
                    value(element, depth + 1);
                }
                out.writeEndArray();
            }
            case STRING -> out.writeString(value.text());
            case NUMBER -> out.writeRawValue(value.numberText());
            case BOOLEAN -> out.writeBoolean(value.booleanValue());
            case NULL -> out.writeNull();
        }
    }

    private static void requireDepth(int depth) {
        if (depth > Jackson.MAX_WRITTEN_DEPTH) {
            throw new IllegalArgumentException(
                    "expected a value of at most " + Jackson.MAX_WRITTEN_DEPTH + " levels of nesting but found more");
        }
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
