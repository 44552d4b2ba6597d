package io.harmony4j.training;

import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonValue;
import io.harmony4j.renderer.MessageSpan;
import io.harmony4j.renderer.TrainingSample;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

/** {@link Layout#JSONL}. */
final class JsonLinesFormat implements ShardFormat {
    /** What a token takes in most rows: its id, its label and its place in the attention mask. */
    private static final int BYTES_PER_TOKEN = 16;

    private static final String NO_LABEL = TrainingSample.IGNORED + ",";

    private final boolean isPacked;
    private final boolean isWeighted;
    private final Set<DatasetOptions.Column> columns;

    JsonLinesFormat(boolean isPacked, boolean isWeighted, Set<DatasetOptions.Column> columns) {
        this.isPacked = isPacked;
        this.isWeighted = isWeighted;
        this.columns = columns;
    }

    @Override
    public List<String> rowFiles() {
        return List.of(".jsonl");
    }

    @Override
    public List<ByteBuffer> encode(List<Row> rows) {
        JsonText json = new JsonText(
                BYTES_PER_TOKEN * rows.stream().mapToInt(Row::tokens).sum());
        for (Row row : rows) {
            write(row, json);
        }
        return List.of(json.toBytes());
    }

    private void write(Row row, JsonText json) {
        int[] places = new int[row.tokens() + 1]; // where in the text each token is, and where the last one ends
        json.add("{\"input_ids\":[");
        int at = 0;
        for (TrainingSample sample : row.samples()) {
            for (int token : sample.tokens()) {
                places[at++] = json.size();
                json.addNumber(token);
            }
        }
        places[at] = json.size();
        json.endList();
        json.add(",\"attention_mask\":[");
        json.addRepeated("1,", row.tokens());
        json.endList();
        json.add(",\"labels\":[");
        int start = 0;
        for (TrainingSample sample : row.samples()) {
            writeLabels(sample, places, start, json);
            start += sample.length();
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
        if (columns.contains(DatasetOptions.Column.ID)) {
            json.add(",\"id\":"
                    + (isPacked ? JsonArray.of(idsOf(row)) : idsOf(row).get(0)));
        }
        if (columns.contains(DatasetOptions.Column.SPANS)) {
            writeSpans(row, json);
        }
        json.add("}\n");
    }

    private static List<JsonValue> idsOf(Row row) {
        return row.ids().stream().map(JsonValue::of).toList();
    }

    private static void writeSpans(Row row, JsonText json) {
        json.add(",\"spans\":[");
        int start = 0;
        for (TrainingSample sample : row.samples()) {
            for (MessageSpan span : sample.spans()) {
                json.add("{\"message\":" + span.index() + ",\"start\":" + (start + span.start()) + ",\"content\":"
                        + (start + span.content()) + ",\"end\":" + (start + span.end()) + "},");
            }
            start += sample.length();
        }
        json.endList();
    }

    /** Writes labels. Those that are the tokens themselves have been written once, as these. */
    private static void writeLabels(TrainingSample sample, int[] places, int start, JsonText json) {
        int[] tokens = sample.tokens();
        int[] labels = sample.labels();
        for (int from = 0; from < labels.length; ) {
            int to = from;
            while (to < labels.length && labels[to] == tokens[to]) {
                to++;
            }
            if (to > from) {
                json.addAgain(places[start + from], places[start + to]);
            }
            from = to;
            while (from < labels.length && labels[from] == TrainingSample.IGNORED) {
                from++;
            }
            json.addRepeated(NO_LABEL, from - to);
            if (from == to && from < labels.length) {
                json.addNumber(labels[from++]);
            }
        }
    }
}
