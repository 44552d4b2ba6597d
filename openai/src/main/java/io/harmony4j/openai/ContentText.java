package io.harmony4j.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The text of a content, which is a string or a list of parts: their texts with line feeds between. */
final class ContentText {
    static final String BETWEEN_PARTS = "\n";

    /** Parts of messages that have text, and the field that has it. */
    private static final List<String> TEXTS = List.of("text", "input_text", "output_text", "refusal");

    /** Parts that a model of text alone cannot read. */
    private static final Set<String> NO_TEXT =
            Set.of("image_url", "input_audio", "file", "input_image", "input_file", "output_audio", "audio");

    private ContentText() {}

    /** Returns the text of a content, which must be there. */
    static String of(Field content) {
        if (content.required().isString()) {
            return content.text();
        }
        if (!content.isArray()) {
            throw content.wrongType("a string or an array");
        }
        List<String> texts = new ArrayList<>();
        for (Field part : content.someElements()) {
            texts.add(ofPart(part));
        }
        return String.join(BETWEEN_PARTS, texts);
    }

    private static String ofPart(Field part) {
        Field type = part.object().get("type");
        String name = type.text();
        if (TEXTS.contains(name)) {
            return part.get(name.equals("refusal") ? name : "text").text();
        }
        if (NO_TEXT.contains(name)) {
            throw type.invalid(
                    "unsupported_content_type",
                    "Unsupported content type: '" + name + "'. The model reads text only; expected one of "
                            + String.join(", ", TEXTS) + ".");
        }
        throw type.wrongValue(TEXTS);
    }
}
