package io.harmony4j.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.json.Json;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The example of docs/algorithms/grammar.md is what the code gives. */
class PagesTest {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();

    @Test
    void theExampleIsRight() throws IOException {
        HarmonyGrammar grammar = HarmonyGrammar.ofValue(
                Json.parse("{\"type\": \"array\", \"items\": {\"enum\": [\"car\", \"cat\"]}}"),
                SchemaOptions.DEFAULT.withWhiteSpace(SchemaOptions.WhiteSpace.COMPACT));
        StringBuilder table = new StringBuilder();
        for (String text : List.of("", "[\"", "[\"ca", "[\"car")) {
            GrammarMatcher matcher = grammar.newMatcher();
            for (int token : TOKENIZER.encode(text)) {
                matcher.accept(token);
            }
            String tokens = Arrays.stream(matcher.mask().ids())
                    .mapToObj(TOKENIZER::decode)
                    .collect(Collectors.joining("  "));
            table.append(String.format("%-12s%s%n", text.isEmpty() ? "(nothing)" : text, tokens));
        }

        assertThat(Files.readString(Path.of("../docs/algorithms/grammar.md"))).contains("```\n" + table + "```\n");
    }
}
