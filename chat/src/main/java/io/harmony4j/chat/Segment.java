package io.harmony4j.chat;

import io.harmony4j.Message;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.parser.ParseEvent.Ending;
import io.harmony4j.parser.ParseEvent.MessageEnded;
import io.harmony4j.parser.ParseOptions;
import io.harmony4j.parser.StreamParser;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Messages of a history and their tokens, from {@code <|start|>} to the token that ends them. It is one message, or several where a
 * parser has found several between two tokens that end messages: it cannot be told which of the tokens are whose.
 */
final class Segment {
    private final List<Message> messages;
    private final int[] tokens;
    private final boolean isSampled;

    private Segment(List<Message> messages, int[] tokens, boolean isSampled) {
        this.messages = messages;
        this.tokens = tokens;
        this.isSampled = isSampled;
    }

    static Segment rendered(Message message, int[] tokens) {
        return new Segment(List.of(message), tokens, false);
    }

    static Segment sampled(List<Message> messages, int[] tokens) {
        return new Segment(List.copyOf(messages), tokens, true);
    }

    /**
     * Reads what a model has generated, whoever it speaks for. Tokens at the end that are in no message are left out.
     *
     * @param options how; with the role that the tokens go on from, if they do not begin with {@code <|start|>}
     */
    static List<Segment> read(int[] tokens, ParseOptions options) {
        List<MessageEnded> ended = new ArrayList<>();
        StreamParser parser = new StreamParser(Tokenizer.o200kHarmony(), options, event -> {
            if (event instanceof MessageEnded end) {
                ended.add(end);
            }
        });
        List<Segment> segments = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i < tokens.length; i++) {
            parser.accept(tokens[i]);
            if (endsMessage(tokens[i]) && !ended.isEmpty() && hasEndToken(ended.get(ended.size() - 1))) {
                segments.add(of(ended, Arrays.copyOfRange(tokens, begin, i + 1)));
                ended.clear();
                begin = i + 1;
            }
        }
        parser.finish();
        if (!ended.isEmpty()) {
            segments.add(of(ended, Arrays.copyOfRange(tokens, begin, tokens.length)));
        }
        return segments;
    }

    private static Segment of(List<MessageEnded> ended, int[] tokens) {
        return sampled(ended.stream().map(MessageEnded::message).toList(), tokens);
    }

    private static boolean hasEndToken(MessageEnded message) {
        return message.ending() != Ending.END_OF_STREAM && message.ending() != Ending.NEXT_MESSAGE;
    }

    static boolean endsMessage(int token) {
        return SpecialToken.find(token).filter(SpecialToken::endsMessage).isPresent();
    }

    List<Message> messages() {
        return messages;
    }

    /** Returns the tokens, which are not to be changed. */
    int[] tokens() {
        return tokens;
    }

    /** Returns whether the tokens are a model's. */
    boolean isSampled() {
        return isSampled;
    }

    /** Returns those of the messages that are the assistant's: in a model's turn, nobody else speaks. */
    List<Message> genuine() {
        return messages.stream()
                .filter(message -> message.author().role() == Role.ASSISTANT)
                .toList();
    }
}
