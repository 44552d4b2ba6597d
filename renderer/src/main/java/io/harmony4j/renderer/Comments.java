package io.harmony4j.renderer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of descriptions, of which a prompt makes comments. */
final class Comments {
    private Comments() {}

    /** Returns a comment for each line of a text; none for no text. */
    static List<String> of(@Nullable String text) {
        return lines(text).stream().map(line -> "// " + line).toList();
    }

    /**
     * Returns the lines of a text: each ends at a line feed, with or without a carriage return before it, or at the end of
     * the text. Unlike in {@code String.lines()} a carriage return alone ends nothing.
     */
    static List<String> lines(@Nullable String text) {
        if (text == null) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int feed = text.indexOf('\n', start);
            if (feed < 0) {
                lines.add(text.substring(start));
                break;
            }
            boolean afterReturn = feed > start && text.charAt(feed - 1) == '\r';
            lines.add(text.substring(start, afterReturn ? feed - 1 : feed));
            start = feed + 1;
        }
        return lines;
    }
}
