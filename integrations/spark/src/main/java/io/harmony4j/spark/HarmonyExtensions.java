package io.harmony4j.spark;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import scala.Function1;
import scala.Option;
import scala.Tuple3;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * The functions {@code harmony_count}, {@code harmony_encode} and the others for a session, also for one that is asked in SQL or from Python:
 *
 * <pre>{@code
 * spark-sql --packages io.harmony4j:harmony-spark:VERSION --conf spark.sql.extensions=io.harmony4j.spark.HarmonyExtensions
 * }</pre>
 */
public final class HarmonyExtensions extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {
    private static final String PREFIX = "harmony_";

    /** Creates the extensions. Spark does this. */
    public HarmonyExtensions() {}

    @Override
    public BoxedUnit apply(SparkSessionExtensions extensions) {
        for (String name : HarmonyFunctions.names()) {
            Function1<Seq<Expression>, Expression> builder = arguments -> call(name, arguments);
            extensions.injectFunction(new Tuple3<>(new FunctionIdentifier(PREFIX + name), info(name), builder));
        }
        return BoxedUnit.UNIT;
    }

    private static ExpressionInfo info(String name) {
        HarmonyFunction function = HarmonyFunctions.named(name).get(0);
        String usage = PREFIX + name + function.arguments() + " - " + function.description();
        return new ExpressionInfo(function.getClass().getName(), "", PREFIX + name, usage, "", "", "", "", "", "", "");
    }

    /** Returns the call of a function. */
    private static Expression call(String name, Seq<Expression> arguments) {
        List<HarmonyFunction> functions = HarmonyFunctions.named(name);
        HarmonyFunction function = functions.stream()
                .filter(each -> each.inputTypes().length == arguments.size())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected " + PREFIX + name
                        + functions.get(0).arguments() + " but found " + arguments.size() + " arguments"));
        if (arguments.size() > 1) {
            check(function, arguments.apply(1));
        }
        Seq<AbstractDataType> types = CollectionConverters.asScala(
                        Arrays.<AbstractDataType>asList(function.inputTypes()))
                .toSeq();
        return new StaticInvoke(
                function.getClass(),
                function.resultType(),
                HarmonyFunction.METHOD,
                arguments,
                types,
                true, // null for null, without a call
                true,
                true,
                Option.empty());
    }

    private static void check(HarmonyFunction function, Expression options) {
        String expected =
                "expected the options of " + PREFIX + function.name() + " as a constant text in JSON but found ";
        if (!options.foldable()) {
            throw new IllegalArgumentException(expected + options.sql());
        }
        @Nullable Object value = options.eval(null);
        if (value instanceof UTF8String text) {
            function.check(text);
        } else if (value != null) {
            throw new IllegalArgumentException(expected + options.sql());
        }
    }
}
