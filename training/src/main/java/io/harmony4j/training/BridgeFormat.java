package io.harmony4j.training;

import io.harmony4j.renderer.TrainingSample;
import java.nio.ByteBuffer;
import java.util.List;

/** {@link Layout#MEGATRON_BRIDGE}. */
final class BridgeFormat implements ShardFormat {
    private static final int BYTES_PER_TOKEN = 9;

    @Override
    public List<String> rowFiles() {
        return List.of(".jsonl");
    }

    @Override
    public List<ByteBuffer> encode(List<Row> rows) {
        JsonText json = new JsonText(
                BYTES_PER_TOKEN * rows.stream().mapToInt(Row::tokens).sum());
        for (Row row : rows) {
            json.add("{\"input_ids\":[");
            for (TrainingSample sample : row.samples()) {
                for (int token : sample.tokens()) {
                    json.addNumber(token);
                }
            }
            json.endList();
            json.add(",\"loss_mask\":[");
            for (TrainingSample sample : row.samples()) {
                byte[] mask = LabelMask.of(sample);
                for (int i = 1; i <= mask.length; i++) { // shifted: whether it counts to predict the token that follows
                    json.addNumber(i < mask.length ? mask[i] : 0);
                }
            }
            json.endList();
            json.add(",\"seq_start_id\":[");
            int start = 0;
            for (TrainingSample sample : row.samples()) {
                json.addNumber(start);
                start += sample.length();
            }
            json.endList();
            json.add("}\n");
        }
        return List.of(json.toBytes());
    }
}
