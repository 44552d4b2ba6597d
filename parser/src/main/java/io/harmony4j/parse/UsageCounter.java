package io.harmony4j.parse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.harmony4j.Message;
import io.harmony4j.parse.ParseEvent.Ending;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts tokens while they stream. Belongs to one stream. */
final class UsageCounter {
    private int total;
    private int reasoning;
    private final Map<String, Usage.Channel> channels = new LinkedHashMap<>();

    /** The tokens since the last message ended. */
    private int header;

    private int content;

    /** Counts a token before it is parsed. */
    void add(boolean isContent) {
        total++;
        if (isContent) {
            content++;
        } else {
            header++;
        }
    }

    /** Attributes the tokens since the last message ended to this one. */
    void end(Message message, Ending ending) {
        // a message that another one ends does not own the token that begins that one
        int next = ending == Ending.NEXT_MESSAGE && header > 0 ? 1 : 0;
        String name = message.channel() == null ? "" : message.channel().name();
        channels.merge(name, new Usage.Channel(header - next, content), Usage.Channel::plus);
        if (ChatPart.of(message.author(), message.recipient(), message.channel()) == ChatPart.REASONING) {
            reasoning += content;
        }
        header = next;
        content = 0;
    }

    Usage usage() {
        return new Usage(total, reasoning, channels);
    }

    void clear() {
        total = 0;
        reasoning = 0;
        channels.clear();
        header = 0;
        content = 0;
    }

    void save(ObjectNode into) {
        into.put("total", total);
        into.put("reasoning", reasoning);
        into.put("header", header);
        into.put("content", content);
        ObjectNode byChannel = into.putObject("channels");
        channels.forEach((name, tokens) ->
                byChannel.putObject(name).put("header", tokens.header()).put("content", tokens.content()));
    }

    void restore(JsonNode from) {
        clear();
        total = from.path("total").intValue();
        reasoning = from.path("reasoning").intValue();
        header = from.path("header").intValue();
        content = from.path("content").intValue();
        from.path("channels").properties().forEach(entry -> {
            JsonNode tokens = entry.getValue();
            channels.put(
                    entry.getKey(),
                    new Usage.Channel(
                            tokens.path("header").intValue(),
                            tokens.path("content").intValue()));
        });
    }
}
