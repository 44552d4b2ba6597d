package io.harmony4j.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.json.Json;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.LossMask;
import io.harmony4j.renderer.TrainingSample;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutTest {
    private static final TrainingSample A = TrainingSample.ofText(new int[] {200006, 77, 5});
    private static final TrainingSample B = TrainingSample.ofText(new int[] {200007, 199999});
    private static final List<Row> PACKED =
            List.of(new Row(List.of(A, B), List.of("a", "b")), new Row(List.of(B), List.of("ü\"7")));

    @TempDir
    private Path folder;

    private String text(List<Row> rows, ShardFormat format) {
        return StandardCharsets.UTF_8.decode(format.encode(rows).get(0)).toString();
    }

    @Test
    void linesOfJson() {
        assertThat(text(
                        List.of(new Row(List.of(A), List.of("a")), new Row(List.of(B), List.of("ü\"7"))),
                        Layout.JSONL.format(false, false, Set.of())))
                .isEqualTo("""
                        {"input_ids":[200006,77,5],"attention_mask":[1,1,1],"labels":[-100,77,5]}
                        {"input_ids":[200007,199999],"attention_mask":[1,1],"labels":[-100,199999]}
                        """);
        assertThat(text(PACKED, Layout.JSONL.format(true, true, Set.of()))).isEqualTo("""
                        {"input_ids":[200006,77,5,200007,199999],"attention_mask":[1,1,1,1,1],"labels":[-100,77,5,-100,199999],\
                        "loss_weights":[0,1,1,0,1],"seq_lengths":[3,2]}
                        {"input_ids":[200007,199999],"attention_mask":[1,1],"labels":[-100,199999],"loss_weights":[0,1],"seq_lengths":[2]}
                        """);
    }

    @Test
    void columnsThatAreAskedFor() {
        TrainingSample sample = LossMask.DEFAULT.apply(new HarmonyRenderer(Tokenizer.o200kHarmony())
                .rendering(Conversation.of(Message.user("a"), Message.answer("b"))));
        Set<DatasetOptions.Column> all = Set.of(DatasetOptions.Column.values());

        assertThat(text(List.of(new Row(List.of(sample), List.of("ü\"7"))), Layout.JSONL.format(false, false, all)))
                .endsWith(",\"id\":\"ü\\\"7\",\"spans\":[{\"message\":0,\"start\":0,\"content\":3,\"end\":4},"
                        + "{\"message\":1,\"start\":5,\"content\":10,\"end\":11}]}\n");
        assertThat(text(
                        List.of(new Row(List.of(A, sample, sample), List.of("1", "2", "3"))),
                        Layout.JSONL.format(true, false, all)))
                .endsWith(",\"seq_lengths\":[3,12,12],\"id\":[\"1\",\"2\",\"3\"],\"spans\":["
                        + "{\"message\":0,\"start\":3,\"content\":6,\"end\":7},"
                        + "{\"message\":1,\"start\":8,\"content\":13,\"end\":14},"
                        + "{\"message\":0,\"start\":15,\"content\":18,\"end\":19},"
                        + "{\"message\":1,\"start\":20,\"content\":25,\"end\":26}]}\n");
        assertThat(text(
                        List.of(new Row(List.of(A), List.of("a"))),
                        Layout.JSONL.format(false, false, Set.of(DatasetOptions.Column.SPANS))))
                .endsWith(",\"spans\":[]}\n");
    }

    @Test
    void labelsThatAreOtherTokens() throws IOException {
        Conversation conversation = Conversation.of(
                Message.user("a"), Message.answer("b"), Message.user("c"), Message.analysis("d"), Message.answer("e"));
        Tokenizer tokenizer = Tokenizer.o200kHarmony();
        for (LossMask.EarlierAnswers choice : LossMask.EarlierAnswers.values()) {
            TrainingSample sample = LossMask.DEFAULT
                    .withEarlierAnswers(choice)
                    .withFrom(LossMask.From.ALL)
                    .apply(new HarmonyRenderer(tokenizer).renderingForTraining(conversation));
            String line = text(
                    List.of(new Row(List.of(sample, A), List.of("s", "a"))),
                    Layout.JSONL.format(true, false, Set.of()));

            int[] labels = Json.parse(line).get("labels").elements().stream()
                    .mapToInt(label -> Integer.parseInt(label.toString()))
                    .toArray();
            assertThat(Arrays.copyOf(labels, sample.length())).isEqualTo(sample.labels());
            assertThat(Arrays.copyOfRange(labels, sample.length(), labels.length))
                    .isEqualTo(A.labels());
        }
    }

    @Test
    void megatronBridgeShiftsTheMaskInsideEachSample() {
        assertThat(text(PACKED, Layout.MEGATRON_BRIDGE.format(true, false, Set.of())))
                .isEqualTo("""
                        {"input_ids":[200006,77,5,200007,199999],"loss_mask":[1,1,0,1,0],"seq_start_id":[0,3]}
                        {"input_ids":[200007,199999],"loss_mask":[1,0],"seq_start_id":[0]}
                        """);
    }

    @Test
    void headersOfNumpy() {
        assertThat(new String(NumpyFormat.header(NumpyFormat.INT, 4), StandardCharsets.ISO_8859_1))
                .startsWith("\u0093NUMPY\u0001\0v\0{'descr': '<i4', 'fortran_order': False, 'shape': (4,), } ")
                .endsWith(" \n")
                .hasSize(128);
        assertThat(NumpyFormat.header(NumpyFormat.LONG, Long.MAX_VALUE)).hasSize(128);
    }

    @Test
    void arraysOfNumpy() throws IOException {
        ShardWriter shard = new ShardWriter(folder, 3, Layout.NPY.format(true, true, Set.of()));
        shard.write(PACKED, Layout.NPY.format(true, true, Set.of()).encode(PACKED));
        shard.finish();

        assertThat(array(".ids.npy")).isEqualTo("460d03004d000000" + "05000000" + "470d03003f0d0300".repeat(2));
        assertThat(array(".labels.npy")).isEqualTo("9cffffff4d00000005000000" + "9cffffff3f0d0300".repeat(2));
        assertThat(array(".weights.npy")).isEqualTo("000000000000803f0000803f" + "000000000000803f".repeat(2));
        assertThat(array(".offsets.npy")).isEqualTo("0000000000000000" + "0500000000000000" + "0700000000000000");
        assertThat(array(".samples.npy"))
                .isEqualTo("0000000000000000" + "0300000000000000" + "0500000000000000" + "0700000000000000");
        byte[] ids = Files.readAllBytes(folder.resolve("shard-00003.ids.npy"));
        assertThat(Arrays.copyOf(ids, 128)).isEqualTo(NumpyFormat.header(NumpyFormat.INT, 7));
    }

    private String array(String ending) throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve("shard-00003" + ending));
        return HexFormat.of().formatHex(bytes, 128, bytes.length);
    }

    @Test
    void megatronHasAnIndexOfSequencesAndDocuments() throws IOException {
        ShardWriter shard = new ShardWriter(folder, 0, Layout.MEGATRON.format(true, false, Set.of()));
        shard.write(PACKED, Layout.MEGATRON.format(true, false, Set.of()).encode(PACKED));
        shard.finish();

        assertThat(hex("shard-00000.bin")).isEqualTo("460d03004d00000005000000" + "470d03003f0d0300".repeat(2));
        assertThat(hex("shard-00000_mask.bin")).isEqualTo("000101" + "0001".repeat(2));
        assertThat(hex("shard-00000.idx"))
                .isEqualTo("4d4d494449445800000100000000000000" + "04" + "0300000000000000" + "0300000000000000"
                        + "030000000200000002000000" + "00000000000000000c000000000000001400000000000000"
                        + "000000000000000002000000000000000300000000000000");
        assertThat(hex("shard-00000_mask.idx"))
                .contains("01" + "0300000000000000" + "0300000000000000" + "030000000200000002000000"
                        + "000000000000000003000000000000000500000000000000");
    }

    private String hex(String name) throws IOException {
        return HexFormat.of().formatHex(Files.readAllBytes(folder.resolve(name)));
    }

    @Test
    void anIndexMayHaveEmptySequencesAndNoDocument() throws IOException {
        Path file = folder.resolve("empty.idx");
        MegatronFormat.writeIndex(file, MegatronFormat.Type.INT, new int[] {2, 0}, new int[] {1, 1});

        assertThat(hex("empty.idx"))
                .endsWith("0200000000000000" + "0000000000000000" + "0800000000000000"
                        + "000000000000000001000000000000000200000000000000");
    }
}
