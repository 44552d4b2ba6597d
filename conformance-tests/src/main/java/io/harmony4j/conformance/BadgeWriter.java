package io.harmony4j.conformance;

import java.util.stream.Collectors;

/** Writes a report as a small image: what the implementation may call itself, and how much is right. */
final class BadgeWriter {
    private static final String NAME = "harmony";
    private static final String GREEN = "#2e7d32";
    private static final String YELLOW = "#b08800";
    private static final String GREY = "#616161";
    private static final String RED = "#c62828";

    /** About the width of a letter, in pixels. */
    private static final int LETTER = 7;

    private static final int PADDING = 10;

    private BadgeWriter() {}

    static String write(Report report) {
        long skipped = report.counts().getOrDefault(Verdict.SKIP, 0L);
        long asked = report.results().size() - skipped;
        long good = asked - report.failures().size();
        String labels = report.labels().stream().map(Label::toString).collect(Collectors.joining(", "));
        String text = asked == 0
                ? "nothing tested"
                : (report.crashes() > 0 ? "crashes " : labels.isEmpty() ? "" : labels + " ") + good + "/" + asked;
        String color =
                asked == 0 ? GREY : good == asked && report.crashes() == 0 ? GREEN : labels.isEmpty() ? RED : YELLOW;
        int left = NAME.length() * LETTER + PADDING;
        int right = text.length() * LETTER + PADDING;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="20" role="img" aria-label="%4$s: %5$s">
                <title>%4$s: %5$s, suite %7$s</title>
                <rect width="%1$d" height="20" rx="3" fill="#444"/>
                <rect x="%2$d" width="%3$d" height="20" rx="3" fill="%6$s"/>
                <g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
                <text x="5" y="14">%4$s</text>
                <text x="%8$d" y="14">%5$s</text>
                </g>
                </svg>
                """.formatted(
                left + right, left, right, NAME, text, color, XmlText.escaped(report.suite()), left + PADDING / 2);
    }
}
