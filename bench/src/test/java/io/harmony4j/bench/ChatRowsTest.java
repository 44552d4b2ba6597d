package io.harmony4j.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatRowsTest {
    private static final int BYTES = 300_000;

    /** Words with spaces, without any, and beyond the first plane. */
    private static final List<Corpus> CORPORA = List.of(
            Corpus.of(
                    "words",
                    IntStream.range(0, 5000)
                            .mapToObj(i -> Integer.toString(i * 7919, 36))
                            .collect(Collectors.joining(" "))),
            Corpus.of("unspaced", "漢字かな交じり文。".repeat(200)),
            Corpus.of("emoji", "😀😁😂".repeat(200)));

    @TempDir
    private Path folder;

    @Test
    void rowsAreTheSameEachTimeAndAsLongAsIsAskedFor() throws IOException {
        Path again = folder.resolve("again.jsonl");
        ChatRows.write(again, CORPORA, BYTES);

        assertThat(rows()).hasSameBinaryContentAs(again).isRegularFile();
        assertThat(Files.size(again)).isBetween((long) BYTES, BYTES + 20_000L);
    }

    @Test
    void noTextComesTwiceAndAllAreWellFormed() throws IOException {
        List<String> texts = new ArrayList<>();
        for (String row : Files.readAllLines(rows())) {
            for (JsonValue message : Json.parse(row).get("messages").elements()) {
                texts.add(message.get("content").text());
            }
        }

        assertThat(texts).hasSizeGreaterThan(50).doesNotHaveDuplicates();
    }

    @Test
    void moreTextHasMoreWords() {
        FreshText text = new FreshText(CORPORA.get(0), 1);
        Set<String> words = new HashSet<>();
        int[] counts = new int[3];
        for (int i = 0; i < counts.length; i++) {
            words.addAll(List.of(text.next(500_000).split(" ")));
            counts[i] = words.size();
        }

        assertThat(counts[1]).isGreaterThan(counts[0] + 500);
        assertThat(counts[2]).isGreaterThan(counts[1] + 500);
    }

    private Path rows() throws IOException {
        Path file = folder.resolve("rows.jsonl");
        ChatRows.write(file, CORPORA, BYTES);
        return file;
    }
}
