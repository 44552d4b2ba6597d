package io.harmony4j.grammar;

import io.harmony4j.SpecialToken;
import io.harmony4j.json.JsonSchema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes a grammar in GBNF, the notation of llama.cpp. Schemas become rules here as they do for masks, so that all that is enforced by these is enforced there.
 *
 * <p>The tokens that end a generation are no symbols there: they are allowed where the grammar is complete.
 *
 * @see <a href="https://github.com/ggml-org/llama.cpp/blob/master/grammars/README.md">llama.cpp: GBNF guide</a>
 */
final class GbnfExport implements TurnWriter.Notation {
    /** The most rules. */
    private static final int MAX_RULES = 100_000;

    /** The most items or properties that are counted. */
    private static final int MAX_COUNT = 2_000;

    /** The most properties of an object that may come in any order: there is a rule for each set of them. */
    private static final int MAX_ANY_ORDER = 8;

    private final ExportNotes notes = new ExportNotes();
    private final Map<String, String> rules = new LinkedHashMap<>();
    private final Regexes regexes = CommonTexts.newRegexes();
    private final SchemaCompiler compiler;
    private final GbnfText texts = new GbnfText(regexes, notes, rules);
    private final Map<TurnForm.Content, List<Symbol>> contents = new LinkedHashMap<>();
    private final Map<Rule, String> names = new HashMap<>();
    private final Deque<Rule> pending = new ArrayDeque<>();
    private final Map<ArrayShape, ArrayShape> arrays = new HashMap<>();
    private final Map<ObjectShape, ObjectShape> objects = new HashMap<>();

    private GbnfExport(SchemaOptions options) {
        this.compiler = new SchemaCompiler(regexes, options);
    }

    /**
     * @param form the turn; null if the grammar is of the answer's JSON alone
     */
    static GrammarExport of(GrammarOptions options, @Nullable TurnForm form) {
        GbnfExport export = new GbnfExport(options.schemas());
        export.rules.put("root", ""); // first
        if (form == null) {
            JsonSchema schema = options.answer().orElse(HarmonyGrammar.ANY_OBJECT);
            TurnForm.Content content = new TurnForm.Content(schema, false, "the schema");
            export.compile(List.of(content));
            export.rules.put("root", export.content(content));
        } else {
            List<TurnForm.Message> messages = new ArrayList<>(form.calls());
            if (form.answer() != null) {
                messages.add(form.answer());
            }
            export.compile(messages.stream().map(TurnForm.Message::content).toList());
            export.rules.put("root", new TurnWriter(export, export.rules).turn(form, false));
            export.noteTurn(options, form);
        }
        export.writeRules();
        String text = export.rules.entrySet().stream()
                .map(rule -> rule.getKey() + " ::= " + rule.getValue() + "\n")
                .collect(Collectors.joining());
        return new GrammarExport(text, export.notes.sentences(), SpecialToken.stopIds());
    }

    private void noteTurn(GrammarOptions options, TurnForm form) {
        notes.addIf(form.parallel(), "no call follows a call, since the generation ends with <|call|>");
        notes.addIf(options.maxAnalysisTokens().isPresent(), "the length of thoughts is not limited");
        notes.add("any of the stop tokens may end the turn, not only <|return|> an answer and <|call|> a call");
        notes.add("\"<|\" cannot be written, neither in texts nor in JSON strings, so that no control token can be");
    }

    private void compile(List<TurnForm.Content> all) {
        for (TurnForm.Content content : all) {
            contents.computeIfAbsent(content, c -> HarmonyGrammar.content(c, regexes, compiler));
        }
        compiler.finish();
    }

    @Override
    public String token(SpecialToken token) {
        return "<[" + token.id() + "]>";
    }

    @Override
    public String text(String text) {
        return GbnfSyntax.literal(text);
    }

    @Override
    public String name(String first, String second) {
        return first + "-" + second;
    }

    @Override
    public String end(TurnForm.Message message) {
        List<SpecialToken> inside = message.ends().stream()
                .filter(end -> !SpecialToken.stopIds().contains(end.id()))
                .toList();
        if (inside.isEmpty()) {
            return "";
        }
        return token(inside.get(0)) + (inside.size() < message.ends().size() ? "?" : "");
    }

    @Override
    public String content(TurnForm.Message message, String name) {
        return content(message.content());
    }

    private String content(TurnForm.Content content) {
        return content.schema() == null ? texts.of(regexes.anything()) : row(contents.getOrDefault(content, List.of()));
    }

    private void writeRules() {
        for (Rule rule = pending.poll(); rule != null; rule = pending.poll()) {
            String body = rule.alternatives().stream()
                    .filter(symbols -> symbols.stream().noneMatch(this::isNothing))
                    .map(this::row)
                    .collect(Collectors.joining(" | "));
            rules.put(Objects.requireNonNull(names.get(rule)), body.strip());
            if (rules.size() > MAX_RULES) {
                throw new IllegalArgumentException("expected schemas that need at most " + MAX_RULES
                        + " rules of GBNF but found larger ones; use fewer properties that may be missing");
            }
        }
    }

    private boolean isNothing(Symbol symbol) {
        return symbol instanceof Regex regex && regexes.isEmpty(regex);
    }

    private String row(List<Symbol> symbols) {
        return symbols.stream().map(this::symbol).filter(s -> !s.isEmpty()).collect(Collectors.joining(" "));
    }

    private String symbol(Symbol symbol) {
        if (symbol instanceof Regex regex) {
            return texts.of(regex);
        } else if (symbol instanceof ControlToken control) {
            return "<[" + control.id() + "]>";
        } else if (symbol instanceof ValueRule value
                && value.arrays().isEmpty()
                && value.objects().isEmpty()) {
            return texts.of(value.scalars());
        } else if (symbol instanceof ArrayRule array) {
            return name(adapted(array));
        } else if (symbol instanceof ObjectRule object) {
            return name(adapted(object));
        } else if (symbol instanceof Rule rule) {
            return name(rule);
        }
        throw new IllegalStateException("expected items that may come twice but found " + symbol);
    }

    private String name(Rule rule) {
        String known = names.get(rule);
        if (known == null) {
            String kind = rule instanceof ArrayRule ? "array-" : rule instanceof ObjectRule ? "object-" : "value-";
            known = kind + names.size();
            names.put(rule, known);
            pending.add(rule);
            if (rule instanceof ValueRule value) {
                namePunctuation(value.punctuation());
            }
        }
        return known;
    }

    private void namePunctuation(JsonPunctuation punctuation) {
        texts.name(punctuation.space(), "space");
        texts.name(punctuation.comma(), "comma");
        texts.name(punctuation.colon(), "colon");
        texts.name(punctuation.closeArray(), "close-array");
        texts.name(punctuation.closeObject(), "close-object");
    }

    /** Returns an array of which everything can be said. */
    private ArrayRule adapted(ArrayRule array) {
        ArrayShape shape = arrays.get(array.shape());
        if (shape == null) {
            ArrayShape of = array.shape();
            notes.addIf(of.unique() != null, ExportNotes.EQUAL_ITEMS);
            noteCounts(of.min(), of.max());
            shape = new ArrayShape(of.prefix(), of.rest(), min(of.min()), max(of.max()), null);
            arrays.put(of, shape);
            arrays.put(shape, shape);
        }
        return new ArrayRule(array.punctuation(), shape, array.count(), array.place(), array.seen());
    }

    private ObjectRule adapted(ObjectRule object) {
        ObjectShape shape = objects.get(object.shape());
        if (shape == null) {
            ObjectShape of = object.shape();
            noteCounts(of.min(), of.max());
            notes.addIf(of.unique() != null, "names that are not declared count as often as they come");
            shape = new ObjectShape(of.properties(), of.extras(), min(of.min()), max(of.max()), null);
            objects.put(of, shape);
            objects.put(shape, shape);
        }
        boolean isTooLarge = object.order() == SchemaOptions.PropertyOrder.ANY
                && shape.properties().size() > MAX_ANY_ORDER;
        notes.addIf(
                isTooLarge,
                "objects with more than " + MAX_ANY_ORDER + " properties have them in the order of the schema");
        return new ObjectRule(
                object.punctuation(),
                isTooLarge ? SchemaOptions.PropertyOrder.AS_DECLARED : object.order(),
                shape,
                object.next(),
                object.seen(),
                object.count(),
                object.names(),
                object.place());
    }

    private void noteCounts(int min, int max) {
        notes.addIf(
                min > MAX_COUNT || (max > MAX_COUNT && max < Regexes.UNBOUNDED),
                "items and properties are counted up to " + MAX_COUNT + " only");
    }

    private static int min(int min) {
        return Math.min(min, MAX_COUNT);
    }

    private static int max(int max) {
        return max > MAX_COUNT ? Regexes.UNBOUNDED : max;
    }
}
