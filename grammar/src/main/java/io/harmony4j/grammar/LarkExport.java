package io.harmony4j.grammar;

import io.harmony4j.SpecialToken;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonSchema;
import io.harmony4j.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes a grammar in the Lark dialect of llguidance. Control tokens are symbols there as they are here, and schemas are read by llguidance itself.
 *
 * @see <a href="https://github.com/guidance-ai/llguidance/blob/main/docs/syntax.md">llguidance: syntax</a>
 * @see <a href="https://github.com/guidance-ai/llguidance/blob/main/docs/json_schema.md">llguidance: JSON Schema</a>
 */
final class LarkExport {
    private static final String REFUSED = "is refused";
    private static final String REFUSED_AT_TIMES = "is refused unless llguidance can show that it is simple";

    /** What llguidance does not take. */
    private static final Map<String, String> KEYWORDS = Map.ofEntries(
            Map.entry("not", REFUSED),
            Map.entry("if", REFUSED),
            Map.entry("then", REFUSED),
            Map.entry("else", REFUSED),
            Map.entry("uniqueItems", REFUSED),
            Map.entry("propertyNames", REFUSED),
            Map.entry("dependencies", REFUSED),
            Map.entry("dependentRequired", REFUSED),
            Map.entry("dependentSchemas", REFUSED),
            Map.entry("unevaluatedItems", REFUSED),
            Map.entry("unevaluatedProperties", REFUSED),
            Map.entry("contains", REFUSED),
            Map.entry("oneOf", REFUSED_AT_TIMES),
            Map.entry("minProperties", REFUSED_AT_TIMES),
            Map.entry("maxProperties", REFUSED_AT_TIMES),
            Map.entry("patternProperties", REFUSED_AT_TIMES));

    private static final Set<String> FORMATS =
            Set.of("date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid", "uri");

    private final GrammarOptions options;
    private final ExportNotes notes = new ExportNotes();
    private final Map<String, String> rules = new LinkedHashMap<>();

    private LarkExport(GrammarOptions options) {
        this.options = options;
    }

    /**
     * @param isValue whether the grammar is of the answer's JSON alone
     */
    static GrammarExport of(GrammarOptions options, boolean isValue) {
        LarkExport export = new LarkExport(options);
        export.noteOptions();
        if (isValue) {
            export.rules.put("start", export.json(options.answer().orElse(HarmonyGrammar.ANY_OBJECT), "the answer"));
        } else {
            export.turn(TurnForm.of(options));
        }
        StringBuilder text = new StringBuilder("%llguidance {}\n");
        export.rules.forEach(
                (name, body) -> text.append(name).append(": ").append(body).append('\n'));
        return new GrammarExport(text.toString(), export.notes.sentences(), List.of(SpecialToken.END_OF_TEXT.id()));
    }

    private void noteOptions() {
        SchemaOptions schemas = options.schemas();
        notes.addIf(
                schemas.propertyOrder() == SchemaOptions.PropertyOrder.ANY,
                "properties come in the order of the schema, since llguidance knows no other");
        notes.addIf(schemas.spaceAround(), "no white space may stand before or after a value");
        notes.addIf(
                !schemas.lenient().isEmpty(),
                "llguidance leaves everything unchecked that it cannot enforce, not only " + schemas.lenient());
        notes.add("escapes as in \\u00e9 are refused for characters that need none");
    }

    private void turn(TurnForm form) {
        rules.put("start", "");
        List<String> thoughts = names(form.thoughts());
        List<String> calls = names(form.calls());
        String before = "(" + choice(thoughts) + " next)*";
        List<String> last = new ArrayList<>();
        if (!calls.isEmpty()) {
            last.add(form.parallel() ? choice(calls) + " (next " + before + " " + choice(calls) + ")*" : choice(calls));
        }
        TurnForm.Message answer = form.answer();
        if (answer != null) {
            last.addAll(names(List.of(answer)));
        }
        rules.put("start", before + " " + choice(last));
        rules.put("next", parts(TurnForm.NEXT));
    }

    /** Writes a rule for each message, and returns their names. */
    private List<String> names(List<TurnForm.Message> messages) {
        List<String> names = new ArrayList<>();
        for (TurnForm.Message message : messages) {
            String kind = message.kind().name().toLowerCase(Locale.ROOT);
            String name = message.kind() == TurnForm.Kind.CALL ? kind + "_" + names.size() : kind;
            rules.put(name, message(message, name));
            names.add(name);
        }
        return names;
    }

    private String message(TurnForm.Message message, String name) {
        List<String> symbols = new ArrayList<>();
        symbols.add(choice(message.headers().stream().map(LarkExport::parts).toList()));
        if (message.types().size() > 1) {
            rules.put(
                    "json_type",
                    message.types().stream()
                            .map(LarkExport::parts)
                            .collect(Collectors.joining(" | "))
                            .strip());
            symbols.add("json_type");
        } else if (!message.types().get(0).isEmpty()) {
            symbols.add(parts(message.types().get(0)));
        }
        symbols.add(SpecialToken.MESSAGE.literal());
        symbols.add(content(message, name));
        symbols.add(choice(message.ends().stream().map(SpecialToken::literal).toList()));
        return String.join(" ", symbols);
    }

    private String content(TurnForm.Message message, String name) {
        JsonSchema schema = message.content().schema();
        if (schema == null && options.maxAnalysisTokens().isPresent() && message.kind() == TurnForm.Kind.ANALYSIS) {
            String limited =
                    "limited_text[max_tokens=" + options.maxAnalysisTokens().getAsInt() + "]";
            rules.put(limited, "/(.|\\n)*/");
            return "limited_text";
        } else if (schema == null) {
            rules.put("text", "/(.|\\n)*/");
            return "text";
        }
        String json = "json_" + name;
        rules.put(json, json(schema, message.content().owner()));
        return message.content().optional() ? json + "?" : json;
    }

    private String json(JsonSchema schema, String owner) {
        if (options.schemas().lenient().isEmpty()) {
            notes.addKeywords(schema, owner, KEYWORDS, FORMATS, REFUSED);
        }
        JsonObject.Builder all = JsonObject.builder().put("x-guidance", guidance());
        schema.value().members().forEach(all::put);
        return "%json " + all.build();
    }

    /** Returns how llguidance is to read a schema. */
    private JsonObject guidance() {
        JsonObject.Builder guidance = JsonObject.builder();
        switch (options.schemas().whiteSpace()) {
            case COMPACT -> guidance.put("whitespace_flexible", false);
            case SPACED ->
                guidance.put("whitespace_flexible", false)
                        .put("item_separator", ", ")
                        .put("key_separator", ": ");
            case FLEXIBLE -> guidance.put("whitespace_pattern", "[ \\t\\n\\r]{1,20}");
        }
        if (options.schemas().coerceOneOf()) {
            guidance.put("coerce_one_of", true);
        }
        if (!options.schemas().lenient().isEmpty()) {
            guidance.put("lenient", true);
        }
        return guidance.build();
    }

    private static String choice(List<String> alternatives) {
        return alternatives.size() == 1 ? alternatives.get(0) : "(" + String.join(" | ", alternatives) + ")";
    }

    private static String parts(List<TurnForm.Part> parts) {
        return parts.stream()
                .map(part -> part instanceof TurnForm.Token token
                        ? token.token().literal()
                        : JsonValue.of(((TurnForm.Text) part).text()).toString())
                .collect(Collectors.joining(" "));
    }
}
