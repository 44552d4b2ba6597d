package io.harmony4j.training;

import io.harmony4j.renderer.TrainingSample;
import java.util.List;

/** {@link Layout#JSONL}. */
final class JsonLinesFormat implements ShardFormat {
    /** What a token takes in most rows: its id, its label and its place in the attention mask. */
    private static final int BYTES_PER_TOKEN = 16;

    private final boolean isPacked;
    private final boolean isWeighted;

    JsonLinesFormat(boolean isPacked, boolean isWeighted) {
        this.isPacked = isPacked;
        this.isWeighted = isWeighted;
    }

    @Override
    public List<String> rowFiles() {
        return List.of(".jsonl");
    }

    @Override
    public List<byte[]> encode(List<Row> rows) {
        JsonText json = new JsonText(
                BYTES_PER_TOKEN * rows.stream().mapToInt(Row::tokens).sum());
        for (Row row : rows) {
            write(row, json);
        }
        return List.of(json.toArray());
    }

    private void write(Row row, JsonText json) {
        json.add("{\"input_ids\":[");
        for (TrainingSample sample : row.samples()) {
            for (int token : sample.tokens()) {
                json.addNumber(token);
            }
        }
        json.endList();
        json.add(",\"attention_mask\":[");
        json.add("1,".repeat(row.tokens()));
        json.endList();
        json.add(",\"labels\":[");
        for (TrainingSample sample : row.samples()) {
            for (int label : sample.labels()) {
                json.addNumber(label);
            }
        }
        json.endList();
        if (isWeighted) {
            json.add(",\"loss_weights\":[");
            for (TrainingSample sample : row.samples()) {
                for (float weight : sample.weights()) {
                    json.add(weight == (int) weight ? (int) weight + "," : weight + ",");
                }
            }
            json.endList();
        }
        if (isPacked) {
            json.add(",\"seq_lengths\":[");
            for (TrainingSample sample : row.samples()) {
                json.addNumber(sample.length());
            }
            json.endList();
        }
        json.add("}\n");
    }
}
