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
            new JsonWriter(generator).value(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void value(JsonValue value) throws IOException {
        switch (value.kind()) {
            case OBJECT -> {
                out.writeStartObject();
                for (Map.Entry<String, JsonValue> member : value.members().entrySet()) {
                    out.writeFieldName(member.getKey());
                    value(member.getValue());
                }
                out.writeEndObject();
            }
            case ARRAY -> {
                out.writeStartArray();
                for (JsonValue element : value.elements()) {
                    value(element);
                }
                out.writeEndArray();
            }
            case STRING -> out.writeString(value.text());
            case NUMBER -> out.writeRawValue(value.numberText());
            case BOOLEAN -> out.writeBoolean(value.booleanValue());
            case NULL -> out.writeNull();
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
