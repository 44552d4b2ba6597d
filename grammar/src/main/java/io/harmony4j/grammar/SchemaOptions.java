package io.harmony4j.grammar;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** How JSON is to be written, and what may be left unchecked. Start with {@link #DEFAULT} and change what should be different. Immutable. */
public final class SchemaOptions {
    /** White space as models write it, properties in the order of the schema, nothing left unchecked. */
    public static final SchemaOptions DEFAULT =
            new SchemaOptions(WhiteSpace.FLEXIBLE, PropertyOrder.AS_DECLARED, Set.of(), false, false);

    private final WhiteSpace whiteSpace;
    private final PropertyOrder propertyOrder;
    private final Set<String> lenient;
    private final boolean coerceOneOf;
    private final boolean spaceAround;

    /** White space between the parts of an object or a list; there is none around the whole value. */
    public enum WhiteSpace {
        /** None. */
        COMPACT,
        /** One space after a comma and after a colon, as Python's {@code json.dumps} writes. */
        SPACED,
        /** Up to 20 spaces, tabs and ends of lines in any place. */
        FLEXIBLE
    }

    /** The order in which an object's properties are written. */
    public enum PropertyOrder {
        /** As the schema declares them, and what it does not declare after them; what may be missing can be left out. */
        AS_DECLARED,
        /** Any order, for schemas of up to 20 properties. */
        ANY
    }

    private SchemaOptions(
            WhiteSpace whiteSpace,
            PropertyOrder propertyOrder,
            Set<String> lenient,
            boolean coerceOneOf,
            boolean spaceAround) {
        this.whiteSpace = whiteSpace;
        this.propertyOrder = propertyOrder;
        this.lenient = lenient;
        this.coerceOneOf = coerceOneOf;
        this.spaceAround = spaceAround;
    }

    /** Returns the white space that may be written. */
    public WhiteSpace whiteSpace() {
        return whiteSpace;
    }

    /** Returns the order in which properties are written. */
    public PropertyOrder propertyOrder() {
        return propertyOrder;
    }

    /** Returns the keywords that are left unchecked where they cannot be enforced. */
    public Set<String> lenient() {
        return lenient;
    }

    /** Returns whether {@code oneOf} is read as {@code anyOf} where it cannot be shown that its variants exclude each other. */
    public boolean coerceOneOf() {
        return coerceOneOf;
    }

    /** Returns a copy with other white space. */
    public SchemaOptions withWhiteSpace(WhiteSpace other) {
        return new SchemaOptions(requireNonNull(other, "other"), propertyOrder, lenient, coerceOneOf, spaceAround);
    }

    /** Returns a copy with another order of properties. */
    public SchemaOptions withPropertyOrder(PropertyOrder other) {
        return new SchemaOptions(whiteSpace, requireNonNull(other, "other"), lenient, coerceOneOf, spaceAround);
    }

    /** Returns a copy that leaves the given keywords unchecked where they cannot be enforced; each such place is in the notes. */
    public SchemaOptions withLenient(Collection<String> keywords) {
        Set<String> copy = Collections.unmodifiableSet(new TreeSet<>(requireNonNull(keywords, "keywords")));
        return new SchemaOptions(whiteSpace, propertyOrder, copy, coerceOneOf, spaceAround);
    }

    /** Returns a copy that reads {@code oneOf} as {@code anyOf} where it must, or does not; each such place is in the notes. */
    public SchemaOptions withCoerceOneOf(boolean coerce) {
        return new SchemaOptions(whiteSpace, propertyOrder, lenient, coerce, spaceAround);
    }

    /** Returns whether white space may stand before and after the whole value. */
    public boolean spaceAround() {
        return spaceAround;
    }

    /** Returns a copy in which up to 20 characters of white space may stand before and after the whole value, or not. */
    public SchemaOptions withSpaceAround(boolean allowed) {
        return new SchemaOptions(whiteSpace, propertyOrder, lenient, coerceOneOf, allowed);
    }
}
