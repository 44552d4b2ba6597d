package io.harmony4j.bench;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The benchmark of the tokenizer: how fast it is on real and on hostile texts, compared with JTokkit in the same JVM and with
 * programs outside of it. Before anything is timed, the tokens are checked. One run; not thread-safe.
 */
public final class TokenizerBench {
    /** How much is encoded before text that is to be new: more than any cache of pieces holds. */
    private static final int OTHERS_BYTES = 4_000_000;

    /** Sizes of hostile texts in bytes. */
    private static final List<Integer> HOSTILE_SIZES = List.of(10_000, 100_000, 1_000_000, 10_000_000);

    private static final int RIVAL_SIZE = 1_000_000;

    private static final int MAX_LOADS = 5;

    private final TokenizerBenchOptions options;
    private final Results results;

    /**
     * Prepares a run.
     *
     * @param listener hears the results as they come
     */
    public TokenizerBench(TokenizerBenchOptions options, Listener listener) {
        this.options = requireNonNull(options, "options");
        this.results = new Results(listener);
    }

    /**
     * Runs the sections; returns what was found as JSON. Its field {@code tokens_right} says whether our tokens were right.
     *
     * @throws IllegalArgumentException if a text that was chosen does not exist
     */
    public JsonObject run() throws IOException, InterruptedException {
        List<Corpus> all = new ArrayList<>();
        for (String name : options.corpora().names()) {
            all.add(options.corpora().load(name));
        }
        List<Corpus> corpora = chosen(all);
        Machine machine = Machine.here();
        results.note(machine.toString());
        check(corpora);
        for (Section section : Section.values()) {
            if (options.sections().contains(section)) {
                results.table(section, run(section, corpora, all));
            }
        }
        return results.toJson(machine, options.seconds());
    }

    private List<Corpus> chosen(List<Corpus> all) {
        List<String> names = all.stream().map(Corpus::name).toList();
        for (String name : options.texts()) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException(
                        "expected one of the texts " + names + " but found \"" + name + "\"");
            }
        }
        return all.stream()
                .filter(corpus -> options.texts().isEmpty() || options.texts().contains(corpus.name()))
                .toList();
    }

    /** Checks all tokens; this also warms up both libraries on all kinds of text. */
    private void check(List<Corpus> corpora) throws IOException {
        TokenCheck check = new TokenCheck(options.corpora().expected(), results);
        for (int i = 0; i < corpora.size(); i++) {
            results.progress("check " + corpora.get(i).name(), (double) i / corpora.size());
            check.check(corpora.get(i));
        }
        check.tell(corpora.size());
    }

    private Object run(Section section, List<Corpus> corpora, List<Corpus> all)
            throws IOException, InterruptedException {
        return switch (section) {
            case ENCODE, WHOLE, UNSEEN, COUNT, DECODE -> texts(section, corpora, all);
            case MIXED, MIXED_UNSEEN -> texts(section, List.of(Corpus.inTurns(corpora)), all);
            case HOSTILE -> new HostileContest(HOSTILE_SIZES, RIVAL_SIZE, options.seconds(), results).run();
            case THREADS -> threads(corpora);
            case LOAD ->
                LoadContest.run((int) Math.max(1, Math.min(MAX_LOADS, MAX_LOADS * options.seconds())), results);
        };
    }

    private Comparison texts(Section section, List<Corpus> corpora, List<Corpus> all)
            throws IOException, InterruptedException {
        Contest contest = new Contest(options.seconds());
        PeerContest peers = new PeerContest(options.peers(), options.work(), options.seconds(), results);
        Comparison comparison = new Comparison();
        for (int i = 0; i < corpora.size(); i++) {
            Corpus corpus = corpora.get(i);
            results.progress(section + " " + corpus.name(), (double) i / corpora.size());
            List<String> others = section == Section.UNSEEN ? others(corpus, all) : List.of();
            Map<String, Speed> speeds = new LinkedHashMap<>(contest.run(TextContenders.of(section, corpus, others)));
            speeds.putAll(peers.run(section, corpus, others));
            comparison.add(corpus.name(), speeds);
            results.add(section, corpus.name(), speeds);
        }
        return comparison;
    }

    /** Returns documents of all other texts, as many of each; if they are too few, made text follows. */
    private static List<String> others(Corpus corpus, List<Corpus> all) {
        List<String> others = new ArrayList<>();
        int bytes = 0;
        int share = OTHERS_BYTES / Math.max(1, all.size() - 1);
        for (Corpus other : all) {
            int taken = 0;
            for (int i = 0; i < other.documents().size() && taken < share && !other.equals(corpus); i++) {
                others.add(other.documents().get(i));
                taken += Corpus.utf8Length(other.documents().get(i));
            }
            bytes += taken;
        }
        VariedText varied = new VariedText(0);
        while (bytes < OTHERS_BYTES) {
            String document = varied.next();
            others.add(document);
            bytes += Corpus.utf8Length(document);
        }
        return others;
    }

    private MarkdownTable threads(List<Corpus> corpora) throws InterruptedException {
        results.progress(Section.THREADS.toString(), 0);
        List<String> documents =
                corpora.stream().flatMap(corpus -> corpus.documents().stream()).toList();
        Map<Integer, Speed> speeds = new ThreadContest(documents, options.seconds()).run();
        MarkdownTable table = new MarkdownTable(List.of(
                "threads",
                "MB/s, wall, best",
                "times one",
                "wall, median",
                "times one",
                "processor, best",
                "times one"));
        Speed one = speeds.values().iterator().next();
        speeds.forEach((threads, speed) -> {
            table.add(List.of(
                    threads.toString(),
                    Speed.shown(speed.wallBest()),
                    Speed.shown(speed.wallBest() / one.wallBest()),
                    Speed.shown(speed.wallMedian()),
                    Speed.shown(speed.wallMedian() / one.wallMedian()),
                    Speed.shown(speed.cpuBest()),
                    Speed.shown(speed.cpuBest() / one.cpuBest())));
            results.add(Section.THREADS, threads + " threads", Map.of(Library.HARMONY4J.title(), speed));
        });
        return table;
    }
}
