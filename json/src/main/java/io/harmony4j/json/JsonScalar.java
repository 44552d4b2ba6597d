package io.harmony4j.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A string, a number, true, false or null. What it holds is a {@code String}, a {@code Long}, a {@code BigInteger} (an integer
 * that is no {@code Long}), a {@code Double}, a {@code BigDecimal} (a number that no double is), a {@code Boolean}, or an empty
 * string for null.
 */
final class JsonScalar extends JsonValue {
    static final JsonScalar NULL = new JsonScalar(Kind.NULL, "", 0, 0);

    private final Kind kind;
    private final Object value;

    JsonScalar(Kind kind, Object value, int line, int column) {
        super(line, column);
        this.kind = kind;
        this.value = value;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public String text() {
        return kind == Kind.STRING ? (String) value : super.text();
    }

    @Override
    public double doubleValue() {
        return value instanceof Number number ? number.doubleValue() : super.doubleValue();
    }

    @Override
    public long longValue() {
        return value instanceof Long integer ? integer : super.longValue();
    }

    @Override
    public int intValue() {
        return value instanceof Long integer && integer == integer.intValue() ? integer.intValue() : super.intValue();
    }

    @Override
    public boolean isInteger() {
        return value instanceof Long || value instanceof BigInteger;
    }

    @Override
    public BigDecimal decimalValue() {
        return kind == Kind.NUMBER ? new BigDecimal(numberText()) : super.decimalValue();
    }

    @Override
    String numberText() {
        return value instanceof Double number ? JsonWriter.number(number) : value.toString();
    }

    /** Returns whether the format's JSON can have this. */
    boolean isOfFormat() {
        return switch (kind) {
            case STRING -> JsonReader.unpairedSurrogate((String) value, 0) < 0;
            case NUMBER -> value instanceof Long || value instanceof Double;
            default -> true;
        };
    }

    @Override
    public boolean booleanValue() {
        return value instanceof Boolean truth ? truth : super.booleanValue();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonScalar that && kind == that.kind && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }
}
