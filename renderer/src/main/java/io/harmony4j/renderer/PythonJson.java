package io.harmony4j.renderer;

import io.harmony4j.json.JsonValue;
import java.math.BigDecimal;
import java.util.Map;
import java.util.StringJoiner;

/**
 * JSON as Python's {@code json.dumps(value, ensure_ascii=False)} writes it, which is what {@code tojson} means in a chat template: spaces
 * after colons and commas, and numbers in Python's notation ({@code 1e+16}).
 */
final class PythonJson {
    /** The exponents of the first digit from which and to which Python writes a float without an exponent. */
    private static final int MIN_PLAIN_EXPONENT = -4;

    private static final int MAX_PLAIN_EXPONENT = 15;

    private PythonJson() {}

    static String write(JsonValue value) {
        return switch (value.kind()) {
            case OBJECT -> {
                StringJoiner members = new StringJoiner(", ", "{", "}");
                for (Map.Entry<String, JsonValue> member : value.members().entrySet()) {
                    members.add(JsonValue.of(member.getKey()) + ": " + write(member.getValue()));
                }
                yield members.toString();
            }
            case ARRAY -> {
                StringJoiner elements = new StringJoiner(", ", "[", "]");
                for (JsonValue element : value.elements()) {
                    elements.add(write(element));
                }
                yield elements.toString();
            }
            case NUMBER -> number(value);
            case STRING, BOOLEAN, NULL -> value.toString();
        };
    }

    /** Returns an integer's digits, or the shortest decimal that reads back as the same double. */
    static String number(JsonValue number) {
        if (number.isInteger()) {
            return number.decimalValue().toPlainString();
        }
        double value = number.doubleValue();
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal shortest = new BigDecimal(JsonValue.of(value).toString()).stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1; // of the first digit
        if (exponent >= MIN_PLAIN_EXPONENT && exponent <= MAX_PLAIN_EXPONENT) {
            String plain = shortest.toPlainString();
            return plain.indexOf('.') < 0 ? plain + ".0" : plain;
        }
        String digits = shortest.unscaledValue().abs().toString();
        return (value < 0 ? "-" : "")
                + digits.charAt(0)
                + (digits.length() == 1 ? "" : "." + digits.substring(1))
                + "e%+03d".formatted(exponent);
    }
}
