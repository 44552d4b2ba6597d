package io.harmony4j.training;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the content of a message says: a string, or a list of parts, whose texts have line feeds between them.
 *
 * @param text the text; null if there is none
 * @param thoughts the parts of a chain of thought, joined likewise; empty if there are none
 */
record RowContent(@Nullable String text, String thoughts) {
    static final RowContent NONE = new RowContent(null, "");

    static final String BETWEEN_PARTS = "\n";

    private static final String THINKING = "thinking";

    private static final List<String> TEXTS = List.of("text", "input_text", "output_text", "refusal");

    /** Returns the text of a content that must be there and has no thoughts. */
    static String text(RowField content) {
        String text = content.value().isString()
                ? content.text()
                : read(content, false).text();
        if (text == null) {
            throw content.wrong("a string or a list of parts with text");
        }
        return text;
    }

    /** Returns what a content of the assistant says, which may be nothing. */
    static RowContent ofAssistant(RowField content) {
        return content.isAbsent() ? NONE : read(content, true);
    }

    private static RowContent read(RowField content, boolean mayThink) {
        if (content.value().isString()) {
            return new RowContent(content.text(), "");
        }
        if (!content.value().isArray()) {
            throw content.wrong("a string or a list of parts");
        }
        List<String> texts = new ArrayList<>();
        List<String> thoughts = new ArrayList<>();
        for (RowField part : content.elements()) {
            RowField type = part.object().get("type");
            String name = type.text();
            if (TEXTS.contains(name)) {
                texts.add(part.get(name.equals("refusal") ? name : "text").text());
            } else if (mayThink && name.equals(THINKING)) {
                thoughts.add(part.get(THINKING).text());
            } else {
                throw type.wrong("the type of a part with text (" + String.join(", ", TEXTS)
                        + (mayThink ? ", " + THINKING : "") + "), since the models read text only,");
            }
        }
        return new RowContent(
                texts.isEmpty() ? null : String.join(BETWEEN_PARTS, texts), String.join(BETWEEN_PARTS, thoughts));
    }
}
