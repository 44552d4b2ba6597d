package io.harmony4j.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.parser.Diagnostic.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The table of docs/recovery.md is true, and names every code. */
class RecoveryPageTest {
    private static final Path PAGE = Path.of("../docs/recovery.md");
    private static final Pattern ROW = Pattern.compile("\\| `([A-Z0-9_]+)` \\| `(.*)` \\| (.*) \\|");
    private static final ParseOptions ASSISTANT =
            ParseOptions.forRole(Role.ASSISTANT).withTools(List.of(Recipient.function("get_weather")));

    @TestFactory
    Stream<DynamicTest> repairsAreAsThePageSays() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .map(ROW::matcher)
                .filter(row -> row.matches())
                .map(row -> DynamicTest.dynamicTest(row.group(1) + " " + row.group(2), () -> {
                    String stream = row.group(2).replace("\\|", "|");
                    StreamParser parser = TokenStreams.run(ASSISTANT, event -> {}, TokenStreams.tokens(stream));
                    assertThat(parser.diagnostics())
                            .extracting(Diagnostic::code)
                            .contains(Code.valueOf(row.group(1)));
                    assertThat(describe(Parts.of(parser.messages()))).isEqualTo(row.group(3));
                }));
    }

    @Test
    void everyCodeIsOnThePage() throws IOException {
        String page = Files.readString(PAGE);
        for (Code code : Code.values()) {
            assertThat(page).contains("| `" + code + "` |");
        }
    }

    private static String describe(Parts view) {
        List<String> parts = new ArrayList<>();
        if (!view.reasoning().isEmpty()) {
            parts.add("reasoning `" + view.reasoning() + "`");
        }
        if (!view.content().isEmpty()) {
            parts.add("content `" + view.content().replace('\n', '\u23CE') + "`");
        }
        view.calls().forEach(call -> parts.add("call `" + call.tool() + "` `" + call.arguments() + "`"));
        return parts.isEmpty() ? "nothing" : String.join(", ", parts);
    }
}
