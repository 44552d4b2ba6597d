package io.harmony4j.bench;

import static java.util.Objects.requireNonNull;

import io.harmony4j.engine.Model;
import io.harmony4j.engine.Sequence;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Times a model: reading a prompt, then generating token by token; and, if asked for, several requests at once. It is compared with
 * what memory allows and with other programs, which take turns with it. Tokens are random: what they are matters only for the experts that they go to. One run;
 * not thread-safe.
 */
public final class EngineBench {
    private static final String OURS = "Harmony4J";

    private final EngineBenchOptions options;
    private final Listener listener;
    private final MemorySpeed memorySpeed = new MemorySpeed();
    private final List<Double> read = new ArrayList<>();
    private final Map<String, Times> times = new LinkedHashMap<>();
    private final List<TogetherContest> contests = new ArrayList<>();

    /**
     * Prepares a run.
     *
     * @param listener hears the results as they come
     */
    public EngineBench(EngineBenchOptions options, Listener listener) {
        this.options = requireNonNull(options, "options");
        this.listener = requireNonNull(listener, "listener");
        for (int requests : options.together()) {
            contests.add(new TogetherContest(requests, options));
        }
    }

    /** What was measured of one program, in tokens a second, round by round. */
    private static final class Times {
        private final List<Double> prompt = new ArrayList<>();
        private final List<Double> generated = new ArrayList<>();
    }

    /** Runs all rounds; tells the listener the result as a table, and returns all figures as JSON. */
    public JsonObject run(Model model) throws IOException, InterruptedException {
        listener.result(Machine.here() + "\nkernels: " + model.kernels() + ", " + model.threads() + " threads\n");
        List<Peer> peers = new ArrayList<>(options.peers());
        for (int round = 0; round < options.rounds(); round++) {
            double done = (double) round / options.rounds();
            listener.progress("reading memory", done);
            read.add(memorySpeed.bytesPerSecond(model.threads()));
            listener.progress(OURS, done);
            measure(model, done);
            for (Peer peer : List.copyOf(peers)) {
                listener.progress(peer.name(), done);
                try {
                    measure(peer, model.threads());
                } catch (Peer.Failure e) {
                    listener.result("Without " + peer.name() + ": " + e.getMessage() + "\n");
                    peers.remove(peer);
                    times.remove(peer.name());
                }
            }
            for (TogetherContest contest : contests) {
                listener.progress("requests at once", done);
                contest.round(model);
            }
        }
        return result(model);
    }

    private void measure(Model model, double done) {
        Random random = new Random(1);
        int[] prompt = random.ints(options.promptTokens(), 0, model.config().vocabularySize())
                .toArray();
        Sequence sequence = model.newSequence();
        long start = System.nanoTime();
        model.append(sequence, prompt);
        long promptRead = System.nanoTime();
        for (int i = 0; i < options.generatedTokens(); i++) {
            int[] next = {random.nextInt(model.config().vocabularySize())};
            model.append(sequence, next, 1, (index, logits) -> {}); // computed as the peers do it, not returned
            listener.progress(OURS, done);
        }
        long end = System.nanoTime();
        Times ours = times.computeIfAbsent(OURS, name -> new Times());
        ours.prompt.add(options.promptTokens() * 1e9 / (promptRead - start));
        ours.generated.add(options.generatedTokens() * 1e9 / (end - promptRead));
    }

    private void measure(Peer peer, int threads) throws IOException, InterruptedException, Peer.Failure {
        String output = peer.run(
                options.model(),
                Integer.toString(threads),
                Integer.toString(options.promptTokens()),
                Integer.toString(options.generatedTokens()));
        try {
            JsonValue answer = Json.parse(output.strip());
            Times found = times.computeIfAbsent(peer.name(), name -> new Times());
            found.prompt.add(speed(answer, "prompt_tokens_per_s"));
            found.generated.add(speed(answer, "tokens_per_s"));
        } catch (IllegalArgumentException e) {
            throw new Peer.Failure(
                    "expected an answer in JSON but found " + Peer.shortened(output) + " (" + e.getMessage() + ")", e);
        }
    }

    private static double speed(JsonValue answer, String key) {
        JsonValue speed = answer.get(key);
        if (!speed.isNumber() || !(speed.doubleValue() > 0)) {
            throw new IllegalArgumentException("expected " + key + " above 0");
        }
        return speed.doubleValue();
    }

    private JsonObject result(Model model) {
        double memory = Statistics.median(read);
        double bytes = model.activeBytes();
        MarkdownTable table = new MarkdownTable(List.of(
                "tokens/s",
                "prompt, best",
                "median",
                "ratio",
                "generated, best",
                "median",
                "ratio",
                "GB/s",
                "of the memory's"));
        List<JsonObject> contenders = new ArrayList<>();
        Times ours = times.computeIfAbsent(OURS, name -> new Times());
        times.forEach((name, found) -> {
            double generated = Statistics.median(found.generated);
            table.add(List.of(
                    name,
                    number(best(found.prompt)),
                    number(Statistics.median(found.prompt)),
                    number(Statistics.median(ours.prompt) / Statistics.median(found.prompt)),
                    number(best(found.generated)),
                    number(generated),
                    number(Statistics.median(ours.generated) / generated),
                    number(generated * bytes / 1e9),
                    number(generated * bytes / memory)));
            contenders.add(JsonObject.builder()
                    .put("name", name)
                    .put("prompt_tokens_per_s", numbers(found.prompt))
                    .put("tokens_per_s", numbers(found.generated))
                    .build());
        });
        listener.result(String.format(
                Locale.ROOT,
                "%nMemory read: %.1f GB/s (median of %d). A token reads %.3f GB of weights.%n%n%s",
                memory / 1e9,
                options.rounds(),
                bytes / 1e9,
                table));
        JsonObject.Builder json = JsonObject.builder()
                .put("kernels", model.kernels())
                .put("threads", model.threads())
                .put("bytes_per_token", model.activeBytes())
                .put("memory_bytes_per_s", memory)
                .put("machine", Machine.here().toJson().build())
                .put("contenders", JsonArray.of(contenders));
        if (!contests.isEmpty()) {
            MarkdownTable requests = new MarkdownTable(
                    List.of("requests at once", "one after another, tokens/s", "together, tokens/s", "ratio"));
            contests.forEach(contest -> requests.add(contest.cells()));
            listener.result("\n" + requests);
            json.put(
                    "together",
                    JsonArray.of(contests.stream().map(TogetherContest::toJson).toList()));
        }
        return json.build();
    }

    static JsonArray numbers(List<Double> values) {
        return JsonArray.of(values.stream().map(JsonValue::of).toList());
    }

    private static double best(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }

    static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
    }
}
