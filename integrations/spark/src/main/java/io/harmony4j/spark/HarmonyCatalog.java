package io.harmony4j.spark;

import java.util.Arrays;
import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.connector.catalog.FunctionCatalog;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * A catalog of the functions {@code count}, {@code encode} and the others, for sessions that take no extensions. With
 *
 * <pre>{@code
 * --conf spark.sql.catalog.harmony=io.harmony4j.spark.HarmonyCatalog
 * }</pre>
 *
 * <p>SQL says {@code SELECT harmony.count(text)}, and DataFrames {@code expr("harmony.count(text)")}. The catalog has one namespace, {@code default},
 * which need not be named, and no tables.
 */
public final class HarmonyCatalog implements FunctionCatalog {
    private static final String[] NAMESPACE = {"default"};

    private String name = "harmony";

    /** Creates a catalog. Spark does this. */
    public HarmonyCatalog() {}

    @Override
    public void initialize(String newName, CaseInsensitiveStringMap options) {
        this.name = newName;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Identifier[] listFunctions(String[] namespace) throws NoSuchNamespaceException {
        if (!isKnown(namespace)) {
            throw new NoSuchNamespaceException(namespace);
        }
        return HarmonyFunctions.names().stream()
                .map(function -> Identifier.of(namespace, function))
                .toArray(Identifier[]::new);
    }

    @Override
    public UnboundFunction loadFunction(Identifier identifier) throws NoSuchFunctionException {
        if (!isKnown(identifier.namespace()) || !HarmonyFunctions.names().contains(identifier.name())) {
            throw new NoSuchFunctionException(identifier);
        }
        return new Unbound(identifier.name());
    }

    private static boolean isKnown(String[] namespace) {
        return namespace.length == 0 || Arrays.equals(namespace, NAMESPACE);
    }

    /** A function of which it is not yet known how many arguments it gets. */
    private record Unbound(String name) implements UnboundFunction {
        @Override
        public BoundFunction bind(StructType arguments) {
            return HarmonyFunctions.named(name).stream()
                    .filter(function -> function.inputTypes().length == arguments.size())
                    .findFirst()
                    .orElseThrow(() -> new UnsupportedOperationException(
                            "expected " + description() + " but found " + arguments.size() + " arguments"));
        }

        @Override
        public String description() {
            HarmonyFunction function = HarmonyFunctions.named(name).get(0);
            return name + function.arguments() + " - " + function.description();
        }
    }
}
