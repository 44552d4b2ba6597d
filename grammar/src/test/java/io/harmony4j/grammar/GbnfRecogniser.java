package io.harmony4j.grammar;

import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads GBNF and decides what it allows, as llama.cpp does: characters are code points, and a control token is matched by a symbol of its own or by the
 * characters of its name. Plain and slow; it follows all readings at once.
 */
final class GbnfRecogniser {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();
    private static final int MAX_REPETITION = 2_000;

    private final Map<String, Node> rules = new LinkedHashMap<>();
    private final Map<Stack, Stack> stacks = new HashMap<>();

    /** What a grammar is made of; equal to itself alone, so that stacks are compared quickly. */
    private abstract static class Node {}

    private static final class Characters extends Node {
        final List<int[]> ranges = new ArrayList<>();
        boolean negated;

        boolean contains(int codePoint) {
            return ranges.stream().anyMatch(r -> r[0] <= codePoint && codePoint <= r[1]) != negated;
        }
    }

    private static final class Token extends Node {
        final int id;

        Token(int id) {
            this.id = id;
        }
    }

    private static final class Name extends Node {
        final String name;

        Name(String name) {
            this.name = name;
        }
    }

    private static final class Choice extends Node {
        final List<List<Node>> alternatives = new ArrayList<>();
    }

    private static final class Repeat extends Node {
        final Node of;
        final int min;
        final int max;
        final Map<String, Repeat> less = new HashMap<>();

        Repeat(Node of, int min, int max) {
            this.of = of;
            this.min = min;
            this.max = max;
        }

        Repeat oneLess() {
            int newMin = Math.max(min - 1, 0);
            int newMax = max == Integer.MAX_VALUE ? max : max - 1;
            return newMin == min && newMax == max
                    ? this
                    : less.computeIfAbsent("", key -> new Repeat(of, newMin, newMax));
        }
    }

    private record Stack(Node top, @Nullable Stack below) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Stack stack && stack.top == top && stack.below == below;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(top) * 31 + System.identityHashCode(below);
        }
    }

    /** Where a text has led: what may come next, and whether it may end. */
    private record Place(Set<Stack> next, boolean complete) {}

    GbnfRecogniser(String grammar) {
        for (String line : grammar.split("\n", -1)) {
            if (!line.isEmpty()) {
                Matcher rule = Pattern.compile("([a-zA-Z0-9-]+) ::= (.*)").matcher(line);
                if (!rule.matches()) {
                    throw new IllegalArgumentException("expected a rule but found " + line);
                }
                if (rules.put(rule.group(1), new Reader(rule.group(2)).whole()) != null) {
                    throw new IllegalArgumentException("expected one rule but found two of " + rule.group(1));
                }
            }
        }
        rules.values().forEach(this::checkNames);
    }

    int ruleCount() {
        return rules.size();
    }

    private void checkNames(Node node) {
        if (node instanceof Name name && !rules.containsKey(name.name)) {
            throw new IllegalArgumentException("expected a rule but found none of the name " + name.name);
        } else if (node instanceof Choice choice) {
            choice.alternatives.forEach(alternative -> alternative.forEach(this::checkNames));
        } else if (node instanceof Repeat repeat) {
            checkNames(repeat.of);
        }
    }

    /** Returns whether a text is all that the grammar wants; the names of control tokens stand for these. */
    boolean accepts(String text) {
        return accepts(TOKENIZER.encode(text, AllowedSpecial.ALL));
    }

    /** Returns whether tokens are all that the grammar wants. */
    boolean accepts(int... tokens) {
        Place at = place(Set.of(stack(new Name("root"), null)));
        List<Integer> bytes = new ArrayList<>();
        for (int token : tokens) {
            if (TOKENIZER.isSpecial(token)) {
                at = text(at, bytes);
                bytes.clear();
                at = control(at, token);
            } else {
                for (byte value : TOKENIZER.decodeBytes(token)) {
                    bytes.add(value & 0xFF);
                }
            }
        }
        return text(at, bytes).complete;
    }

    private Place text(Place from, List<Integer> bytes) {
        byte[] utf8 = new byte[bytes.size()];
        for (int i = 0; i < utf8.length; i++) {
            utf8[i] = bytes.get(i).byteValue();
        }
        return characters(from, new String(utf8, StandardCharsets.UTF_8));
    }

    private Place characters(Place from, String text) {
        Place at = from;
        for (int codePoint : text.codePoints().toArray()) {
            Set<Stack> after = new HashSet<>();
            boolean complete = false;
            for (Stack stack : at.next) {
                if (stack.top instanceof Characters characters && characters.contains(codePoint)) {
                    complete |= add(stack.below, after);
                }
            }
            at = new Place(after, complete);
        }
        return at;
    }

    private Place control(Place from, int id) {
        Place spelled = characters(from, TOKENIZER.decode(id));
        Set<Stack> after = new HashSet<>(spelled.next);
        boolean complete = spelled.complete;
        for (Stack stack : from.next) {
            if (stack.top instanceof Token token && token.id == id) {
                complete |= add(stack.below, after);
            }
        }
        return new Place(after, complete);
    }

    private Place place(Set<Stack> unexpanded) {
        Set<Stack> next = new HashSet<>();
        boolean complete = false;
        for (Stack stack : unexpanded) {
            complete |= add(stack, next);
        }
        return new Place(next, complete);
    }

    /** Adds what may come first on a stack, and returns whether that may be nothing. */
    private boolean add(@Nullable Stack start, Set<Stack> next) {
        boolean complete = false;
        Set<Stack> seen = new HashSet<>();
        List<@Nullable Stack> pending = new ArrayList<>();
        pending.add(start);
        while (!pending.isEmpty()) {
            Stack stack = pending.remove(pending.size() - 1);
            if (stack == null) {
                complete = true;
            } else if (seen.add(stack)) {
                if (stack.top instanceof Name name) {
                    pending.add(stack(Objects.requireNonNull(rules.get(name.name)), stack.below));
                } else if (stack.top instanceof Choice choice) {
                    choice.alternatives.forEach(alternative -> pending.add(push(alternative, stack.below)));
                } else if (stack.top instanceof Repeat repeat) {
                    if (repeat.min == 0) {
                        pending.add(stack.below);
                    }
                    if (repeat.max > 0) {
                        pending.add(stack(repeat.of, stack(repeat.oneLess(), stack.below)));
                    }
                } else {
                    next.add(stack);
                }
            }
        }
        return complete;
    }

    private @Nullable Stack push(List<Node> nodes, @Nullable Stack below) {
        Stack top = below;
        for (int i = nodes.size() - 1; i >= 0; i--) {
            top = stack(nodes.get(i), top);
        }
        return top;
    }

    private Stack stack(Node top, @Nullable Stack below) {
        Stack made = new Stack(top, below);
        Stack known = stacks.putIfAbsent(made, made);
        return known == null ? made : known;
    }

    /** Reads what stands right of a rule's name. */
    private static final class Reader {
        private final int[] text;
        private int at;

        Reader(String line) {
            this.text = line.codePoints().toArray();
        }

        Node whole() {
            Node all = alternatives();
            if (at != text.length) {
                throw unexpected();
            }
            return all;
        }

        private IllegalArgumentException unexpected() {
            return new IllegalArgumentException(
                    "found what is no GBNF at character " + at + " of " + new String(text, 0, text.length));
        }

        private Node alternatives() {
            Choice choice = new Choice();
            do {
                choice.alternatives.add(sequence());
            } while (take('|'));
            return choice;
        }

        private List<Node> sequence() {
            List<Node> nodes = new ArrayList<>();
            skipSpace();
            while (at < text.length && text[at] != '|' && text[at] != ')') {
                nodes.addAll(repeated(symbol()));
                skipSpace();
            }
            return nodes;
        }

        private List<Node> symbol() {
            if (take('(')) {
                Node all = alternatives();
                expect(')');
                return List.of(all);
            } else if (take('"')) {
                List<Node> characters = new ArrayList<>();
                while (!take('"')) {
                    Characters one = new Characters();
                    int codePoint = character();
                    one.ranges.add(new int[] {codePoint, codePoint});
                    characters.add(one);
                }
                return characters;
            } else if (take('[')) {
                return List.of(characters());
            } else if (take('<')) {
                expect('[');
                int id = number();
                expect(']');
                expect('>');
                return List.of(new Token(id));
            }
            StringBuilder name = new StringBuilder();
            while (at < text.length && Character.toString(text[at]).matches("[a-zA-Z0-9-]")) {
                name.appendCodePoint(text[at++]);
            }
            if (name.isEmpty()) {
                throw unexpected();
            }
            return List.of(new Name(name.toString()));
        }

        /** Applies a repetition, which is about the last symbol. */
        private List<Node> repeated(List<Node> nodes) {
            int min = 1;
            int max = 1;
            if (take('*')) {
                min = 0;
                max = Integer.MAX_VALUE;
            } else if (take('+')) {
                max = Integer.MAX_VALUE;
            } else if (take('?')) {
                min = 0;
            } else if (take('{')) {
                min = number();
                max = take(',') ? (text[at] == '}' ? Integer.MAX_VALUE : number()) : min;
                expect('}');
                if (min > MAX_REPETITION || (max > MAX_REPETITION && max < Integer.MAX_VALUE)) {
                    throw unexpected();
                }
            } else {
                return nodes;
            }
            List<Node> all = new ArrayList<>(nodes);
            int end = all.size() - 1;
            all.set(end, new Repeat(all.get(end), min, max));
            return all;
        }

        private Node characters() {
            Characters characters = new Characters();
            characters.negated = take('^');
            while (!take(']')) {
                int first = character();
                int last = first;
                if (at + 1 < text.length && text[at] == '-' && text[at + 1] != ']') {
                    at++;
                    last = character();
                }
                characters.ranges.add(new int[] {first, last});
            }
            return characters;
        }

        private int character() {
            if (!take('\\')) {
                return text[at++];
            }
            int kind = text[at++];
            return switch (kind) {
                case 'x' -> hex(2);
                case 'u' -> hex(4);
                case 'U' -> hex(8);
                case 't' -> '\t';
                case 'r' -> '\r';
                case 'n' -> '\n';
                case '\\', '"', '[', ']' -> kind;
                default -> throw unexpected();
            };
        }

        private int hex(int digits) {
            int value = Integer.parseInt(new String(text, at, digits), 16);
            at += digits;
            return value;
        }

        private int number() {
            int from = at;
            while (at < text.length && text[at] >= '0' && text[at] <= '9') {
                at++;
            }
            return Integer.parseInt(new String(text, from, at - from));
        }

        private void skipSpace() {
            while (at < text.length && text[at] == ' ') {
                at++;
            }
        }

        private boolean take(int codePoint) {
            boolean found = at < text.length && text[at] == codePoint;
            at += found ? 1 : 0;
            return found;
        }

        private void expect(int codePoint) {
            if (!take(codePoint)) {
                throw unexpected();
            }
        }
    }
}
