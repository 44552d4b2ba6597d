package io.harmony4j.training;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import io.harmony4j.renderer.TrainingSample;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DatasetBuilderTest {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();
    private static final DatasetOptions OPTIONS = DatasetOptions.of(ImportOptions.of(LocalDate.of(2026, 1, 1)));
    private static final String ROW = """
            {"messages":[{"role":"user","content":"One and one?"},{"role":"assistant","content":"Two.","reasoning_content":"Easy."}]}
            """;

    @TempDir
    private Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private DatasetManifest build(DatasetOptions options, String name, Path... files) throws IOException {
        return new DatasetBuilder(TOKENIZER, options).build(sources(files), folder.resolve(name));
    }

    private static List<RowSource> sources(Path... files) {
        return Arrays.stream(files).map(RowSource::of).toList();
    }

    private String content(String name, String file) throws IOException {
        return requireNonNull(contents(name).get(file), file);
    }

    private Map<String, String> contents(String name) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    /** Returns rows of many lengths, each with a number in it, and some that cannot be read. */
    private static String rows(int count) {
        Random random = new Random(1);
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < count; i++) {
            if (random.nextInt(20) == 0) {
                rows.append(
                        random.nextBoolean()
                                ? "{\"messages\":[{\"role\":\"wizard\",\"content\":\"x\"}]}\n"
                                : "no JSON\n");
            }
            rows.append("{\"messages\":[{\"role\":\"user\",\"content\":\"Row ")
                    .append(i)
                    .append(" please\"},")
                    .append("{\"role\":\"assistant\",\"content\":\"")
                    .append("word ".repeat(random.nextInt(60)))
                    .append("\",\"reasoning_content\":\"Thought ")
                    .append(i)
                    .append("\"}]}\n");
        }
        return rows.toString();
    }

    @Test
    void aRowBecomesALine() throws IOException {
        DatasetManifest manifest = build(OPTIONS, "set", file("rows.jsonl", ROW));

        JsonValue line = Json.parse(content("set", "shard-00000.jsonl"));
        int[] tokens = line.get("input_ids").elements().stream()
                .mapToInt(token -> Integer.parseInt(token.toString()))
                .toArray();
        assertThat(TOKENIZER.decode(tokens))
                .startsWith("<|start|>system<|message|>You are ChatGPT")
                .contains("Current date: 2026-01-01")
                .endsWith("<|start|>assistant<|channel|>analysis<|message|>Easy.<|end|>"
                        + "<|start|>assistant<|channel|>final<|message|>Two.<|return|>");
        assertThat(line.members().keySet()).containsExactly("input_ids", "attention_mask", "labels");
        assertThat(manifest.statistics().samples()).isEqualTo(1);
        assertThat(contents("set").keySet()).containsExactly("manifest.json", "shard-00000.jsonl");
    }

    @Test
    void theManifestHasWhatOneNeedsToKnow() throws IOException {
        Path rows = file("rows.jsonl", ROW + "[]\n" + ROW.replace("{\"messages\"", "{\"score\":1,\"messages\""));
        build(OPTIONS, "set", rows);

        JsonValue manifest = Json.parse(content("set", "manifest.json"));
        assertThat(manifest.get("inputs").elements().get(0).get("sha256").text())
                .isEqualTo(Sha256.of(Files.newInputStream(rows)));
        JsonValue file =
                manifest.get("shards").elements().get(0).get("files").elements().get(0);
        Path shard = folder.resolve("set").resolve(file.get("name").text());
        assertThat(file.get("sha256").text()).isEqualTo(Sha256.of(Files.newInputStream(shard)));
        assertThat(file.get("bytes").toString()).isEqualTo(Long.toString(Files.size(shard)));
        assertThat(manifest.get("options").toString())
                .contains("2026-01-01")
                .contains("at most 131072 tokens")
                .contains("jsonl");
        assertThat(manifest.get("rows").toString()).isEqualTo("3");
        assertThat(manifest.get("rejects").toString()).isEqualTo("1");
        assertThat(manifest.get("statistics").get("unused_fields").toString())
                .contains("rows.jsonl: score\":{\"rows\":1,\"first_line\":3}");
        JsonValue reject = Json.parse(content("set", "rejects.jsonl"));
        assertThat(reject.get("file").text()).isEqualTo(rows.toString());
        assertThat(reject.get("line").toString()).isEqualTo("2");
        assertThat(reject.members().keySet()).containsExactly("file", "line", "pointer", "reason");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenDoesNotDependOnThreadsAndCanBeReadBack(Layout layout) throws IOException {
        Path rows = file("rows.jsonl", rows(600));
        DatasetOptions options = OPTIONS.withLayout(layout).withShardTokens(10_000);
        build(options.withThreads(1), "one", rows);
        build(options.withThreads(3), "three", rows);
        build(options.withPackLength(512), "packed", rows);

        assertThat(contents("three")).isEqualTo(contents("one"));
        assertThat(contents("one").size()).isGreaterThan(8);
        Set<String> packed = new HashSet<>();
        for (int row = 0; ; row++) {
            DatasetRow read;
            try {
                read = DatasetRow.read(folder.resolve("packed"), row);
            } catch (IndexOutOfBoundsException end) {
                break;
            }
            assertThat(read.tokens().length).isBetween(1, 512);
            List<Integer> ends =
                    new ArrayList<>(read.starts().subList(1, read.starts().size()));
            ends.add(read.tokens().length);
            for (int i = 0; i < ends.size(); i++) {
                packed.add(sample(read, read.starts().get(i), ends.get(i)));
            }
        }
        Set<String> single = new HashSet<>();
        for (int row = 0; row < 600; row++) {
            DatasetRow read = DatasetRow.read(folder.resolve("one"), row);
            assertThat(TOKENIZER.decode(read.tokens())).contains("Row " + row + " please");
            single.add(sample(read, 0, read.tokens().length));
        }
        assertThat(packed).hasSize(600).isEqualTo(single);
    }

    private static String sample(DatasetRow row, int from, int to) {
        return Arrays.toString(Arrays.copyOfRange(row.tokens(), from, to))
                + Arrays.toString(Arrays.copyOfRange(row.labels(), from, to));
    }

    @Test
    void severalFilesCompressedOrNotAreOneSet() throws IOException {
        byte[] rows = rows(50).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(rows);
        }
        Path gzip = Files.write(folder.resolve("rows.gz"), zipped.toByteArray());
        Path zstd = Files.write(folder.resolve("rows.zst"), Zstd.compress(rows));
        Path plain = Files.write(folder.resolve("rows.jsonl"), rows);
        Path mark = file("mark.jsonl", "\uFEFF" + ROW + "\n\r\n" + ROW.replace("\n", "\r\n"));
        DatasetManifest three = build(OPTIONS, "three", gzip, zstd, plain);

        assertThat(three.statistics().samples()).isEqualTo(150);
        String line = content("three", "shard-00000.jsonl").lines().findFirst().orElseThrow();
        assertThat(content("three", "shard-00000.jsonl").lines().filter(line::equals))
                .hasSize(3);
        assertThat(build(OPTIONS, "mark", mark).statistics().samples()).isEqualTo(2);
        assertThat(build(OPTIONS, "nothing", file("empty", "")).statistics().samples())
                .isZero();
    }

    @Test
    void bytesThatAreNoTextAndLinesThatAreNoJsonCostOneRejectEach() throws IOException {
        Path file = folder.resolve("rows.jsonl");
        Files.write(file, new byte[] {'"', (byte) 0xC3, '"', '\n'});
        Files.writeString(file, "{\n" + ROW + "7\n{\"a\":1}", StandardOpenOption.APPEND);
        DatasetManifest manifest = build(OPTIONS, "set", file);

        assertThat(manifest.rejects()).isEqualTo(4);
        assertThat(manifest.statistics().samples()).isEqualTo(1);
        assertThat(content("set", "rejects.jsonl").lines())
                .extracting(reject -> Json.parse(reject).get("line").toString())
                .containsExactly("1", "2", "4", "5");
        assertThat(content("set", "rejects.jsonl")).contains("expected UTF-8").contains("expected a row of JSON");
    }

    @Test
    void tooManyRejectsStopTheRun() throws IOException {
        Path rows = file("rows.jsonl", "x\n".repeat(5));

        assertThat(build(OPTIONS.withMaxRejects(5), "set", rows).rejects()).isEqualTo(5);
        assertThatThrownBy(() -> build(OPTIONS.withMaxRejects(4), "fewer", rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "expected at most 4 rows that cannot be read but found 5, the last of them " + rows + ":5");
    }

    @Test
    void strictMeansThatNoFieldIsLost() throws IOException {
        Path rows = file("rows.jsonl", ROW.replace("{\"messages\"", "{\"score\":1,\"messages\""));
        DatasetManifest manifest = build(OPTIONS.withStrict(true), "set", rows);

        assertThat(manifest.rejects()).isEqualTo(1);
        assertThat(content("set", "rejects.jsonl")).contains("found score");
    }

    @Test
    void aFolderWithADataSetIsLeftAlone() throws IOException {
        Path rows = file("rows.jsonl", ROW);
        build(OPTIONS, "set", rows);

        assertThatThrownBy(() -> build(OPTIONS, "set", rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("resume its making, or name another folder");
    }

    /** A source that fails after so many bytes, as a process that is killed there. */
    private static RowSource failing(Path file, int length) {
        return new RowSource() {
            private int opened;

            @Override
            public String name() {
                return file.toString();
            }

            @Override
            public InputStream open() throws IOException {
                byte[] bytes = Files.readAllBytes(file);
                InputStream all = new ByteArrayInputStream(bytes);
                return opened++ == 0
                        ? all
                        : new SequenceInputStream(new ByteArrayInputStream(bytes, 0, length), new Killed());
            }

            @Override
            public boolean isRepeatable() {
                return true;
            }
        };
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void whatWasStoppedAnywhereAndResumedIsTheSame(boolean isPacked) throws IOException {
        Path first = file("first.jsonl", rows(30_000));
        Path second = file("second.jsonl", rows(15_000));
        DatasetOptions options = OPTIONS.withShardTokens(400_000)
                .withLayout(isPacked ? Layout.MEGATRON : Layout.JSONL)
                .withPackLength(isPacked ? 1024 : 0)
                .withThreads(2);
        build(options, "whole", first, second);
        DatasetBuilder builder = new DatasetBuilder(TOKENIZER, options);
        Path stopped = folder.resolve("stopped");
        Random random = new Random(isPacked ? 2 : 1);
        for (int i = 0; i < 3; i++) {
            int length = random.nextInt((int) Files.size(i < 2 ? first : second));
            List<RowSource> sources = i < 2
                    ? List.of(failing(first, length), RowSource.of(second))
                    : List.of(RowSource.of(first), failing(second, length));
            assertThatThrownBy(() -> builder.resume(sources, stopped))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("killed");
            spoil(stopped);
        }
        builder.resume(sources(first, second), stopped);

        assertThat(contents("stopped")).isEqualTo(contents("whole"));
        assertThat(contents("whole").size()).isGreaterThan(9);
        assertThat(builder.resume(sources(first, second), stopped).toJson())
                .isEqualTo(DatasetManifest.read(folder.resolve("whole")).toJson());
    }

    /** Leaves what a machine may leave that stops: half a line of the journal, half a line of rejects, a shard that is noted nowhere. */
    private static void spoil(Path folder) throws IOException {
        Files.writeString(folder.resolve("manifest.unfinished.jsonl"), "{\"shard\":", StandardOpenOption.APPEND);
        Files.writeString(
                folder.resolve("rejects.jsonl"), "{\"fi", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        for (int shard = 0; ; shard++) {
            String name = "shard-0000" + shard;
            if (!Files.readString(folder.resolve("manifest.unfinished.jsonl")).contains(name)) {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.filter(
                                    file -> file.getFileName().toString().startsWith(name))
                            .toList()) {
                        Files.writeString(file, "spoilt");
                    }
                }
                return;
            }
        }
    }

    @Test
    void onlyTheSameIsResumed() throws IOException {
        Path rows = file("rows.jsonl", rows(3000));
        DatasetBuilder builder = new DatasetBuilder(TOKENIZER, OPTIONS.withShardTokens(1000));
        Path set = folder.resolve("set");
        assertThatThrownBy(() -> builder.resume(List.of(failing(rows, 100_000)), set))
                .isInstanceOf(IOException.class);

        assertThatThrownBy(() -> new DatasetBuilder(TOKENIZER, OPTIONS.withShardTokens(999)).resume(sources(rows), set))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("what was begun with the options")
                .hasMessageContaining("make the data set in another folder");
        Files.writeString(rows, "\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> builder.resume(sources(rows), set))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("what was begun with the inputs");
        RowSource once = new RowSource() {
            @Override
            public String name() {
                return "a pipe";
            }

            @Override
            public InputStream open() {
                return InputStream.nullInputStream();
            }

            @Override
            public boolean isRepeatable() {
                return false;
            }
        };
        assertThatThrownBy(() -> builder.resume(List.of(once), set))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a pipe");
        assertThat(builder.build(List.of(once), folder.resolve("piped"))
                        .toJson()
                        .get("inputs")
                        .toString())
                .isEqualTo("[{\"name\":\"a pipe\"}]");
    }

    @Test
    void aRowKeepsItsIdOrHasItsPlaceForOne() throws IOException {
        Path rows = file(
                "rows.jsonl",
                ROW + ROW.replaceFirst("\\{", "{\"id\":\"seven\",") + ROW.replaceFirst("\\{", "{\"id\":8,"));
        build(OPTIONS.withColumns(Set.of(DatasetOptions.Column.ID)), "set", rows);

        assertThat(content("set", "shard-00000.jsonl").lines())
                .extracting(line -> line.substring(line.indexOf("\"id\"")))
                .containsExactly("\"id\":\"" + rows + ":1\"}", "\"id\":\"seven\"}", "\"id\":\"8\"}");
        assertThat(content("set", "manifest.json")).containsPattern("\"columns\" : \\[\\s*\"id\"\\s*]");
    }

    @Test
    void weightsAreWrittenWhereTheyAreAskedFor() throws IOException {
        Path rows = file("rows.jsonl", ROW.replace("\"reasoning_content\"", "\"weight\":0.5,\"reasoning_content\""));
        build(OPTIONS.withWeights(true), "set", rows);

        JsonValue line = Json.parse(content("set", "shard-00000.jsonl"));
        assertThat(line.get("loss_weights").toString()).startsWith("[0,0,").endsWith(",0.5,0.5]");
        assertThat(line.get("labels").elements().get(0).toString()).isEqualTo(Integer.toString(TrainingSample.IGNORED));
    }

    /** Fails when it is read. */
    private static final class Killed extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("killed");
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            throw new IOException("killed");
        }
    }
}
