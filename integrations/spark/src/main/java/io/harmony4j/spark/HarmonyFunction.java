package io.harmony4j.spark;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A function as Spark sees it: its name, what it takes, what it returns. The work is done by a static method {@code invoke} of the subclass, which Spark
 * finds by its name and calls without boxing. There is an instance for each number of arguments.
 */
abstract class HarmonyFunction implements ScalarFunction<Object> {
    private static final long serialVersionUID = 1L;

    /** The name of the method of the subclass. */
    static final String METHOD = MAGIC_METHOD_NAME;

    private final String name;
    private final String arguments;
    private final String description;
    private final DataType resultType;
    private final DataType[] inputTypes;

    HarmonyFunction(
            String name,
            String arguments,
            String description,
            DataType resultType,
            DataType inputType,
            Options options) {
        this.name = name;
        this.arguments = arguments;
        this.description = description;
        this.resultType = resultType;
        this.inputTypes = (options == Options.GIVEN ? List.of(inputType, DataTypes.StringType) : List.of(inputType))
                .toArray(DataType[]::new);
    }

    /** Whether the second argument is there. */
    enum Options {
        NONE,
        GIVEN
    }

    /** Returns the name in a catalog, as in {@code count}. */
    @Override
    public String name() {
        return name;
    }

    /** Returns what stands after the name in a call, as in {@code (json[, options])}. */
    String arguments() {
        return arguments;
    }

    /** Returns what the function does, for those who ask Spark. */
    String description() {
        return description;
    }

    @Override
    public DataType resultType() {
        return resultType;
    }

    @Override
    public DataType[] inputTypes() {
        return inputTypes.clone();
    }

    /** Returns a name that tells this function from all others, and instances of different numbers of arguments from each other. */
    @Override
    public String canonicalName() {
        return "io.harmony4j." + name
                + Stream.of(inputTypes).map(DataType::catalogString).toList();
    }

    /**
     * Checks options that are known before the first row.
     *
     * @throws IllegalArgumentException if they are wrong
     */
    void check(UTF8String options) {}
}
