package io.harmony4j.bench;

import static java.util.Objects.requireNonNull;

import io.harmony4j.grammar.GrammarMatcher;
import io.harmony4j.grammar.HarmonyGrammar;
import io.harmony4j.grammar.SchemaOptions;
import io.harmony4j.grammar.TokenMask;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long the grammars of schemas take to make, and their masks for the tokens of values; whether they allow the values that they should; and how much memory
 * many of them take. Times are processor time of one thread. One run; not thread-safe.
 */
public final class GrammarBench {
    private static final double MICROSECOND = 1e3;
    private static final double MEGABYTE = 1e6;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Listener listener;

    public GrammarBench(Listener listener) {
        this.listener = requireNonNull(listener, "listener");
    }

    /** What a round has found, in nanoseconds. */
    private static final class Round {
        final List<Long> compile = new ArrayList<>();
        final List<Long> first = new ArrayList<>();
        final List<Long> masks = new ArrayList<>();
        final List<Long> accept = new ArrayList<>(); // a token's, on average over a value
        int refused;
        int right;
        final List<String> wrong = new ArrayList<>();
    }

    /**
     * Measures.
     *
     * @param folder the folder with schemas and values: {@code .json} files with {@code schema} and {@code tests}, each with {@code valid} and the value as
     *     {@code data} or its text as {@code text}; and {@code .jsonl} files with one such object in each line
     * @param rounds how often all is done; grammars are made anew each time, and the last round counts
     * @param live how many grammars are kept for the measure of memory
     * @throws IllegalArgumentException if there is no schema in the folder
     */
    public void run(Path folder, int rounds, int live) throws IOException {
        List<SchemaCase> cases = SchemaCase.read(folder);
        Round last = new Round();
        for (int i = 0; i < rounds; i++) {
            last = round(cases);
        }
        listener.result(Machine.here() + ", " + cases.size() + " schemas, " + rounds + " rounds\n\n");
        listener.result("""
                | | number | average | p50 | p90 | p99 | p99.9 | maximum, µs |
                | --- | --- | --- | --- | --- | --- | --- | --- |
                """);
        print("making a grammar", last.compile);
        print("first mask", last.first);
        print("mask", last.masks);
        print("accepting a token", last.accept);
        listener.result(String.format(
                Locale.ROOT,
                "%n%d schemas all right, %d refused, %d wrong%n",
                last.right,
                last.refused,
                last.wrong.size()));
        last.wrong.forEach(wrong -> listener.result("  " + wrong + "\n"));
        listener.result(
                String.format(Locale.ROOT, "%d grammars in use take %.1f MB%n", live, memory(cases, live) / MEGABYTE));
    }

    private void print(String what, List<Long> nanoseconds) {
        long[] sorted = nanoseconds.stream().mapToLong(Long::longValue).sorted().toArray();
        if (sorted.length == 0) {
            return;
        }
        double sum = 0;
        for (long value : sorted) {
            sum += value;
        }
        listener.result(String.format(
                Locale.ROOT,
                "| %s | %d | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |%n",
                what,
                sorted.length,
                sum / sorted.length / MICROSECOND,
                part(sorted, 0.5),
                part(sorted, 0.9),
                part(sorted, 0.99),
                part(sorted, 0.999),
                part(sorted, 1)));
    }

    private static double part(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, share * sorted.length)] / MICROSECOND;
    }

    private static Round round(List<SchemaCase> cases) {
        Round round = new Round();
        for (SchemaCase one : cases) {
            long start = THREADS.getCurrentThreadCpuTime();
            HarmonyGrammar grammar;
            try {
                grammar = HarmonyGrammar.ofValue(one.schema(), SchemaOptions.DEFAULT);
            } catch (IllegalArgumentException e) {
                round.refused++;
                continue;
            }
            round.compile.add(THREADS.getCurrentThreadCpuTime() - start);
            int wrong = round.wrong.size();
            for (String text : one.valid()) {
                if (!follow(grammar, text, round)) {
                    round.wrong.add(one.name() + " refuses " + text);
                }
            }
            for (String text : one.invalid()) {
                if (grammar.check(Tokenizer.o200kHarmony().encode(text)).isComplete()) {
                    round.wrong.add(one.name() + " allows " + text);
                }
            }
            round.right += round.wrong.size() == wrong ? 1 : 0;
        }
        return round;
    }

    /** Takes the time of a value's masks and tokens; returns whether it is allowed. */
    private static boolean follow(HarmonyGrammar grammar, String text, Round round) {
        GrammarMatcher matcher = grammar.newMatcher();
        int[] tokens = Tokenizer.o200kHarmony().encode(text);
        for (int token : tokens) {
            long start = THREADS.getCurrentThreadCpuTime();
            TokenMask mask = matcher.mask();
            long time = THREADS.getCurrentThreadCpuTime() - start;
            (matcher.length() == 0 ? round.first : round.masks).add(time);
            if (!mask.contains(token)) {
                return false;
            }
            matcher.accept(token);
        }
        boolean isComplete = matcher.isComplete();
        matcher.rollback(tokens.length);
        long start = THREADS.getCurrentThreadCpuTime();
        for (int token : tokens) {
            matcher.accept(token);
        }
        round.accept.add((THREADS.getCurrentThreadCpuTime() - start) / Math.max(1, tokens.length));
        return isComplete;
    }

    /** Returns how much memory grammars take that have made the masks of a value each, in bytes. */
    private static long memory(List<SchemaCase> cases, int live) {
        long before = used();
        List<HarmonyGrammar> kept = new ArrayList<>();
        for (int i = 0; kept.size() < live && i < 100 * live; i++) {
            SchemaCase one = cases.get(i % cases.size());
            try {
                HarmonyGrammar grammar = HarmonyGrammar.ofValue(one.schema(), SchemaOptions.DEFAULT);
                one.valid().stream().limit(1).forEach(text -> follow(grammar, text, new Round()));
                kept.add(grammar);
            } catch (IllegalArgumentException e) {
                // refused: counted before
            }
        }
        long after = used();
        return kept.isEmpty() ? 0 : after - before;
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
