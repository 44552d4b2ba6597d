package io.harmony4j.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.SpecialToken;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonValue;
import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Exports are as they were, and say what the grammar says. What they were is in src/test/resources/exports, a file for each turn; after a wanted change, write
 * these anew with {@code -Dgrammar.exports.write=true}, and read the difference.
 */
class GrammarExportTest {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();
    private static final Path EXPORTS = Path.of("src/test/resources/exports");

    private static final String CONTROL_TOKENS = JsonArray.ofIntegers(
                    IntStream.rangeClosed(199_998, 201_087).toArray())
            .toString();

    private static final String ANALYSIS = "<|channel|>analysis<|message|>Let me think.\n<|end|><|start|>assistant";
    private static final String PREAMBLE = "<|channel|>commentary<|message|>I look it up.<|end|><|start|>assistant";
    private static final String OSLO = "<|channel|>commentary to=functions.get_weather";

    static List<String> names() {
        return List.copyOf(ExportCases.all().keySet());
    }

    private static HarmonyGrammar grammar(String name) {
        return HarmonyGrammar.of(ExportCases.named(name));
    }

    @ParameterizedTest
    @MethodSource("names")
    void exportsAreAsTheyWere(String name) throws IOException {
        Path file = EXPORTS.resolve(name + ".txt");
        String now = exports(grammar(name));
        if (Boolean.getBoolean("grammar.exports.write")) {
            Files.createDirectories(EXPORTS);
            Files.writeString(file, now);
        }
        assertThat(now).isEqualTo(Files.readString(file));
    }

    private static String exports(HarmonyGrammar grammar) {
        StringBuilder all = new StringBuilder();
        for (ExportFormat format : ExportFormat.values()) {
            all.append("# ").append(format).append('\n');
            try {
                GrammarExport export = grammar.export(format);
                String text = export.text().replace(CONTROL_TOKENS, "\"all control tokens\"");
                all.append(text).append(text.endsWith("\n") ? "" : "\n");
                export.notes()
                        .forEach(note -> all.append("# note: ").append(note).append('\n'));
                all.append("# stop: ").append(export.stopTokens()).append('\n');
            } catch (IllegalArgumentException e) {
                all.append("# refused: ").append(e.getMessage()).append('\n');
            }
            all.append('\n');
        }
        return all.toString();
    }

    /** Texts with the letters {@code <|}, and calls after calls, are told in the notes: none are among these. */
    private static List<String> turns() {
        List<String> turns = new ArrayList<>();
        List<String> before =
                List.of("", ANALYSIS, PREAMBLE, ANALYSIS + PREAMBLE + ANALYSIS, PREAMBLE + "<|start|>assistant");
        List<String> json = List.of(
                "{\"city\":\"Oslo\"}",
                "{ \"city\": \"a < b, <b>日本 \\u00e9 \\\" <<\",\n  \"unit\": \"celsius\" }",
                "{\"city\":\"Oslo\",\"unit\":\"kelvin\"}",
                "{\"unit\":\"celsius\"}",
                "{\"city\":\"Oslo\",\"other\":1}",
                "{\"city\":\"Os\u0001lo\"}",
                "{\"city\":\"\\ud800\"}",
                "{}",
                "");
        List<String> types = List.of("", " json", "<|constrain|>json", " <|constrain|>json", " code", "json");
        for (String thoughts : before) {
            turns.add(thoughts + "<|channel|>final<|message|>It rains < & 日本 >.\n<|return|>");
            turns.add(thoughts + "<|channel|>final<|message|><|return|>");
            turns.add(thoughts + "<|channel|>analysis<|message|>Never an answer.<|return|>");
            for (String type : types) {
                for (String text : json) {
                    turns.add(thoughts + OSLO + type + "<|message|>" + text + "<|call|>");
                }
                turns.add(thoughts + " to=functions.get_weather<|channel|>commentary" + type + "<|message|>"
                        + json.get(0) + "<|call|>");
                turns.add(thoughts + "<|channel|>analysis to=functions.get_weather" + type + "<|message|>" + json.get(0)
                        + "<|call|>");
                turns.add(thoughts + "<|channel|>analysis to=python" + type + "<|message|>print(1 < 2)\n<|call|>");
                turns.add(thoughts + "<|channel|>analysis to=browser.search" + type
                        + "<|message|>{\"query\":\"x\",\"topn\":2.5e1}<|call|>");
                turns.add(thoughts + "<|channel|>final" + type
                        + "<|message|>{\"name\":\"Po\",\"length\":652.5,\"mouths\":[\"Delta\"]}<|return|>");
                turns.add(
                        thoughts + "<|channel|>final" + type + "<|message|>{\"name\":\"Po\",\"length\":-1}<|return|>");
            }
        }
        turns.add("<|channel|>commentary to=functions.save_tree<|message|>{\"root\":{\"name\":\"a\",\"children\":"
                + "[{\"name\":\"b\",\"children\":[]},{\"name\":\"c<d\"}]}}<|call|>");
        turns.add(
                "<|channel|>commentary to=functions.save_tree<|message|>{\"root\":{\"name\":\"0123456789<bc\"}}<|call|>");
        for (String answer : List.of(
                "{\"name\": \"Po\", \"length\": 652.5}",
                "{\"id\":1,\"a\":true}",
                "{\"at\":\"2024-02-29T12:00:00Z\",\"id\":\"0b2cc421-1111-4222-8333-444455556666\",\"tags\":[\"b\"]}",
                "{\"text\":\"a\",\"price\":0.15}",
                "{\"text\":\"a\",\"price\":0.16}",
                "{\"text\":\"a\",\"code\":\"y\"}",
                "{\"text\":\"a\",\"code\":\"x\"}",
                "{\"text\":\"a\"}",
                "[1, \"a\", {\"b\": null}]")) {
            turns.add("<|channel|>final<|message|>" + answer + "<|return|>");
        }
        turns.add("<|channel|>commentary to=functions.now<|message|><|call|>");
        turns.add("<|channel|>commentary to=functions.now<|message|>{\"a\":[1,null,{\"b\":true}]}<|call|>");
        turns.add(
                "<|channel|>commentary to=functions.log_event<|message|>{\"a\":[1,null,{\"b\":\"\\ud83d\\ude00\"}]}<|call|>");
        turns.add("<|channel|>commentary to=functions.log_event<|message|>[]<|call|>");
        turns.add("<|channel|>commentary to=functions.book_ferry json<|message|>{\"from\":\"OSL\",\"to\":\"KEL\","
                + "\"date\":\"2024-02-29\",\"cars\":12,\"cabin\":null}<|call|>");
        turns.add("<|channel|>commentary to=functions.book_ferry json<|message|>{\"from\":\"OSL\",\"to\":\"KEL\","
                + "\"date\":\"2023-02-29\",\"cars\":1,\"cabin\":null}<|call|>");
        return turns;
    }

    @ParameterizedTest
    @MethodSource("names")
    void gbnfAllowsWhatTheGrammarAllows(String name) {
        HarmonyGrammar grammar = grammar(name);
        GbnfRecogniser gbnf =
                new GbnfRecogniser(grammar.export(ExportFormat.GBNF).text());
        int allowed = 0;
        for (String turn : turns()) {
            boolean expected = grammar.check(turn).isComplete();
            String withoutStop = turn.replaceFirst("<\\|(return|call)\\|>$", "");
            assertThat(gbnf.accepts(withoutStop)).as(turn).isEqualTo(expected);
            allowed += expected ? 1 : 0;
        }
        assertThat(allowed).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text",
                "answer-river",
                "weather",
                "weather-any-end",
                "two-required-parallel",
                "tree",
                "loose",
                "built-in-parallel-river"
            })
    void whatIsLeftAfterABeginningIsWhatTheGrammarAllows(String name) {
        HarmonyGrammar grammar = grammar(name);
        List<String> all = turns();
        List<String> allowed =
                all.stream().filter(turn -> grammar.check(turn).isComplete()).toList();
        Random random = new Random(1);
        for (int tried = 0; tried < 20; ) {
            List<String> turns = random.nextBoolean() ? allowed : all;
            int[] tokens = TOKENIZER.encode(turns.get(random.nextInt(turns.size())), AllowedSpecial.ALL);
            int cut = random.nextInt(tokens.length);
            GrammarMatcher matcher = grammar.newMatcher();
            if (!acceptsAll(matcher, Arrays.copyOf(tokens, cut))) {
                continue;
            }
            if (isContentBegun(tokens, cut)) {
                assertThatThrownBy(() -> matcher.export(ExportFormat.GBNF))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("tokens of content");
                continue;
            }
            tried++;
            boolean expected = grammar.check(tokens).isComplete();
            int[] rest = Arrays.copyOfRange(tokens, cut, tokens.length - 1); // without the stop token
            GbnfRecogniser gbnf =
                    new GbnfRecogniser(matcher.export(ExportFormat.GBNF).text());
            assertThat(gbnf.accepts(rest))
                    .as(TOKENIZER.decode(Arrays.copyOf(tokens, cut)) + " // " + TOKENIZER.decode(rest))
                    .isEqualTo(expected);
            checkTag(Json.parse(matcher.export(ExportFormat.STRUCTURAL_TAG).text())
                    .get("format"));
            checkLark(matcher.export(ExportFormat.LARK).text());
        }
    }

    private static boolean acceptsAll(GrammarMatcher matcher, int[] tokens) {
        for (int token : tokens) {
            if (!matcher.allows(token)) {
                return false;
            }
            matcher.accept(token);
        }
        return true;
    }

    private static boolean isContentBegun(int[] tokens, int end) {
        int last = end - 1;
        while (last >= 0 && !TOKENIZER.isSpecial(tokens[last])) {
            last--;
        }
        return last >= 0 && last < end - 1 && tokens[last] == SpecialToken.MESSAGE.id();
    }

    @Test
    void whatIsLeftOfACallIsItsArguments() {
        HarmonyGrammar grammar = grammar("two-required-parallel");
        GrammarMatcher matcher = grammar.newMatcher();
        String header = "<|channel|>commentary to=functions.book_ferry <|constrain|>json<|message|>";
        assertThat(acceptsAll(matcher, TOKENIZER.encode(header, AllowedSpecial.ALL)))
                .isTrue();
        assertThat(matcher.export(ExportFormat.GBNF).text()).startsWith("root ::= begun-call-0\n");
        assertThat(matcher.export(ExportFormat.LARK).text())
                .startsWith("%llguidance {}\nstart: begun_call_0 (next (")
                .contains("begun_call_0: json_begun_call_0 <|call|>\n");
        assertThatThrownBy(() -> matcher.export(ExportFormat.REGEX)).hasMessageContaining("but found regex");
        String arguments =
                "{\"from\":\"OSL\",\"to\":\"KEL\",\"date\":\"2024-02-29\",\"cars\":12,\"cabin\":null}<|call|>";
        assertThat(acceptsAll(matcher, TOKENIZER.encode(arguments, AllowedSpecial.ALL)))
                .isTrue();
        assertThatThrownBy(() -> matcher.export(ExportFormat.GBNF)).hasMessageContaining("complete");
    }

    @Test
    void noAnswerIsLeftAfterACall() {
        GrammarMatcher matcher = grammar("built-in-parallel-river").newMatcher();
        String call =
                "<|channel|>analysis to=python code<|message|>1<|call|><|start|>assistant<|channel|>analysis<|message|>";
        assertThat(acceptsAll(matcher, TOKENIZER.encode(call, AllowedSpecial.ALL)))
                .isTrue();
        assertThat(matcher.export(ExportFormat.GBNF).text())
                .contains("begun-analysis")
                .doesNotContain("answer");
    }

    @Test
    void whatIsLeftOfAValueCannotBeSaid() {
        GrammarMatcher matcher =
                HarmonyGrammar.ofValue(ExportCases.RIVER, SchemaOptions.DEFAULT).newMatcher();
        assertThat(matcher.export(ExportFormat.GBNF).text()).startsWith("root ::= ");
        matcher.accept(TOKENIZER.encode("{")[0]);
        assertThatThrownBy(() -> matcher.export(ExportFormat.GBNF)).hasMessageContaining("but found a value");
    }

    /** llama.cpp matches the name of a control token by characters. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<|channel|>final<|message|>a<|end|>",
                "<|channel|>final<|message|>a<|start|>assistant",
                "<|channel|>analysis<|message|>a<<|end|><|start|>assistant<|channel|>final<|message|>b<|channel|>",
                "<|channel|>commentary to=functions.get_weather<|message|>{\"city\":\"a<|message|>b\"}",
                "<|channel|>commentary to=functions.get_weather<|message|>{\"city\":\"<<<|reserved_200013|>\"}"
            })
    void gbnfKeepsControlTokensOutOfTexts(String turn) {
        String gbnf = grammar("weather").export(ExportFormat.GBNF).text();
        assertThat(new GbnfRecogniser(gbnf).accepts(turn)).isFalse();
    }

    @Test
    void gbnfKeepsControlTokensOutOfConstants() {
        HarmonyGrammar grammar = HarmonyGrammar.ofValue(
                Json.parse("{\"enum\": [\"<|end|>\", \"<|\", \"a<b\", \"<<\"]}"), SchemaOptions.DEFAULT);
        GbnfRecogniser gbnf =
                new GbnfRecogniser(grammar.export(ExportFormat.GBNF).text());
        assertThat(gbnf.accepts("\"a<b\"")).isTrue();
        assertThat(gbnf.accepts("\"<<\"")).isTrue();
        assertThat(gbnf.accepts("\"<|end|>\"")).isFalse();
        assertThat(gbnf.accepts("\"<")).isFalse();
        JsonValue only = Json.parse("{\"enum\": [\"<|end|>\"]}");
        assertThatThrownBy(() ->
                        HarmonyGrammar.ofValue(only, SchemaOptions.DEFAULT).export(ExportFormat.GBNF))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without \"<|\"");
    }

    @Test
    void gbnfHasNoStopTokens() {
        for (String name : names()) {
            String gbnf = grammar(name).export(ExportFormat.GBNF).text();
            assertThat(gbnf).as(name).doesNotContain("<[200002]>").doesNotContain("<[200012]>");
        }
    }

    @Test
    void gbnfCountsAsFarAsRulesGo() {
        JsonValue schema = Json.parse("{\"type\": \"string\", \"minLength\": 2, \"maxLength\": 900}");
        HarmonyGrammar grammar = HarmonyGrammar.ofValue(schema, SchemaOptions.DEFAULT);
        GbnfRecogniser gbnf =
                new GbnfRecogniser(grammar.export(ExportFormat.GBNF).text());
        assertThat(gbnf.accepts("\"x\"")).isFalse();
        assertThat(gbnf.accepts("\"" + "<\\n日".repeat(300) + "\"")).isTrue();
        assertThat(gbnf.accepts("\"" + "<\\n日".repeat(300) + "x\"")).isFalse();
        assertThat(grammar.export(ExportFormat.GBNF).notes()).isEmpty();

        JsonValue longer = Json.parse("{\"type\": \"string\", \"minLength\": 2, \"maxLength\": 9000}");
        GrammarExport export =
                HarmonyGrammar.ofValue(longer, SchemaOptions.DEFAULT).export(ExportFormat.GBNF);
        assertThat(export.notes()).singleElement().asString().contains("counts over 128 are not enforced");
        assertThat(new GbnfRecogniser(export.text()).accepts("\"x\"")).isFalse();
        assertThat(new GbnfRecogniser(export.text()).accepts("\"" + "x".repeat(20_000) + "\""))
                .isTrue();
    }

    @Test
    void gbnfHasHostNamesOfAnyLength() {
        JsonValue schema = Json.parse("{\"type\": \"string\", \"format\": \"hostname\"}");
        GrammarExport export =
                HarmonyGrammar.ofValue(schema, SchemaOptions.DEFAULT).export(ExportFormat.GBNF);
        assertThat(export.notes()).singleElement().asString().contains("counts over 128 are not enforced");
        GbnfRecogniser gbnf = new GbnfRecogniser(export.text());
        assertThat(gbnf.accepts("\"example.org\"")).isTrue();
        assertThat(gbnf.accepts("\"-example.org\"")).isFalse();
        assertThat(gbnf.accepts("\"" + "a".repeat(64) + ".org\"")).isFalse();
    }

    @Test
    void gbnfFallsBackToTheKindOfText() {
        JsonValue schema = Json.parse("{\"type\": [\"integer\", \"null\"], \"multipleOf\": 9973}");
        GrammarExport export =
                HarmonyGrammar.ofValue(schema, SchemaOptions.DEFAULT).export(ExportFormat.GBNF);
        assertThat(export.notes()).singleElement().asString().contains("only the kind is enforced");
        GbnfRecogniser gbnf = new GbnfRecogniser(export.text());
        assertThat(gbnf.accepts("12")).isTrue();
        assertThat(gbnf.accepts("null")).isTrue();
        assertThat(gbnf.accepts("true")).isFalse();
        assertThat(gbnf.accepts("\"a\"")).isFalse();
    }

    private static final Map<String, List<String>> VALUES = Map.of(
            "answer-river-compact",
            List.of(
                    "{\"name\":\"Po\",\"length\":652.5}",
                    "{\"name\":\"日本 \\u00e9\\\"\",\"length\":1e3}",
                    "{\"name\":\"日本\",\"length\":1,\"mouths\":[\"a\",\"b\",\"c\"]}",
                    "{\"name\":\"Po\",\"length\":1,\"mouths\":[]}",
                    "{\"name\":\"Po\",\"length\":1,\"mouths\":[\"a\",\"b\",\"c\",\"d\"]}",
                    "{\"name\":\"\",\"length\":1}",
                    "{\"name\":\"Po\",\"length\":0}",
                    "{\"length\":1,\"name\":\"Po\"}",
                    "{\"name\":\"Po\"}"),
            "answer-river-spaced",
            List.of("{\"name\": \"Po\", \"length\": 652.5}", "{\"name\":\"Po\",\"length\":652.5}"),
            "answer-river",
            List.of("{ \"name\" : \"Po\" ,\n\"length\":652.5\t}", " {\"name\":\"Po\",\"length\":652.5}"),
            "answer-river-space-around",
            List.of(" {\"name\":\"Po\",\"length\":652.5}\n", "x{\"name\":\"Po\",\"length\":652.5}"),
            "answer-open",
            List.of(
                    "{}",
                    "{\"id\":1}",
                    "{\"id\":1,\"a\":true,\"b\":false}",
                    "{\"a\":true}",
                    "{\"a\":1}",
                    "{\"id\":true}",
                    "{\"i\":true,\"idd\":false}",
                    "{,\"a\":true}"),
            "answer-moments",
            List.of(
                    "{\"at\":\"2024-02-29T23:59:59.5+01:00\",\"id\":\"0b2cc421-1111-4222-8333-444455556666\"}",
                    "{\"at\":\"2023-02-29T23:59:59Z\",\"id\":\"0b2cc421-1111-4222-8333-444455556666\"}"));

    static List<String> namesOfValues() {
        return List.copyOf(VALUES.keySet());
    }

    @ParameterizedTest
    @MethodSource("namesOfValues")
    void regexMatchesWhatTheGrammarAllows(String name) {
        GrammarOptions options = ExportCases.named(name);
        HarmonyGrammar grammar =
                HarmonyGrammar.ofValue(options.answer().orElseThrow().value(), options.schemas());
        Pattern pattern = Pattern.compile(grammar.export(ExportFormat.REGEX).text());
        GbnfRecogniser gbnf =
                new GbnfRecogniser(grammar.export(ExportFormat.GBNF).text());
        List<String> values = VALUES.getOrDefault(name, List.of());
        for (String value : values) {
            boolean expected = grammar.check(value).isComplete();
            assertThat(pattern.matcher(value).matches()).as(value).isEqualTo(expected);
            assertThat(gbnf.accepts(value)).as(value).isEqualTo(expected);
        }
        assertThat(pattern.matcher(values.get(0)).matches()).isTrue();
    }

    @Test
    void regexRefusesWhatItCannotSay() {
        assertRefused(grammar("text"), "expected an answer with a schema");
        assertRefused(grammar("weather-river"), "expected no tools");
        assertRefused(grammar("answer-object"), "values do not contain themselves");
        JsonValue large = Json.parse("{\"type\": \"integer\", \"multipleOf\": 997}");
        assertRefused(HarmonyGrammar.ofValue(large, SchemaOptions.DEFAULT), "a larger one");
        assertRefused(grammar("answer-hard"), "properties are not counted");
    }

    private static void assertRefused(HarmonyGrammar grammar, String reason) {
        assertThatThrownBy(() -> grammar.export(ExportFormat.REGEX))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @MethodSource("names")
    void structuralTagsHaveKnownPartsOnly(String name) {
        GrammarExport export = grammar(name).export(ExportFormat.STRUCTURAL_TAG);
        JsonValue tag = Json.parse(export.text());
        assertThat(tag.get("type").text()).isEqualTo("structural_tag");
        checkTag(tag.get("format"));
        assertThat(export.stopTokens()).containsExactly(SpecialToken.END_OF_TEXT.id());
    }

    private static void checkTag(JsonValue format) {
        switch (format.get("type").text()) {
            case "sequence", "or" -> {
                assertThat(format.get("elements").elements()).hasSizeGreaterThan(1);
                format.get("elements").elements().forEach(GrammarExportTest::checkTag);
            }
            case "star", "optional" -> checkTag(format.get("content"));
            case "token" ->
                assertThat(SpecialToken.find(format.get("token").intValue())).isPresent();
            case "any_tokens" ->
                assertThat(format.get("exclude_tokens").toString()).isEqualTo(CONTROL_TOKENS);
            case "const_string" ->
                assertThat(format.get("value").text()).doesNotContain("<|").isNotEmpty();
            case "json_schema" -> assertThat(format.members()).containsKey("json_schema");
            default -> throw new AssertionError(format);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void larkRulesAreAllThere(String name) {
        checkLark(grammar(name).export(ExportFormat.LARK).text());
    }

    private static void checkLark(String lark) {
        assertThat(lark).startsWith("%llguidance {}\nstart: ");
        List<String> defined = new ArrayList<>();
        List<String> used = new ArrayList<>(List.of("start"));
        for (String line : lark.lines().skip(1).toList()) {
            Matcher rule =
                    Pattern.compile("([a-z_0-9]+)(\\[max_tokens=\\d+])?: (.*)").matcher(line);
            assertThat(rule.matches()).as(line).isTrue();
            defined.add(rule.group(1));
            String body = rule.group(3);
            if (body.startsWith("%json ")) {
                assertThat(Json.parse(body.substring(6)).members()).containsKey("x-guidance");
                continue;
            }
            String names = body.replaceAll("\"[^\"]*\"|<\\|\\w+\\|>|/[^/]*/", " ");
            assertThat(names).as(line).matches("[a-z_0-9()|*? ]*");
            Pattern.compile("[a-z_][a-z_0-9]*").matcher(names).results().forEach(match -> used.add(match.group()));
        }
        assertThat(defined).doesNotHaveDuplicates().hasSameElementsAs(used);
    }

    @Test
    void notesTellWhatOthersDoNotEnforce() {
        HarmonyGrammar grammar = grammar("answer-moments");
        assertThat(grammar.export(ExportFormat.LARK).notes())
                .contains("\"uniqueItems\" at /properties/tags/uniqueItems in the schema of the answer is refused");
        assertThat(grammar.export(ExportFormat.STRUCTURAL_TAG).notes())
                .contains("\"uniqueItems\" at /properties/tags/uniqueItems in the schema of the answer is ignored");
        assertThat(grammar.export(ExportFormat.GBNF).notes()).contains(ExportNotes.EQUAL_ITEMS);
    }
}
