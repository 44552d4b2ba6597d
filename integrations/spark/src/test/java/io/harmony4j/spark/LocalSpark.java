package io.harmony4j.spark;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** A session of a real Spark in this process, the same for all tests: it knows of this module by settings alone. */
final class LocalSpark {
    static final SparkSession SESSION = SparkSession.builder()
            .master("local[2]")
            .appName("harmony-spark")
            .config("spark.sql.extensions", "io.harmony4j.spark.HarmonyExtensions")
            .config("spark.sql.catalog.harmony", "io.harmony4j.spark.HarmonyCatalog")
            .config("spark.sql.shuffle.partitions", 4)
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.warehouse.dir", "target/warehouse")
            .getOrCreate();

    private static final StructType TEXT = new StructType().add("text", DataTypes.StringType);

    private LocalSpark() {}

    /** Returns a table of one column, which SQL knows as {@code SELECT text FROM texts}. */
    static Dataset<Row> texts(List<? extends @Nullable String> texts) {
        Dataset<Row> rows = SESSION.createDataFrame(
                texts.stream().map(text -> RowFactory.create(text)).toList(), TEXT);
        rows.createOrReplaceTempView("texts");
        return rows;
    }

    static List<Row> sql(String query) {
        return SESSION.sql(query).collectAsList();
    }

    static Row one(String query) {
        List<Row> rows = sql(query);
        if (rows.size() != 1) {
            throw new AssertionError("expected one row but found " + rows);
        }
        return rows.get(0);
    }
}
