package example;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A corpus of chats, lines of JSON, to Parquet with tokens and labels; and what is in it. */
public final class Main {
    private Main() {}

    /** Takes a file of lines of JSON and a folder to write to. */
    public static void main(String[] args) {
        // on a cluster, spark-submit has these settings
        SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.sql.extensions", "io.harmony4j.spark.HarmonyExtensions")
                .getOrCreate();
        build(spark, args[0], args[1]);
        spark.stop();
    }

    private static void build(SparkSession spark, String input, String output) {
        spark.sql("""
                SELECT inline(harmony_training_samples(value, '{"date": "2026-01-31", "max_length": 8192}'))
                FROM text.`%s`""".formatted(input)).write().mode("overwrite").parquet(output);

        Dataset<Row> samples = spark.read().parquet(output);
        samples.createOrReplaceTempView("samples");
        Row sums = spark.sql("""
                SELECT count(input_ids), sum(size(input_ids)), sum(size(filter(labels, label -> label <> -100)))
                FROM samples""").head();
        System.out.println(sums.get(0) + " samples, " + sums.get(1) + " tokens, " + sums.get(2) + " to learn");
        for (Row reject : spark.sql("SELECT error FROM samples WHERE error IS NOT NULL ORDER BY error").collectAsList()) {
            System.out.println("rejected: " + reject.getString(0));
        }
    }
}
