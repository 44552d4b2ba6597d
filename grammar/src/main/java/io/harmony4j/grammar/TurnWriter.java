package io.harmony4j.grammar;

import io.harmony4j.SpecialToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the messages of a turn as rules of a notation that has names, choices in parentheses, and repetition with a star. */
final class TurnWriter {
    private final Notation notation;
    private final Map<String, String> rules;

    /** How a notation spells what a message is made of. */
    interface Notation {
        String token(SpecialToken token);

        String text(String text);

        /**
         * Returns what stands between {@code <|message|>} and the end; empty for nothing.
         *
         * @param name the name of the message's rule
         */
        String content(TurnForm.Message message, String name);

        /** Returns the end of a message; empty if it is not part of the grammar. */
        String end(TurnForm.Message message);

        /** Returns a name of several words. */
        String name(String first, String second);
    }

    /**
     * @param rules where the rules go: what a name stands for
     */
    TurnWriter(Notation notation, Map<String, String> rules) {
        this.notation = notation;
        this.rules = rules;
    }

    /** Returns a turn, after the rules that it needs. */
    String turn(TurnForm form, boolean parallel) {
        String thoughts = "(" + choice(messages(form.thoughts())) + " next)*";
        List<String> last = new ArrayList<>();
        if (!form.calls().isEmpty()) {
            String calls = choice(messages(form.calls()));
            last.add(parallel ? calls + " (next " + thoughts + " " + calls + ")*" : calls);
        }
        TurnForm.Message answer = form.answer();
        if (answer != null) {
            last.addAll(messages(List.of(answer)));
        }
        rules.put("next", parts(TurnForm.NEXT));
        return thoughts + " " + choice(last);
    }

    /** Writes a rule for each message, and returns their names. */
    private List<String> messages(List<TurnForm.Message> messages) {
        List<String> names = new ArrayList<>();
        for (TurnForm.Message message : messages) {
            String kind = message.kind().name().toLowerCase(Locale.ROOT);
            String name =
                    message.kind() == TurnForm.Kind.CALL ? notation.name(kind, Integer.toString(names.size())) : kind;
            rules.put(name, message(message, name));
            names.add(name);
        }
        return names;
    }

    private String message(TurnForm.Message message, String name) {
        return joined(
                choice(message.headers().stream().map(this::parts).toList()),
                type(message.types()),
                notation.token(SpecialToken.MESSAGE),
                notation.content(message, name),
                notation.end(message));
    }

    private String type(List<List<TurnForm.Part>> types) {
        if (types.size() == 1) {
            return parts(types.get(0));
        }
        String name = notation.name("json", "type");
        rules.put(
                name,
                types.stream()
                        .map(this::parts)
                        .collect(Collectors.joining(" | "))
                        .strip());
        return name;
    }

    private String parts(List<TurnForm.Part> parts) {
        return parts.stream()
                .map(part -> part instanceof TurnForm.Token token
                        ? notation.token(token.token())
                        : notation.text(((TurnForm.Text) part).text()))
                .collect(Collectors.joining(" "));
    }

    /** Returns a choice in parentheses, or the one alternative. */
    static String choice(List<String> alternatives) {
        return alternatives.size() == 1 ? alternatives.get(0) : "(" + String.join(" | ", alternatives) + ")";
    }

    private static String joined(String... symbols) {
        return List.of(symbols).stream().filter(symbol -> !symbol.isEmpty()).collect(Collectors.joining(" "));
    }
}
