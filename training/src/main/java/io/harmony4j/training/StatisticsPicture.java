package io.harmony4j.training;

import io.harmony4j.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Statistics as a picture: bars for the lengths of samples, and for the tokens of each role and channel, what is learnt of them darker. */
final class StatisticsPicture {
    private static final int WIDTH = 760; // pixels
    private static final int LABELS = 200;
    private static final int NUMBERS = 120;
    private static final int LINE = 22;
    private static final int BAR = 14;
    private static final int MARGIN = 16;

    private final StringBuilder svg = new StringBuilder();
    private int y = MARGIN;

    private StatisticsPicture() {}

    /** Returns the picture of statistics by their JSON. */
    static String of(JsonValue statistics) {
        StatisticsPicture picture = new StatisticsPicture();
        Map<String, long[]> lengths = new LinkedHashMap<>();
        for (JsonValue bin : statistics.get("lengths").get("histogram").elements()) {
            lengths.put(
                    bin.get("from") + " to " + bin.get("to"),
                    new long[] {bin.get("samples").longValue(), 0});
        }
        picture.bars("Samples by length in tokens", lengths);
        Map<String, long[]> messages = new LinkedHashMap<>();
        statistics
                .get("messages")
                .members()
                .forEach((whose, counts) -> messages.put(whose, new long[] {
                    counts.get("header").longValue()
                            + counts.get("content").longValue()
                            + counts.get("end").longValue(),
                    counts.get("labels").longValue()
                }));
        picture.bars("Tokens by role and channel (dark: learnt)", messages);
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + WIDTH + "\" height=\"" + (picture.y + MARGIN)
                + "\" font-family=\"sans-serif\" font-size=\"13\">\n"
                + "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n" + picture.svg + "</svg>\n";
    }

    /**
     * Draws a bar for each name.
     *
     * @param bars how long each is, and how much of it is dark
     */
    private void bars(String title, Map<String, long[]> bars) {
        y += LINE;
        text(MARGIN, title, "font-weight=\"bold\"");
        long most = bars.values().stream().mapToLong(bar -> bar[0]).max().orElse(1);
        double scale = (double) (WIDTH - LABELS - NUMBERS - 2 * MARGIN) / most;
        bars.forEach((name, bar) -> {
            y += LINE;
            text(MARGIN, name, "fill=\"#333\"");
            bar(bar[0] * scale, "#9db8d9");
            bar(bar[1] * scale, "#1f4e8c");
            text(
                    (int) (MARGIN + LABELS + bar[0] * scale) + 8,
                    String.format(Locale.ROOT, "%,d", bar[0]),
                    "fill=\"#333\"");
        });
        y += LINE / 2;
    }

    private void bar(double width, String colour) {
        svg.append(String.format(
                        Locale.ROOT,
                        "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                        MARGIN + LABELS,
                        y - BAR + 2,
                        width,
                        BAR,
                        colour)
                .replace("\r\n", "\n"));
    }

    private void text(int x, String text, String style) {
        svg.append("<text x=\"")
                .append(x)
                .append("\" y=\"")
                .append(y)
                .append("\" ")
                .append(style)
                .append('>');
        svg.append(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
                .append("</text>\n");
    }
}
