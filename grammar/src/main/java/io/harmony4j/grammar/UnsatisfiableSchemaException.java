package io.harmony4j.grammar;

/** Thrown if no value obeys a schema, so that a model could write nothing. */
public final class UnsatisfiableSchemaException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /**
     * @param name whose schema it is
     */
    UnsatisfiableSchemaException(String name) {
        super("expected a schema that some value obeys but found one that nothing obeys, that of " + name);
    }
}
