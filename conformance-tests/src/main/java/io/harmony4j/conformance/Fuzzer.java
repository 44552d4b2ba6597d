package io.harmony4j.conformance;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
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

        static Command of(JsonObject request) {
            return valueOf(request.get("cmd").text().toUpperCase(Locale.ROOT));
        }
    }

    private static final int MAX_SHOWN = 400;

    private final Runner one;
    private final Runner other;
    private final long seed;
    private final int limit;
    private final RandomRequests requests;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<Command, Set<JsonValue>> inputs = new EnumMap<>(Command.class); // of the findings
    private long asked;
    private long compared;
    private long disagreements;

    /**
     * A question that is answered differently.
     *
     * @param category of the vector
     * @param difference where the answers differ, in a line
     * @param vector a vector that expects the first implementation's answer
     */
    public record Finding(String category, String difference, JsonObject vector) {
        public Finding {
            requireNonNull(category, "category");
            requireNonNull(difference, "difference");
            requireNonNull(vector, "vector");
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
        requireNonNull(one, "one");
        requireNonNull(other, "other");
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
        requireNonNull(goesOn, "goesOn");
        requireNonNull(progress, "progress");
        while (goesOn.getAsBoolean()) {
            List<JsonObject> batch = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) {
                batch.add(requests.next());
            }
            List<CompletableFuture<Answer>> ones = batch.stream().map(one::ask).toList();
            List<CompletableFuture<Answer>> others =
                    batch.stream().map(other::ask).toList();
            for (int i = 0; i < batch.size(); i++) {
                JsonObject request = batch.get(i);
                Answer answer = ones.get(i).join();
                Answer otherAnswer = others.get(i).join();
                if (isAnswered(answer) && isAnswered(otherAnswer)) {
                    compared++;
                }
                if (difference(request, answer, otherAnswer) != null) {
                    disagreements++;
                    find(request);
                }
            }
            asked += batch.size();
            progress.asked(asked, disagreements);
        }
        return List.copyOf(findings);
    }

    /** Returns how many of the questions both have answered: if there are none, nothing is known of how they differ. */
    public long compared() {
        return compared;
    }

    private static boolean isAnswered(Answer answer) {
        return answer.json() != null && !answer.json().has("skipped");
    }

    private void find(JsonObject request) {
        Command command = Command.of(request);
        Set<JsonValue> known = inputs.computeIfAbsent(command, unused -> new HashSet<>());
        if (known.size() >= limit) {
            return;
        }
        JsonObject smallest = shrink(command, request);
        Answer answer = one.ask(smallest).join();
        Answer otherAnswer = other.ask(smallest).join();
        String difference = difference(smallest, answer, otherAnswer);
        if (difference != null && known.add(smallest.get(command.input))) {
            findings.add(finding(command, smallest, answer, otherAnswer, difference));
        }
    }

    private JsonObject shrink(Command command, JsonObject request) {
        JsonValue input = request.get(command.input);
        boolean isRaw = command == Command.SCHEMA;
        Shrinker shrinker = new Shrinker(
                smaller -> {
                    JsonObject changed = with(command, request, smaller);
                    return difference(
                                    changed,
                                    one.ask(changed).join(),
                                    other.ask(changed).join())
                            != null;
                },
                SHRINKING_TRIES);
        return with(command, request, shrinker.shrink(isRaw ? Json.parse(input.text()) : input));
    }

    /** Returns a request with another input; that of a schema is its text. */
    private static JsonObject with(Command command, JsonObject request, JsonValue input) {
        JsonValue changed = command == Command.SCHEMA ? JsonValue.of(Json.write(input)) : input;
        return request.toBuilder().put(command.input, changed).build();
    }

    /** Returns where two answers differ, or null: two errors are the same, and what one does not offer is not compared. */
    private static @Nullable String difference(JsonObject request, Answer answer, Answer otherAnswer) {
        JsonObject json = answer.json();
        JsonObject otherJson = otherAnswer.json();
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
                .map(field -> EXACTLY.between(
                        field, json.members().get(field), otherJson.members().get(field)))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private Finding finding(Command command, JsonObject request, Answer answer, Answer otherAnswer, String difference) {
        JsonObject.Builder vector = JsonObject.builder()
                .put("id", "fuzz-" + seed + "-" + (findings.size() + 1))
                .put("description", oneLine("Two implementations differ: " + difference))
                .put("level", TestVector.Level.MUST.name())
                .put("given", request);
        JsonObject json = answer.json();
        String kind = json == null ? "" : Lenient.text(json.get(ERROR).get(KIND));
        if (json == null || kind.equals("exception")) {
            vector.put("never", JsonObject.of("throw", JsonValue.of(true)));
        } else if (json.has(ERROR)) {
            vector.put("expect", JsonObject.of(ERROR, JsonObject.of(KIND, JsonValue.of(kind))));
        } else {
            JsonObject.Builder expect = JsonObject.builder();
            command.compared().stream().filter(json::has).forEach(field -> expect.put(field, json.get(field)));
            vector.put("expect", expect.build());
        }
        vector.put(
                "source",
                oneLine("harmony conformance fuzz, seed " + seed + ": the answer of " + one.identity() + "; "
                        + other.identity() + ": " + shown(otherAnswer)));
        return new Finding(command.category, difference, vector.build());
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
        requireNonNull(of, "of");
        Map<String, String> files = new TreeMap<>();
        of.stream().map(Finding::category).distinct().forEach(category -> {
            String topic = "fuzz-" + seed + "-" + category;
            String vectors = of.stream()
                    .filter(finding -> finding.category().equals(category))
                    .map(finding -> AsciiJson.write(finding.vector()))
                    .collect(Collectors.joining(",\n"));
            files.put(
                    topic + ".json",
                    "{\"format\":1,\"category\":\"" + category + "\",\"topic\":\"" + topic + "\",\"vectors\":[\n"
                            + vectors + "\n]}\n");
        });
        return files;
    }
}
