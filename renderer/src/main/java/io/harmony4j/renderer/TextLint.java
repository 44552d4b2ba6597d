package io.harmony4j.renderer;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.renderer.Finding.Code;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Findings in the texts of messages: control tokens, nothing at all, parts that are joined. */
final class TextLint {
    /** The literal of a special token; those that are reserved have their id in it. */
    private static final Pattern CONTROL = Pattern.compile(Arrays.stream(SpecialToken.values())
                    .map(token -> Pattern.quote(token.literal()))
                    .collect(Collectors.joining("|"))
            + "|<\\|reserved_(\\d{6})\\|>");

    private static final int FIRST_RESERVED = 200_000;
    private static final int LAST_RESERVED = 201_088;

    /** How a rendered message of the assistant begins, whole or after what the prompt ended with. */
    private static final Pattern RENDERED =
            Pattern.compile("\\s*(<\\|start\\|>)?(assistant)?\\s*<\\|(channel|message)\\|>|\\s*<\\|start\\|>");

    private TextLint() {}

    static void check(Conversation conversation, Findings findings) {
        for (int i = 0; i < conversation.messages().size(); i++) {
            Message message = conversation.messages().get(i);
            List<Content> parts = message.content();
            long texts = parts.stream().filter(Content.Text.class::isInstance).count();
            if (texts == parts.size() && message.text().isEmpty()) {
                findings.add(
                        i,
                        Code.EMPTY_MESSAGE,
                        Findings.field(i, "content"),
                        "the message is empty",
                        "leave it out, unless the model is to see that nothing was said");
            }
            if (texts > 1) {
                findings.add(
                        i,
                        Code.PARTS_JOINED,
                        Findings.field(i, "content"),
                        texts + " texts follow each other with nothing between them",
                        "join them yourself, with what is to stand between");
            }
            for (int k = 0; k < parts.size(); k++) {
                part(i, message, k, findings);
            }
        }
    }

    private static void part(int index, Message message, int k, Findings findings) {
        Content part = message.content().get(k);
        String pointer = Findings.part(index, k);
        if (part instanceof Content.Text text) {
            boolean isOnly = message.content().size() == 1;
            String place = isOnly ? Findings.field(index, "content") : pointer + "/text";
            if (message.author().role() == Role.ASSISTANT && isRendered(text.text())) {
                findings.add(
                        index,
                        Code.RENDERED_IN_CONTENT,
                        place,
                        "the content is a rendered message, control tokens and all",
                        "parse it, and take the messages that come of it");
            } else {
                control(index, place, text.text(), findings);
            }
        } else if (part instanceof Content.Developer developer) {
            control(index, pointer + "/instructions", developer.instructions(), findings);
        } else if (part instanceof Content.System system) {
            control(index, pointer + "/model_identity", system.modelIdentity(), findings);
        }
    }

    private static boolean isRendered(String text) {
        return text.contains(SpecialToken.MESSAGE.literal())
                && RENDERED.matcher(text).lookingAt();
    }

    private static void control(int index, String pointer, @Nullable String text, Findings findings) {
        Matcher control = CONTROL.matcher(text == null ? "" : text);
        while (control.find()) {
            if (control.group(1) == null || isReserved(Integer.parseInt(control.group(1)))) {
                findings.add(
                        index,
                        Code.CONTROL_TEXT,
                        pointer,
                        control.group() + " is in the text, and stays text: the model reads its characters",
                        "leave it out, unless the conversation is about the format");
                return;
            }
        }
    }

    private static boolean isReserved(int id) {
        return id >= FIRST_RESERVED
                && id <= LAST_RESERVED
                && SpecialToken.find(id).isEmpty();
    }
}
