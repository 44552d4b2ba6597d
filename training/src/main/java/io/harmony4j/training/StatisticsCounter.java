package io.harmony4j.training;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.renderer.Finding;
import io.harmony4j.renderer.MessageSpan;
import io.harmony4j.renderer.TrainingRenderer;
import io.harmony4j.renderer.TrainingSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what is in a data set. Not thread-safe. */
final class StatisticsCounter {
    private static final String TOTALS = "totals";
    private static final String ROWS = "rows";
    private static final String SAMPLES = "samples";
    private static final String TOKENS = "tokens";
    private static final String LABELS = "labels";
    private static final String TURNS = "turns";
    private static final String DUPLICATES = "duplicates";
    private static final String DROPPED_MESSAGES = "dropped_messages";
    private static final String DROPPED_TOKENS = "dropped_tokens";
    private static final String PACKED_ROWS = "packed_rows";
    private static final String PACKED_ROOM = "packed_room";

    private static final String SHAPES = "shapes";
    private static final String CALLS = "calls";
    private static final String LENGTHS = "lengths";
    private static final String LOSSES = "losses";
    private static final String REJECTS = "rejects";
    private static final String LINT = "lint";
    private static final String UNUSED = "unused_fields";

    private static final String MESSAGES = "messages";
    private static final String HEADER = "header";
    private static final String CONTENT = "content";
    private static final String END = "end";

    /** What is counted of messages of one role and channel. */
    private static final List<String> OF_MESSAGES = List.of(MESSAGES, HEADER, CONTENT, END, LABELS);

    /** Lengths up to the context of gpt-oss are counted exactly; of longer ones, the first binary digits. */
    private static final int EXACT = 1 << 17;

    private static final int DIGITS = 6;
    private static final int SMALLEST_LIMIT = 2048;
    private static final int MAX_FIELDS = 10_000;

    private final Counters counters;

    /** The line in which each unused field came first. */
    private final Map<String, Long> firstLines;

    StatisticsCounter() {
        this(new Counters(), new TreeMap<>());
    }

    private StatisticsCounter(Counters counters, Map<String, Long> firstLines) {
        this.counters = counters;
        this.firstLines = firstLines;
    }

    /** Returns the counts that {@link #state} gave. */
    static StatisticsCounter ofState(JsonValue state) {
        Map<String, Long> firstLines = new TreeMap<>();
        state.get("first_lines").members().forEach((field, line) -> firstLines.put(field, line.longValue()));
        return new StatisticsCounter(Counters.of(state.get("counts")), firstLines);
    }

    /** Returns all counts, as {@link #ofState} reads them. */
    JsonObject state() {
        return JsonObject.builder()
                .put("counts", counters.toJson())
                .put("first_lines", Counters.toJson(firstLines))
                .build();
    }

    /** Adds what was counted of later rows. */
    void addAll(StatisticsCounter later) {
        counters.addAll(later.counters);
        later.firstLines.forEach(firstLines::putIfAbsent);
    }

    void addRow(ImportedRow row, RowSamples samples) {
        total(ROWS, 1);
        counters.add(SHAPES, row.shape().wireName(), 1);
        if (row.text().isEmpty()) {
            addConversation(row.conversation());
        }
        total(DROPPED_MESSAGES, samples.droppedMessages());
        total(DROPPED_TOKENS, samples.droppedTokens());
        samples.losses().forEach((loss, count) -> counters.add(LOSSES, loss.wireName(), count));
        samples.samples().forEach(this::addSample);
    }

    private void addConversation(Conversation conversation) {
        total(TURNS, TrainingRenderer.turns(conversation));
        for (Message message : conversation.messages()) {
            if (message.isToolCall()) {
                counters.add(CALLS, requireNonNull(message.recipient()).name(), 1);
            }
        }
    }

    private void addSample(TrainingSample sample) {
        total(SAMPLES, 1);
        total(TOKENS, sample.length());
        total(LABELS, sample.labelCount());
        counters.add(LENGTHS, Integer.toString(rounded(sample.length())), 1);
        for (MessageSpan span : sample.spans()) {
            String whose = whose(span.message());
            counters.add(MESSAGES, whose, 1);
            counters.add(HEADER, whose, span.content() - span.start());
            counters.add(CONTENT, whose, span.end() - span.content());
            counters.add(END, whose, 1);
            counters.add(LABELS, whose, sample.labelCount(span.start(), span.end() + 1));
        }
    }

    private static String whose(Message message) {
        String role = message.author().role().wireName();
        return message.channel() == null ? role : role + "/" + message.channel().name();
    }

    private static int rounded(int length) {
        if (length <= EXACT) {
            return length;
        }
        int unit = Integer.highestOneBit(length) >> DIGITS;
        return length / unit * unit;
    }

    /** Counts a row that could not be read, by where in it the fault is. */
    void addReject(Reject reject) {
        total(ROWS, 1);
        String place = reject.pointer().replaceAll("/\\d+(?=/|$)", "/*");
        counters.add(REJECTS, place.isEmpty() ? "(the row)" : place, 1);
    }

    void addFindings(List<Finding> findings) {
        findings.forEach(finding -> counters.add(LINT, finding.code().name(), 1));
    }

    void addUnusedField(String source, long line, String field) {
        String name = source + ": " + field;
        counters.add(UNUSED, name, 1);
        if (firstLines.size() < MAX_FIELDS) {
            firstLines.putIfAbsent(name, line);
        }
    }

    void addPackedRow(int room) {
        total(PACKED_ROWS, 1);
        total(PACKED_ROOM, room);
    }

    /** Counts samples whose tokens are those of another. */
    void addDuplicates(long samples) {
        total(DUPLICATES, samples);
    }

    private void total(String name, long count) {
        counters.add(TOTALS, name, count);
    }

    private long total(String name) {
        return counters.get(TOTALS, name);
    }

    /** Returns how many rows could not be read. */
    long rejects() {
        return counters.group(REJECTS).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    DatasetStatistics statistics() {
        return new DatasetStatistics(toJson());
    }

    private JsonObject toJson() {
        JsonObject.Builder json = JsonObject.builder();
        for (String name : List.of(ROWS, TURNS, SAMPLES, TOKENS, LABELS)) {
            json.put(name, total(name));
        }
        json.put(SHAPES, Counters.toJson(counters.group(SHAPES)));
        JsonObject.Builder messages = JsonObject.builder();
        for (String whose : counters.group(MESSAGES).keySet()) {
            JsonObject.Builder counts = JsonObject.builder();
            OF_MESSAGES.forEach(name -> counts.put(name, counters.get(name, whose)));
            messages.put(whose, counts.build());
        }
        json.put("messages", messages.build());
        json.put(CALLS, Counters.toJson(counters.group(CALLS)));
        json.put(LENGTHS, lengthsJson());
        if (total(PACKED_ROWS) > 0) {
            json.put(
                    "packing",
                    JsonObject.builder()
                            .put(ROWS, total(PACKED_ROWS))
                            .put("efficiency", efficiency())
                            .build());
        }
        json.put(
                "dropped",
                JsonObject.builder()
                        .put("messages", total(DROPPED_MESSAGES))
                        .put(TOKENS, total(DROPPED_TOKENS))
                        .build());
        for (String group : List.of(LOSSES, REJECTS, LINT)) {
            json.put(group, Counters.toJson(counters.group(group)));
        }
        JsonObject.Builder unused = JsonObject.builder();
        counters.group(UNUSED)
                .forEach((field, rows) -> unused.put(
                        field,
                        JsonObject.builder()
                                .put(ROWS, rows)
                                .put("first_line", firstLines.getOrDefault(field, 0L))
                                .build()));
        json.put(UNUSED, unused.build());
        if (counters.has(TOTALS, DUPLICATES)) {
            json.put(DUPLICATES, total(DUPLICATES));
        }
        return json.build();
    }

    private double efficiency() {
        return (double) total(TOKENS) / total(PACKED_ROOM);
    }

    private JsonObject lengthsJson() {
        SortedMap<Integer, Long> lengths = lengths();
        JsonObject.Builder longer = JsonObject.builder();
        for (int limit = SMALLEST_LIMIT; limit <= EXACT; limit *= 2) {
            longer.put(Integer.toString(limit), sum(lengths.tailMap(limit + 1)));
        }
        List<JsonValue> histogram = new ArrayList<>();
        histogram()
                .forEach((from, count) -> histogram.add(JsonObject.builder()
                        .put("from", from)
                        .put("to", 2L * from - 1)
                        .put(SAMPLES, count)
                        .build()));
        return JsonObject.builder()
                .put("p50", percentile(lengths, 0.5))
                .put("p90", percentile(lengths, 0.9))
                .put("p99", percentile(lengths, 0.99))
                .put("max", lengths.isEmpty() ? 0 : lengths.lastKey())
                .put("longer_than", longer.build())
                .put("histogram", JsonArray.of(histogram))
                .build();
    }

    private SortedMap<Integer, Long> lengths() {
        SortedMap<Integer, Long> lengths = new TreeMap<>();
        counters.group(LENGTHS).forEach((length, count) -> lengths.put(Integer.valueOf(length), count));
        return lengths;
    }

    /** Returns how many samples there are of lengths from a power of two up to the next. */
    private SortedMap<Integer, Long> histogram() {
        SortedMap<Integer, Long> histogram = new TreeMap<>();
        lengths().forEach((length, count) -> histogram.merge(Integer.highestOneBit(length), count, Long::sum));
        return histogram;
    }

    /** Returns the shortest length that so large a part of the samples does not exceed; 0 if there are none. */
    private static int percentile(SortedMap<Integer, Long> lengths, double part) {
        double rank = part * sum(lengths);
        long below = 0;
        for (Map.Entry<Integer, Long> length : lengths.entrySet()) {
            below += length.getValue();
            if (below >= rank) {
                return length.getKey();
            }
        }
        return 0;
    }

    private static long sum(Map<Integer, Long> lengths) {
        return lengths.values().stream().mapToLong(Long::longValue).sum();
    }
}
