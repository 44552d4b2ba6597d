package io.harmony4j.parser;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Message;
import io.harmony4j.Role;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Messages of the assistant, divided by what they are for.
 *
 * @param reasoning the chain of thought, messages joined by line feeds
 * @param content what is for the user, messages joined by line feeds
 * @param calls the calls
 */
record Parts(String reasoning, String content, List<Call> calls) {
    /**
     * A call.
     *
     * @param tool the recipient's name without {@code functions.}
     * @param arguments what the model wrote
     */
    record Call(String tool, String arguments) {}

    static Parts of(List<Message> messages) {
        List<Message> assistant = messages.stream()
                .filter(message -> message.author().role() == Role.ASSISTANT)
                .toList();
        Predicate<Message> isReasoning = message -> Header.of(message).isReasoning();
        return new Parts(
                joined(assistant, isReasoning),
                joined(assistant, isReasoning.or(Message::isToolCall).negate()),
                assistant.stream()
                        .filter(Message::isToolCall)
                        .map(call -> new Call(requireNonNull(call.recipient()).toolName(), call.text()))
                        .toList());
    }

    private static String joined(List<Message> messages, Predicate<Message> which) {
        return messages.stream().filter(which).map(Message::text).collect(Collectors.joining("\n"));
    }
}
