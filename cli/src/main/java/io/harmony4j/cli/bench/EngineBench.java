package io.harmony4j.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.harmony4j.Json;
import io.harmony4j.engine.Model;
import io.harmony4j.engine.Sequence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Times a model: reading a prompt, and generating token by token, beside what memory allows and beside other programs, which take
 * turns with it. Tokens are random: what they are does not matter, but for the experts that they go to.
 */
public final class EngineBench {
    private static final String OURS = "Harmony4J";

    private final Options options;
    private final Listener listener;
    private final ReadTest readTest = new ReadTest();
    private final List<Double> read = new ArrayList<>();
    private final Map<String, Times> times = new LinkedHashMap<>();

    /**
     * What to measure.
     *
     * @param model where the model is: what peers are given
     * @param prompt how many tokens a prompt has
     * @param generated how many tokens are generated after it
     * @param rounds how often
     * @param peers programs that measure the same, by the protocol in {@code docs/benchmarks.md}
     */
    public record Options(String model, int prompt, int generated, int rounds, List<Peer> peers) {}

    public EngineBench(Options options, Listener listener) {
        this.options = options;
        this.listener = listener;
    }

    /** What was measured of one program, in tokens a second, round by round. */
    private static final class Times {
        private final List<Double> prompt = new ArrayList<>();
        private final List<Double> generated = new ArrayList<>();
    }

    /** Runs all rounds, tells the listener the result as a table, and returns it. */
    public ObjectNode run(Model model) throws IOException, InterruptedException {
        listener.result(Machine.here() + "\nkernels: " + model.kernels() + ", " + model.threads() + " threads\n");
        List<Peer> peers = new ArrayList<>(options.peers);
        for (int round = 0; round < options.rounds; round++) {
            double done = (double) round / options.rounds;
            listener.progress("reading memory", done);
            read.add(readTest.bytesPerSecond(model.threads()));
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
        }
        return result(model);
    }

    private void measure(Model model, double done) {
        Random random = new Random(1);
        int[] prompt =
                random.ints(options.prompt, 0, model.config().vocabularySize()).toArray();
        Sequence sequence = model.newSequence();
        long start = System.nanoTime();
        model.append(sequence, prompt);
        long promptRead = System.nanoTime();
        for (int i = 0; i < options.generated; i++) {
            model.append(sequence, random.nextInt(model.config().vocabularySize()));
            listener.progress(OURS, done);
        }
        long end = System.nanoTime();
        Times ours = times.computeIfAbsent(OURS, name -> new Times());
        ours.prompt.add(options.prompt * 1e9 / (promptRead - start));
        ours.generated.add(options.generated * 1e9 / (end - promptRead));
    }

    private void measure(Peer peer, int threads) throws IOException, InterruptedException, Peer.Failure {
        String output = peer.run(
                options.model,
                Integer.toString(threads),
                Integer.toString(options.prompt),
                Integer.toString(options.generated));
        try {
            JsonNode answer = Json.parse(output.strip());
            Times found = times.computeIfAbsent(peer.name(), name -> new Times());
            found.prompt.add(speed(answer, "prompt_tokens_per_s"));
            found.generated.add(speed(answer, "tokens_per_s"));
        } catch (IllegalArgumentException e) {
            throw new Peer.Failure(
                    "expected an answer in JSON but found " + Peer.shortened(output) + " (" + e.getMessage() + ")", e);
        }
    }

    private static double speed(JsonNode answer, String key) {
        double speed = answer.path(key).asDouble();
        if (!(speed > 0)) {
            throw new IllegalArgumentException("expected " + key + " above 0");
        }
        return speed;
    }

    private ObjectNode result(Model model) {
        double memory = median(read);
        double bytes = model.bytesOfToken();
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
        ObjectNode result = JsonNodeFactory.instance
                .objectNode()
                .put("kernels", model.kernels())
                .put("threads", model.threads())
                .put("bytes_per_token", model.bytesOfToken())
                .put("memory_bytes_per_s", memory);
        result.set("machine", Machine.here().toJson());
        ArrayNode contenders = result.putArray("contenders");
        Times ours = times.computeIfAbsent(OURS, name -> new Times());
        times.forEach((name, found) -> {
            double generated = median(found.generated);
            table.add(List.of(
                    name,
                    number(best(found.prompt)),
                    number(median(found.prompt)),
                    number(median(ours.prompt) / median(found.prompt)),
                    number(best(found.generated)),
                    number(generated),
                    number(median(ours.generated) / generated),
                    number(generated * bytes / 1e9),
                    number(generated * bytes / memory)));
            ObjectNode contender = contenders.addObject().put("name", name);
            found.prompt.forEach(contender.putArray("prompt_tokens_per_s")::add);
            found.generated.forEach(contender.putArray("tokens_per_s")::add);
        });
        listener.result(String.format(
                Locale.ROOT,
                "%nMemory read: %.1f GB/s (median of %d). A token reads %.3f GB of weights.%n%n%s",
                memory / 1e9,
                options.rounds,
                bytes / 1e9,
                table));
        return result;
    }

    private static double best(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }

    private static double median(List<Double> values) {
        return Statistics.median(
                values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
    }
}
