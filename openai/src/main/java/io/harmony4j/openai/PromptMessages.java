package io.harmony4j.openai;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.ResponseFormat;
import io.harmony4j.ToolNamespace;
import io.harmony4j.chat.TokenHistory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a prompt: one system message, one developer message with the instructions that come first, the tools and the
 * response format, then what was said.
 */
final class PromptMessages {
    static final String BETWEEN_INSTRUCTIONS = "\n\n";

    private final List<String> instructions = new ArrayList<>();
    private final List<Said> said = new ArrayList<>();
    private boolean isBegun;

    /** Messages that were said, and the tokens as which they were generated; no tokens if that is not known, or was not so. */
    private static final class Said {
        final List<Message> messages;
        final int[] sampled;

        Said(List<Message> messages, int[] sampled) {
            this.messages = messages;
            this.sampled = sampled;
        }
    }

    /** Adds instructions: to the developer message at the beginning, or in their place once anything else was said. */
    void instruct(String text) {
        if (text.isEmpty()) {
            return;
        }
        if (isBegun) {
            add(Message.developer(Content.developer(text)));
        } else {
            instructions.add(text);
        }
    }

    void add(Message message) {
        isBegun = true;
        said.add(new Said(List.of(message), new int[0]));
    }

    /** Returns what was said, without the instructions at the beginning. */
    List<Message> said() {
        return said.stream().flatMap(group -> group.messages.stream()).toList();
    }

    /** Says as which tokens the message was generated that has just been added; none if it is in those of the message before it. */
    void sampled(int[] tokens) {
        Said last = said.remove(said.size() - 1);
        boolean isMore = tokens.length == 0 && !said.isEmpty() && said.get(said.size() - 1).sampled.length > 0;
        if (!isMore) {
            said.add(new Said(last.messages, tokens));
            return;
        }
        Said first = said.remove(said.size() - 1);
        List<Message> together = new ArrayList<>(first.messages);
        together.addAll(last.messages);
        said.add(new Said(together, first.sampled));
    }

    /** Returns whether the tokens of a message are known. */
    boolean hasSampled() {
        return said.stream().anyMatch(group -> group.sampled.length > 0);
    }

    /** Returns a history with what was said; tokens that do not say what their messages do are left out. */
    TokenHistory addTo(TokenHistory history) {
        TokenHistory longer = history;
        List<Message> rendered = new ArrayList<>();
        for (Said group : said) {
            if (group.sampled.length > 0) {
                TokenHistory before = longer.with(rendered);
                rendered.clear();
                longer = before.withSampled(group.sampled, group.messages).orElseGet(() -> before.with(group.messages));
            } else {
                rendered.addAll(group.messages);
            }
        }
        return longer.with(rendered);
    }

    /** Says that the beginning is over, so that the instructions that follow stay in their place. */
    void begin() {
        isBegun = true;
    }

    Conversation build(Content.System system, List<ToolNamespace> tools, @Nullable ResponseFormat format) {
        Map<String, ToolNamespace> byName = new LinkedHashMap<>();
        tools.forEach(namespace -> byName.put(namespace.name(), namespace));
        Content.Developer developer = new Content.Developer(
                instructions.isEmpty() ? null : String.join(BETWEEN_INSTRUCTIONS, instructions),
                byName.isEmpty() ? null : byName,
                format == null ? List.of() : List.of(format));
        List<Message> all = new ArrayList<>();
        all.add(Message.system(system));
        if (!developer.equals(Content.Developer.EMPTY)) {
            all.add(Message.developer(developer));
        }
        all.addAll(said());
        return new Conversation(all);
    }
}
