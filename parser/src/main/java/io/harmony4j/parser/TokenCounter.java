package io.harmony4j.parser;

import io.harmony4j.Message;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.parser.ParseEvent.Ending;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts tokens while they stream. Belongs to one stream. */
final class TokenCounter {
    private int total;
    private int reasoning;
    private final Map<String, TokenCounts.Channel> channels = new LinkedHashMap<>();

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
        channels.merge(name, new TokenCounts.Channel(header - next, content), TokenCounts.Channel::plus);
        if (Header.of(message).isReasoning()) {
            reasoning += content;
        }
        header = next;
        content = 0;
    }

    TokenCounts counts() {
        return new TokenCounts(total, reasoning, channels);
    }

    JsonObject save() {
        JsonObject.Builder byChannel = JsonObject.builder();
        channels.forEach((name, tokens) -> byChannel.put(
                name,
                JsonObject.builder()
                        .put("header", tokens.header())
                        .put("content", tokens.content())
                        .build()));
        return JsonObject.builder()
                .put("total", total)
                .put("reasoning", reasoning)
                .put("header", header)
                .put("content", content)
                .put("channels", byChannel.build())
                .build();
    }

    void restore(JsonValue from) {
        total = from.get("total").intValue();
        reasoning = from.get("reasoning").intValue();
        header = from.get("header").intValue();
        content = from.get("content").intValue();
        from.get("channels").members().forEach((name, tokens) -> {
            TokenCounts.Channel counts = new TokenCounts.Channel(
                    tokens.get("header").intValue(), tokens.get("content").intValue());
            channels.put(name, counts);
        });
    }
}
