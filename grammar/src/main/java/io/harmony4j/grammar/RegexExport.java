package io.harmony4j.grammar;

import io.harmony4j.SpecialToken;
import io.harmony4j.json.JsonSchema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the JSON of an answer as one regular expression, for servers that apply it after the header of the answer. Control tokens cannot be said, nor can
 * values that contain themselves.
 */
final class RegexExport {
    private final ExportNotes notes = new ExportNotes();
    private final RegexTexts texts;
    private final Regexes regexes;
    private final Set<ValueRule> open = new LinkedHashSet<>(); // the values around the one that is written

    private RegexExport(Regexes regexes) {
        this.regexes = regexes;
        this.texts = new RegexTexts(regexes, notes);
    }

    /**
     * @param form the turn; null if the grammar is of the answer's JSON alone
     * @throws IllegalArgumentException if a call is possible, the answer is any text, or its schema cannot be said so
     */
    static GrammarExport of(GrammarOptions options, @Nullable TurnForm form) {
        JsonSchema schema = options.answer()
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "expected an answer with a schema, since a regular expression is of its JSON, but found any text"));
        if (form != null && !form.calls().isEmpty()) {
            throw new IllegalArgumentException(
                    "expected no tools, since a regular expression cannot say how one is called, but found "
                            + options.tools() + "; choose none, or use another format");
        }
        Regexes regexes = CommonTexts.newRegexes();
        SchemaCompiler compiler = new SchemaCompiler(regexes, options.schemas());
        List<Symbol> symbols = compiler.compile(schema, "the answer");
        compiler.finish();
        RegexExport export = new RegexExport(regexes);
        RegexPiece all = RegexPiece.EMPTY;
        for (Symbol symbol : symbols) {
            all = all.then(symbol instanceof ValueRule value ? export.value(value) : export.texts.of((Regex) symbol));
        }
        export.notes.addIf(
                options.schemas().propertyOrder() == SchemaOptions.PropertyOrder.ANY,
                "properties come in the order of the schema");
        export.notes.addIf(
                form != null,
                "only the JSON of the answer is enforced; the runtime must apply it after the answer's header");
        return new GrammarExport(all.text(), export.notes.sentences(), SpecialToken.stopIds());
    }

    private RegexPiece value(ValueRule rule) {
        if (!open.add(rule)) {
            throw new IllegalArgumentException("expected a schema whose values do not contain themselves,"
                    + " since a regular expression cannot say that, but found one; use another format");
        }
        List<RegexPiece> kinds = new ArrayList<>();
        if (!regexes.isEmpty(rule.scalars())) {
            kinds.add(texts.of(rule.scalars()));
        }
        JsonPunctuation punctuation = rule.punctuation();
        rule.arrays().forEach(shape -> kinds.add(array(punctuation, shape)));
        rule.objects().forEach(shape -> kinds.add(object(punctuation, shape)));
        open.remove(rule);
        return RegexTexts.checked(kinds.stream().reduce(RegexPiece::or).orElse(RegexPiece.EMPTY));
    }

    private RegexPiece array(JsonPunctuation punctuation, ArrayShape shape) {
        notes.addIf(shape.unique() != null, ExportNotes.EQUAL_ITEMS);
        RegexPiece items = RegexPiece.EMPTY;
        if (shape.max() > 0) {
            RegexPiece first = texts.of(punctuation.space()).then(value(shape.item(0)));
            items = first.then(itemsAfter(punctuation, shape, 1));
            items = shape.min() == 0 ? items.repeated(0, 1) : items;
        }
        return texts.of(punctuation.openArray()).then(items).then(texts.of(punctuation.closeArray()));
    }

    /** Returns what may follow so many items. */
    private RegexPiece itemsAfter(JsonPunctuation punctuation, ArrayShape shape, int count) {
        if (count >= shape.max()) {
            return RegexPiece.EMPTY;
        }
        RegexPiece next = texts.of(punctuation.comma()).then(value(shape.item(count)));
        if (count >= shape.prefix().size()) {
            int max = shape.max() == Regexes.UNBOUNDED ? shape.max() : shape.max() - count;
            return next.repeated(Math.max(shape.min() - count, 0), max);
        }
        RegexPiece more = next.then(itemsAfter(punctuation, shape, count + 1));
        return count >= shape.min() ? more.repeated(0, 1) : more;
    }

    private RegexPiece object(JsonPunctuation punctuation, ObjectShape shape) {
        long required = shape.properties().stream()
                .filter(ObjectShape.Property::required)
                .count();
        boolean isFewEnough = shape.max() == Regexes.UNBOUNDED
                || (shape.extras().isEmpty()
                        && shape.max() >= shape.properties().size());
        if (shape.min() > required || !isFewEnough) {
            throw new IllegalArgumentException("expected objects whose properties are not counted,"
                    + " since a regular expression cannot say that, but found \"minProperties\" or"
                    + " \"maxProperties\"; use another format");
        }
        List<RegexPiece> properties = new ArrayList<>();
        for (ObjectShape.Property property : shape.properties()) {
            properties.add(property(punctuation, property.key(), property.value()));
        }
        RegexPiece extra = shape.extras().stream()
                .map(other -> property(punctuation, other.keys(), other.value()))
                .reduce(RegexPiece::or)
                .orElse(RegexPiece.EMPTY);
        RegexPiece comma = texts.of(punctuation.comma());
        RegexPiece after = RegexPiece.EMPTY; // what may follow a property
        RegexPiece from = RegexPiece.EMPTY; // what an object may consist of, with a property at least
        if (!extra.isEmpty()) {
            after = comma.then(extra).repeated(0, Regexes.UNBOUNDED);
            from = extra.then(after);
        }
        for (int i = properties.size() - 1; i >= 0; i--) {
            RegexPiece property = properties.get(i);
            RegexPiece more = comma.then(property);
            boolean isRequired = shape.properties().get(i).required();
            RegexPiece with = property.then(after);
            from = RegexTexts.checked(isRequired || from.isEmpty() ? with : with.or(from));
            after = RegexTexts.checked((isRequired ? more : more.repeated(0, 1)).then(after));
        }
        RegexPiece all = texts.of(punctuation.space()).then(from);
        if (from.isEmpty()) {
            all = RegexPiece.EMPTY;
        } else if (required == 0) {
            all = all.repeated(0, 1);
        }
        return texts.of(punctuation.openObject()).then(all).then(texts.of(punctuation.closeObject()));
    }

    private RegexPiece property(JsonPunctuation punctuation, Regex key, ValueRule value) {
        return texts.of(key).then(texts.of(punctuation.colon())).then(value(value));
    }
}
