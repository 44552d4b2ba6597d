package io.harmony4j.conformance;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.harmony4j.Json;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks two implementations the same random questions, and makes vectors of those that they answer differently. The same seed
 * asks the same questions. For one thread.
 */
public final class Fuzzer {
    /** How many questions are open at a time. */
    private static final int BATCH = 128;

    /** How often a question is asked again, to find the shortest that is answered differently. */
    private static final int SHRINKING_TRIES = 1000;

    private static final String ERROR = "error";
    private static final String KIND = "kind";
    private static final Difference EXACTLY = new Difference(Map.of());

    /** What is compared of the answers to each command, and the part of a request that is made smaller. */
    private enum Command {
        TOKENIZE("tokenizer", "text", "tokens"),
        DETOKENIZE("decoding", "tokens", "base64 text"),
        RENDER("render-history", "conversation", "tokens"),
        SCHEMA("schema", "schemaJson", "typescript"),
        PARSE("parse-variant", "tokens", "messages");

        private final String category;
        private final String input;
        private final String compared;

        Command(String category, String input, String compared) {
            this.category = category;
            this.input = input;
            this.compared = compared;
        }

        List<String> compared() {
            return List.of(compared.split(" "));
        }

        static Command of(ObjectNode request) {
            return valueOf(request.path("cmd").asText().toUpperCase(Locale.ROOT));
        }
    }

    private static final int MAX_SHOWN = 400;

    private final Runner one;
    private final Runner other;
    private final long seed;
    private final int limit;
    private final RandomRequests requests;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<Command, Set<JsonNode>> inputs = new EnumMap<>(Command.class); // of the findings
    private long asked;
    private long disagreements;

    /**
     * A question that is answered differently.
     *
     * @param category of the vector
     * @param difference where the answers differ, in a line
     * @param vector a vector that expects the first implementation's answer
     */
    public record Finding(String category, String difference, ObjectNode vector) {
        public Finding {
            requireNonNull(category, "category");
            requireNonNull(difference, "difference");
            vector = vector.deepCopy();
        }
    }

    /** Is told how many questions have been answered, and how many of them differently. */
    @FunctionalInterface
    public interface Progress {
        void asked(long questions, long disagreements);
    }

    /**
     * @param one whose answers the vectors expect
     * @param other whose answers are compared
     * @param limit how many findings there may be of each command; of the rest only the number is counted
     * @throws IllegalArgumentException if one of them does not say hello, or they have no command in common
     */
    public Fuzzer(Implementation one, Implementation other, long seed, int limit) {
        this.one = new Runner(one);
        this.other = new Runner(other);
        this.seed = seed;
        this.limit = limit;
        this.requests = new RandomRequests(
                new Random(seed),
                RandomRequests.COMMANDS.stream()
                        .filter(command -> this.one.offers(command) && this.other.offers(command))
                        .toList());
    }

    /** Asks while it is told to go on; returns what has been found so far. */
    public List<Finding> run(BooleanSupplier goesOn, Progress progress) {
        while (goesOn.getAsBoolean()) {
            List<ObjectNode> batch = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) {
                batch.add(requests.next());
            }
            List<CompletableFuture<Answer>> ones = batch.stream().map(one::ask).toList();
            List<CompletableFuture<Answer>> others =
                    batch.stream().map(other::ask).toList();
            for (int i = 0; i < batch.size(); i++) {
                ObjectNode request = batch.get(i);
                if (difference(request, ones.get(i).join(), others.get(i).join()) != null) {
                    disagreements++;
                    find(request);
                }
            }
            asked += batch.size();
            progress.asked(asked, disagreements);
        }
        return List.copyOf(findings);
    }

    private void find(ObjectNode request) {
        Command command = Command.of(request);
        Set<JsonNode> known = inputs.computeIfAbsent(command, unused -> new HashSet<>());
        if (known.size() >= limit) {
            return;
        }
        ObjectNode smallest = shrink(command, request);
        Answer answer = one.ask(smallest).join();
        Answer otherAnswer = other.ask(smallest).join();
        String difference = difference(smallest, answer, otherAnswer);
        if (difference != null && known.add(smallest.path(command.input))) {
            findings.add(finding(command, smallest, answer, otherAnswer, difference));
        }
    }

    private ObjectNode shrink(Command command, ObjectNode request) {
        JsonNode input = request.path(command.input);
        boolean isRaw = command == Command.SCHEMA;
        Shrinker shrinker = new Shrinker(
                smaller -> {
                    ObjectNode changed = with(command, request, smaller);
                    return difference(
                                    changed,
                                    one.ask(changed).join(),
                                    other.ask(changed).join())
                            != null;
                },
                SHRINKING_TRIES);
        return with(command, request, shrinker.shrink(isRaw ? Json.parse(input.textValue()) : input));
    }

    /** Returns a request with another input; that of a schema is its text. */
    private static ObjectNode with(Command command, ObjectNode request, JsonNode input) {
        ObjectNode changed = request.deepCopy();
        return command == Command.SCHEMA
                ? changed.put(command.input, input.toString())
                : changed.set(command.input, input);
    }

    /** Returns where two answers differ, or null: two errors are the same, and what one does not offer is not compared. */
    private static @Nullable String difference(ObjectNode request, Answer answer, Answer otherAnswer) {
        ObjectNode json = answer.json();
        ObjectNode otherJson = otherAnswer.json();
        if (json == null || otherJson == null) {
            return json == null && otherJson == null
                    ? null
                    : "expected " + shown(answer) + " but found " + shown(otherAnswer);
        }
        if (json.has("skipped") || otherJson.has("skipped") || (json.has(ERROR) && otherJson.has(ERROR))) {
            return null;
        }
        if (json.has(ERROR) || otherJson.has(ERROR)) {
            return "expected " + shown(answer) + " but found " + shown(otherAnswer);
        }
        return Command.of(request).compared().stream()
                .map(field -> EXACTLY.between(field, json.path(field), otherJson.path(field)))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private Finding finding(Command command, ObjectNode request, Answer answer, Answer otherAnswer, String difference) {
        ObjectNode vector = JsonNodeFactory.instance.objectNode();
        vector.put("id", "fuzz-" + seed + "-" + (findings.size() + 1));
        vector.put("description", oneLine("Not everybody agrees: " + difference));
        vector.put("level", Vector.Level.MUST.name());
        vector.set("given", request);
        ObjectNode json = answer.json();
        String kind = json == null ? "" : json.path(ERROR).path(KIND).asText();
        if (json == null || kind.equals("exception")) {
            vector.putObject("never").put("throw", true);
        } else if (json.has(ERROR)) {
            vector.putObject("expect").putObject(ERROR).put(KIND, kind);
        } else {
            ObjectNode expect = vector.putObject("expect");
            command.compared().forEach(field -> expect.set(field, json.path(field)));
        }
        vector.put(
                "source",
                oneLine("harmony conformance fuzz, seed " + seed + ": the answer of " + one.identity() + "; "
                        + other.identity() + ": " + shown(otherAnswer)));
        return new Finding(command.category, difference, vector);
    }

    private static String shown(Answer answer) {
        return answer.json() == null ? answer.failure() : answer.json().toString();
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\R", " ");
        return line.length() <= MAX_SHOWN ? line : line.substring(0, MAX_SHOWN) + "...";
    }

    /** Returns findings as files of vectors: the text of each file by its name. */
    public Map<String, String> files(List<Finding> of) {
        Map<String, String> files = new TreeMap<>();
        of.stream().map(Finding::category).distinct().forEach(category -> {
            String topic = "fuzz-" + seed + "-" + category;
            String vectors = of.stream()
                    .filter(finding -> finding.category().equals(category))
                    .map(finding -> ReportJson.line(finding.vector()))
                    .collect(Collectors.joining(",\n"));
            files.put(
                    topic + ".json",
                    "{\"format\":1,\"category\":\"" + category + "\",\"topic\":\"" + topic + "\",\"vectors\":[\n"
                            + vectors + "\n]}\n");
        });
        return files;
    }
}
