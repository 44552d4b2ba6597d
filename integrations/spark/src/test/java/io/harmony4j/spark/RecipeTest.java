package io.harmony4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The statements of docs/integrations/spark.md, as they stand there. */
class RecipeTest {
    private static final Path PAGE = Path.of("../../docs/integrations/spark.md");
    private static final Pattern STATEMENT = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);

    @Test
    void theCorpusOfThePageIsMadeAndNoRowIsLost(@TempDir Path data) throws IOException {
        Path chats = Files.createDirectories(data.resolve("chats"));
        List<String> lines = Files.readAllLines(Path.of("../../examples/spark/chats.jsonl"));
        Files.write(chats.resolve("some.jsonl"), lines.subList(2, 4));
        byte[] others = String.join("\n", lines.subList(0, 2)).getBytes(StandardCharsets.UTF_8);
        Files.write(chats.resolve("others.jsonl.zst"), Zstd.compress(others));
        List<String> statements = new ArrayList<>();
        Matcher matcher = STATEMENT.matcher(Files.readString(PAGE));
        while (matcher.find()) {
            statements.add(matcher.group(1).replace("/data/", data + "/").replaceAll(";.*\n", ""));
        }

        List<List<Row>> results = statements.stream().map(LocalSpark::sql).toList();

        assertThat(results).hasSize(7);
        assertThat(results.get(0)).hasToString("[[4]]");
        List<Row> rejects = results.get(2);
        assertThat(rejects).hasSize(2).allSatisfy(row -> {
            assertThat(row.getString(0)).isEqualTo("some.jsonl");
            assertThat(row.getLong(2)).isEqualTo(1);
            assertThat(row.getString(3)).isNotEmpty();
        });
        Row statistics = results.get(3).get(0);
        assertThat(statistics.getLong(0)).isEqualTo(3);
        assertThat(statistics.getLong(1)).isGreaterThan(statistics.getLong(2) * 2);
        assertThat(statistics.getLong(2)).isGreaterThan(20);
        assertThat(results.get(4).stream().mapToLong(row -> row.getLong(1)).sum())
                .isEqualTo(3);
        assertThat(results.get(5)).hasToString("[[0]]");
        assertThat(results.get(6).toString()).contains("NOT_A_CONVERSATION");
    }
}
