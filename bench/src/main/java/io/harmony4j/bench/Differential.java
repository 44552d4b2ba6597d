package io.harmony4j.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Looks for text on which our tokenizer and JTokkit differ, or the methods of ours disagree. One run; not thread-safe.
 */
public final class Differential {
    private static final double MEGABYTE = 1e6;
    private static final double NANOS = 1e9;
    private static final int MAX_SHOWN = 5;
    private static final int MAX_IDS = 12;

    private final Supplier<String> texts;
    private final List<Check> checks;
    private final Listener listener;
    private long documents;
    private long differences;

    Differential(Supplier<String> texts, List<Check> checks, Listener listener) {
        this.texts = texts;
        this.checks = List.copyOf(checks);
        this.listener = listener;
    }

    /** Returns a run over texts that are the same for the same seed and the same JDK. */
    public static Differential of(long seed, Listener listener) {
        return new Differential(new VariedText(seed)::next, Check.all(), listener);
    }

    /**
     * Runs over text; tells the first differences and returns how many there are.
     *
     * @param megabytes how much text at least, in millions of bytes of UTF-8
     */
    public long run(double megabytes) {
        long start = System.nanoTime();
        long bytes = 0;
        while (bytes < megabytes * MEGABYTE) {
            String text = texts.get();
            for (Check check : checks) {
                if (documents % check.every() == 0 && !check.holds(text)) {
                    tell(check, text);
                }
            }
            documents++;
            bytes += Corpus.utf8Length(text);
            listener.progress(
                    String.format(
                            Locale.ROOT,
                            "%.1f of %.1f MB, %.1f MB/s",
                            bytes / MEGABYTE,
                            megabytes,
                            bytes / MEGABYTE * NANOS / (System.nanoTime() - start)),
                    bytes / MEGABYTE / megabytes);
        }
        listener.result(String.format(
                Locale.ROOT,
                "%d differences in %d documents, %.1f MB of text, Java %s%n",
                differences,
                documents,
                bytes / MEGABYTE,
                Runtime.version()));
        return differences;
    }

    private void tell(Check check, String text) {
        if (++differences > MAX_SHOWN) {
            return;
        }
        String shortest = new Minimizer(shorter -> !check.holds(shorter)).minimize(text);
        listener.result("Document " + documents + ": expected " + check.name() + "\n"
                + "  of the text  " + Escaped.quote(shortest) + "\n"
                + "  which is     " + shown(check.expected().apply(shortest)) + "\n"
                + "  but found    " + shown(check.found().apply(shortest)) + "\n");
    }

    private static String shown(Object result) {
        if (result instanceof int[] ids) {
            List<String> shown = new ArrayList<>();
            Arrays.stream(ids).limit(MAX_IDS).forEach(id -> shown.add(Integer.toString(id)));
            return shown + (ids.length > MAX_IDS ? " and " + (ids.length - MAX_IDS) + " more" : "");
        }
        return result instanceof String text ? Escaped.quote(text) : result.toString();
    }
}
