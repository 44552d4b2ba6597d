package io.harmony4j.grammar;

import io.harmony4j.SpecialToken;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonSchema;
import io.harmony4j.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a grammar in the Lark dialect of llguidance. Control tokens are symbols there as they are here, and schemas are read by llguidance itself.
 *
 * @see <a href="https://github.com/guidance-ai/llguidance/blob/main/docs/syntax.md">llguidance: syntax</a>
 * @see <a href="https://github.com/guidance-ai/llguidance/blob/main/docs/json_schema.md">llguidance: JSON Schema</a>
 */
final class LarkExport implements TurnWriter.Notation {
    private static final String ANY_TEXT = "/(.|\\n)*/";

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
     * @param form the turn; null if the grammar is of the answer's JSON alone
     */
    static GrammarExport of(GrammarOptions options, @Nullable TurnForm form) {
        LarkExport export = new LarkExport(options);
        export.noteOptions();
        if (form == null) {
            export.rules.put("start", export.json(options.answer().orElse(HarmonyGrammar.ANY_OBJECT), "the answer"));
        } else {
            export.rules.put("start", ""); // first
            export.rules.put("start", new TurnWriter(export, export.rules).turn(form, form.parallel()));
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
                options.maxAnalysisTokens().isPresent(),
                "each thought has the most tokens of all together, and there may be any number of them");
        notes.addIf(
                !schemas.lenient().isEmpty(),
                "llguidance leaves everything unchecked that it cannot enforce, not only " + schemas.lenient());
        notes.add("escapes as in \\u00e9 are refused for characters that need none");
    }

    @Override
    public String token(SpecialToken token) {
        return token.literal();
    }

    @Override
    public String text(String text) {
        return JsonValue.of(text).toString();
    }

    @Override
    public String end(TurnForm.Message message) {
        return TurnWriter.choice(message.ends().stream().map(this::token).toList());
    }

    @Override
    public String name(String first, String second) {
        return first + "_" + second;
    }

    @Override
    public String content(TurnForm.Message message, String name) {
        JsonSchema schema = message.content().schema();
        if (schema == null) {
            return text(message.isThought() ? options.maxAnalysisTokens() : OptionalInt.empty());
        }
        String json = name("json", name);
        rules.put(json, json(schema, message.content().owner()));
        return message.content().optional() ? json + "?" : json;
    }

    private String text(OptionalInt limit) {
        if (limit.isEmpty()) {
            rules.put("text", ANY_TEXT);
            return "text";
        } else if (limit.getAsInt() == 0) {
            return "";
        }
        rules.put("limited_text[max_tokens=" + limit.getAsInt() + "]", ANY_TEXT);
        return "limited_text";
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
}
