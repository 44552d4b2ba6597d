package io.harmony4j.grammar;

import io.harmony4j.SpecialToken;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonSchema;
import io.harmony4j.json.JsonValue;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a grammar as a structural tag of xgrammar, in which control tokens are tokens, not their spelled names.
 *
 * @see <a href="https://xgrammar.mlc.ai/docs/tutorials/structural_tag.html">XGrammar: structural tag</a>
 */
final class StructuralTagExport {
    private static final String IGNORED = "is ignored";

    /** What xgrammar does not enforce, or in part. */
    private static final Map<String, String> KEYWORDS = Map.ofEntries(
            Map.entry("not", IGNORED),
            Map.entry("if", IGNORED),
            Map.entry("then", IGNORED),
            Map.entry("else", IGNORED),
            Map.entry("uniqueItems", IGNORED),
            Map.entry("multipleOf", "is ignored unless it is an integer"),
            Map.entry("dependencies", IGNORED),
            Map.entry("dependentRequired", IGNORED),
            Map.entry("dependentSchemas", IGNORED),
            Map.entry("unevaluatedItems", IGNORED),
            Map.entry("contains", IGNORED),
            Map.entry("propertyNames", IGNORED),
            Map.entry("oneOf", "is read as anyOf"),
            Map.entry("anyOf", "is read without the keywords beside it"),
            Map.entry("allOf", "is enforced as to its first schema only"),
            Map.entry("patternProperties", "is enforced in part"));

    private static final Set<String> FORMATS =
            Set.of("date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid", "uri");

    /** The ids of all tokens that are not text. */
    private static final JsonArray CONTROL_TOKENS =
            JsonArray.ofIntegers(IntStream.rangeClosed(SpecialToken.START_OF_TEXT.id(), TokenMask.SIZE - 1)
                    .toArray());

    private final GrammarOptions options;
    private final ExportNotes notes = new ExportNotes();

    private StructuralTagExport(GrammarOptions options) {
        this.options = options;
    }

    /**
     * @param form the turn; null if the grammar is of the answer's JSON alone
     */
    static GrammarExport of(GrammarOptions options, @Nullable TurnForm form) {
        StructuralTagExport export = new StructuralTagExport(options);
        JsonValue format = form == null
                ? export.json(options.answer().orElse(HarmonyGrammar.ANY_OBJECT), "the answer")
                : export.turn(form);
        export.noteOptions();
        JsonObject tag = object("structural_tag").put("format", format).build();
        return new GrammarExport(tag.toString(), export.notes.sentences(), List.of(SpecialToken.END_OF_TEXT.id()));
    }

    private void noteOptions() {
        SchemaOptions schemas = options.schemas();
        notes.addIf(
                schemas.propertyOrder() == SchemaOptions.PropertyOrder.ANY,
                "properties come in the order of the schema, since xgrammar drops required properties and allows doubled ones in any other");
        notes.addIf(
                schemas.whiteSpace() != SchemaOptions.WhiteSpace.FLEXIBLE,
                "white space in JSON is as the runtime is set up, not " + schemas.whiteSpace());
        notes.addIf(schemas.spaceAround(), "no white space may stand before or after a value");
        notes.addIf(options.maxAnalysisTokens().isPresent(), "the length of thoughts is not limited");
        notes.add("xgrammar allows control tokens and halves of surrogate pairs within JSON strings");
    }

    private JsonValue turn(TurnForm form) {
        if (form.begun().isEmpty()) {
            return whole(form);
        }
        Map<TurnForm.Kind, List<JsonValue>> begun = new EnumMap<>(TurnForm.Kind.class);
        for (TurnForm.Message message : form.begun()) {
            begun.computeIfAbsent(message.kind(), kind -> new ArrayList<>()).add(message(message));
        }
        List<JsonValue> ways = new ArrayList<>();
        begun.forEach((kind, messages) -> ways.add(withRest(choice(messages), kind, form)));
        return choice(ways);
    }

    /** Returns a message that has begun, and what comes after it. */
    private JsonValue withRest(JsonValue begun, TurnForm.Kind kind, TurnForm form) {
        return switch (kind) {
            case ANALYSIS, PREAMBLE -> sequence(List.of(begun, sequence(parts(TurnForm.NEXT)), whole(form)));
            case CALL -> withMoreCalls(begun, form);
            case ANSWER -> begun;
        };
    }

    private JsonValue whole(TurnForm form) {
        JsonValue before = thoughts(form);
        List<JsonValue> last = new ArrayList<>();
        if (!form.calls().isEmpty()) {
            last.add(withMoreCalls(calls(form), form));
        }
        TurnForm.Message answer = form.answer();
        if (answer != null) {
            last.add(message(answer));
        }
        return sequence(List.of(before, choice(last)));
    }

    private JsonValue thoughts(TurnForm form) {
        return star(sequence(
                List.of(choice(form.thoughts().stream().map(this::message).toList()), sequence(parts(TurnForm.NEXT)))));
    }

    private JsonValue calls(TurnForm form) {
        return choice(form.calls().stream().map(this::message).toList());
    }

    /** Returns a call, after which others may follow if they may be parallel. */
    private JsonValue withMoreCalls(JsonValue call, TurnForm form) {
        if (!form.parallel()) {
            return call;
        }
        JsonValue next = sequence(List.of(sequence(parts(TurnForm.NEXT)), thoughts(form), calls(form)));
        return sequence(List.of(call, star(next)));
    }

    private JsonValue message(TurnForm.Message message) {
        List<JsonValue> elements = new ArrayList<>();
        for (List<List<TurnForm.Part>> piece : message.opening()) {
            List<JsonValue> ways = piece.stream()
                    .filter(way -> !way.isEmpty())
                    .map(way -> sequence(parts(way)))
                    .toList();
            if (!ways.isEmpty()) {
                elements.add(ways.size() < piece.size() ? optional(choice(ways)) : choice(ways));
            }
        }
        elements.add(content(message.content()));
        elements.add(
                choice(message.ends().stream().map(StructuralTagExport::token).toList()));
        return sequence(elements);
    }

    private JsonValue content(TurnForm.Content content) {
        JsonSchema schema = content.schema();
        if (schema == null) {
            return object("any_tokens").put("exclude_tokens", CONTROL_TOKENS).build();
        }
        JsonValue json = json(schema, content.owner());
        return content.optional() ? optional(json) : json;
    }

    private JsonValue json(JsonSchema schema, String owner) {
        notes.addKeywords(schema, owner, KEYWORDS, FORMATS, IGNORED);
        return object("json_schema")
                .put("json_schema", schema.value())
                .put("any_order", false)
                .build();
    }

    private static JsonValue choice(List<JsonValue> alternatives) {
        return several("or", alternatives);
    }

    private static JsonValue sequence(List<JsonValue> elements) {
        return several("sequence", elements);
    }

    private static JsonValue several(String type, List<JsonValue> elements) {
        return elements.size() == 1
                ? elements.get(0)
                : object(type).put("elements", JsonArray.of(elements)).build();
    }

    private static JsonValue star(JsonValue content) {
        return object("star").put("content", content).build();
    }

    private static JsonValue optional(JsonValue content) {
        return object("optional").put("content", content).build();
    }

    private static List<JsonValue> parts(List<TurnForm.Part> parts) {
        return parts.stream()
                .map(part -> part instanceof TurnForm.Token token
                        ? token(token.token())
                        : object("const_string")
                                .put("value", ((TurnForm.Text) part).text())
                                .build())
                .toList();
    }

    private static JsonValue token(SpecialToken token) {
        return object("token").put("token", token.id()).build();
    }

    private static JsonObject.Builder object(String type) {
        return JsonObject.builder().put("type", type);
    }
}
