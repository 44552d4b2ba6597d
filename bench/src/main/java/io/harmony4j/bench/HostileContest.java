package io.harmony4j.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Times hostile texts of several sizes, each encoded in one call: the time for one byte should not depend on the size. For each
 * size there are as many texts as make up the largest one, so that no size is favoured by text that is still in a cache of
 * the processor or of pieces.
 */
final class HostileContest {
    private static final int KILOBYTE = 1_000;
    private static final int MEGABYTE = 1_000_000;

    private final List<Integer> sizes;
    private final int rivalSize;
    private final Contest contest;
    private final Results results;

    /**
     * @param sizes of the texts, in bytes, in ascending order
     * @param rivalSize the one of them at which JTokkit is timed as well, once, since it takes seconds
     * @param seconds how long each size is timed
     */
    HostileContest(List<Integer> sizes, int rivalSize, double seconds, Results results) {
        this.sizes = sizes;
        this.rivalSize = rivalSize;
        this.contest = new Contest(seconds);
        this.results = results;
    }

    /** Returns a table with a row for each kind of text. */
    MarkdownTable run() {
        List<String> headings = new ArrayList<>(List.of("MB/s"));
        sizes.forEach(size -> headings.add(shown(size)));
        headings.addAll(
                List.of(shown(sizes.get(0)) + " : " + shown(largest()), "JTokkit " + shown(rivalSize), "ratio"));
        MarkdownTable table = new MarkdownTable(headings);
        HostileText[] texts = HostileText.values();
        for (int i = 0; i < texts.length; i++) {
            results.progress(Section.HOSTILE + " " + texts[i], (double) i / texts.length);
            table.add(row(texts[i]));
        }
        return table;
    }

    private List<String> row(HostileText hostile) {
        List<Double> speeds = new ArrayList<>();
        for (int size : sizes) {
            List<String> texts = hostile.texts(size, largest() / size);
            check(hostile, size, texts.get(0));
            Map<String, Speed> speed = contest.run(List.of(contender(Library.HARMONY4J, texts)));
            speed.values().forEach(own -> speeds.add(own.cpuBest()));
            results.add(Section.HOSTILE, hostile + " " + shown(size), speed);
        }
        double rival = rival(hostile);
        List<String> cells = new ArrayList<>(List.of(hostile.toString()));
        speeds.forEach(speed -> cells.add(Speed.shown(speed)));
        cells.addAll(List.of(
                Speed.shown(speeds.get(0) / speeds.get(speeds.size() - 1)),
                Speed.shown(rival),
                Speed.shown(speeds.get(sizes.indexOf(rivalSize)) / rival)));
        return cells;
    }

    /** Tells if our tokens are not decoded to the text, or, of a text short enough for JTokkit, are not those of JTokkit. */
    private void check(HostileText hostile, int size, String text) {
        int[] tokens = Library.HARMONY4J.idsOf(text);
        if (!Library.HARMONY4J.decode(tokens).equals(text)) {
            results.error("Tokens of " + hostile + ", " + shown(size) + ", are not decoded to the text.");
        }
        if (size == sizes.get(0) && !Arrays.equals(tokens, Library.JTOKKIT.idsOf(text))) {
            results.error("Tokens of " + hostile + ", " + shown(size) + ", are not those of JTokkit.");
        }
    }

    private double rival(HostileText hostile) {
        contender(Library.JTOKKIT, hostile.texts(KILOBYTE, Math.max(1, rivalSize / KILOBYTE / 10)))
                .time(1); // to warm up
        Samples once = new Samples();
        once.add(contender(Library.JTOKKIT, hostile.texts(rivalSize, 1)).time(1));
        Map<String, Speed> speed = Map.of(Library.JTOKKIT.title(), once.speed());
        results.add(Section.HOSTILE, hostile + " " + shown(rivalSize), speed);
        return once.speed().cpuBest();
    }

    private static Contender contender(Library library, List<String> texts) {
        long bytes = texts.stream().mapToLong(Corpus::utf8Length).sum();
        return new Contender(
                library.title(), bytes, null, () -> texts.forEach(text -> Contender.consume(library.encode(text))));
    }

    private int largest() {
        return sizes.get(sizes.size() - 1);
    }

    private static String shown(int bytes) {
        return bytes < MEGABYTE ? bytes / KILOBYTE + " KB" : bytes / MEGABYTE + " MB";
    }
}
