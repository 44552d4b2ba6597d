package io.harmony4j.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/training-data.md has the shapes in the order of detection, and a row of each. */
class ShapesPageTest {
    private static final Pattern TABLE_ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|");
    private static final Pattern ROW = Pattern.compile("(?s)```json\\n(.*?)```");

    @Test
    void rowsHaveTheShapesOfTheTable() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "training-data.md"));
        List<String> shapes = matches(TABLE_ROW, page);
        List<ImportedRow> rows = matches(ROW, page).stream()
                .map(row -> new RowImporter(Rows.OPTIONS).read(Json.parseAny(row)))
                .toList();

        assertThat(rows).extracting(row -> row.shape().wireName()).isEqualTo(shapes);
        assertThat(rows).allSatisfy(row -> assertThat(row.unusedFields()).isEmpty());
        assertThat(shapes).containsOnlyOnce("harmony").contains(RowShape.TEXT.wireName());
    }

    private static List<String> matches(Pattern pattern, String page) {
        return pattern.matcher(page)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
