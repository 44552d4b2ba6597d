package io.harmony4j.grammar;

import io.harmony4j.SpecialToken;
import java.util.ArrayList;
import java.util.EnumMap;
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

    /** Returns a turn, or what is left of one, after the rules that it needs. */
    String turn(TurnForm form, boolean parallel) {
        if (form.begun().isEmpty()) {
            return whole(form, parallel);
        }
        Map<TurnForm.Kind, List<String>> begun = new EnumMap<>(TurnForm.Kind.class);
        for (TurnForm.Message message : form.begun()) {
            List<String> names = begun.computeIfAbsent(message.kind(), kind -> new ArrayList<>());
            String name = notation.name("begun", name(message, names.size()));
            rules.put(name, message(message, name));
            names.add(name);
        }
        List<String> ways = new ArrayList<>();
        begun.forEach((kind, names) -> ways.add(choice(names) + afterBegun(kind, form, parallel)));
        return choice(ways);
    }

    private String afterBegun(TurnForm.Kind kind, TurnForm form, boolean parallel) {
        return switch (kind) {
            case ANALYSIS, PREAMBLE -> " next " + whole(form, parallel);
            case CALL -> {
                if (!parallel) {
                    yield "";
                }
                String more = moreCalls(thoughts(form), calls(form));
                rules.put("next", parts(TurnForm.NEXT));
                yield more;
            }
            case ANSWER -> "";
        };
    }

    private String whole(TurnForm form, boolean parallel) {
        String thoughts = thoughts(form);
        List<String> last = new ArrayList<>();
        if (!form.calls().isEmpty()) {
            String calls = calls(form);
            last.add(parallel ? calls + moreCalls(thoughts, calls) : calls);
        }
        TurnForm.Message answer = form.answer();
        if (answer != null) {
            last.addAll(messages(List.of(answer)));
        }
        rules.put("next", parts(TurnForm.NEXT));
        return thoughts + " " + choice(last);
    }

    private String thoughts(TurnForm form) {
        return "(" + choice(messages(form.thoughts())) + " next)*";
    }

    private String calls(TurnForm form) {
        return choice(messages(form.calls()));
    }

    private static String moreCalls(String thoughts, String calls) {
        return " (next " + thoughts + " " + calls + ")*";
    }

    /** Writes a rule for each message, and returns their names. */
    private List<String> messages(List<TurnForm.Message> messages) {
        List<String> names = new ArrayList<>();
        for (TurnForm.Message message : messages) {
            String name = name(message, names.size());
            rules.put(name, message(message, name));
            names.add(name);
        }
        return names;
    }

    private String name(TurnForm.Message message, int number) {
        String kind = message.kind().name().toLowerCase(Locale.ROOT);
        return message.kind() == TurnForm.Kind.CALL ? notation.name(kind, Integer.toString(number)) : kind;
    }

    private String message(TurnForm.Message message, String name) {
        List<String> symbols =
                new ArrayList<>(message.opening().stream().map(this::piece).toList());
        symbols.add(notation.content(message, name));
        symbols.add(notation.end(message));
        return symbols.stream().filter(symbol -> !symbol.isEmpty()).collect(Collectors.joining(" "));
    }

    private String piece(List<List<TurnForm.Part>> ways) {
        List<String> all = ways.stream().map(this::parts).toList();
        if (all.size() == 1 || !all.contains("")) {
            return choice(all);
        }
        String type = notation.name("json", "type");
        rules.put(type, String.join(" | ", all).strip());
        return type;
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
}
