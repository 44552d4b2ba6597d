package io.harmony4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.harmony4j.conformance.TestVector.Level;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The suite is what its schema and its README say. */
class SuiteTest {
    private static final Path VECTORS = Path.of("src/main/resources/vectors");

    @TestFactory
    Stream<DynamicTest> everyFileIsValid() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(VECTORS.resolve("vector-file.schema.json")), InputFormat.JSON);
        return Suite.files().stream()
                .map(file -> DynamicTest.dynamicTest(
                        file,
                        () -> assertThat(schema.validate(Files.readString(VECTORS.resolve(file)), InputFormat.JSON))
                                .isEmpty()));
    }

    @Test
    void schemaRefusesAWrongFile() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(VECTORS.resolve("vector-file.schema.json")), InputFormat.JSON);
        String right = Files.readString(VECTORS.resolve("roundtrip/conversations.json"));
        assertThat(schema.validate(right.replace("\"level\"", "\"levle\""), InputFormat.JSON))
                .isNotEmpty();
        assertThat(schema.validate(right.replace("MUST", "SHALL"), InputFormat.JSON))
                .isNotEmpty();
    }

    /** What the protocol has for every request to parse may be in a vector. */
    @Test
    void schemaKnowsTheFieldsOfParse() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(VECTORS.resolve("vector-file.schema.json")), InputFormat.JSON);
        for (String command : List.of("parse", "stream")) {
            String file = """
                    {"format":1,"category":"chat","topic":"ends","vectors":[
                    {"id":"a","description":"b","level":"MUST","source":"c",
                     "given":{"cmd":"COMMAND","tokens":[1],"role":"assistant","mode":"recover","end":"length","prefill":"<|channel|>"},
                     "expect":{"chat":{"reasoning":"","content":"","tool_calls":[],"finish_reason":"length"}}}]}
                    """.replace("COMMAND", command);

            assertThat(schema.validate(file, InputFormat.JSON)).isEmpty();
            assertThat(schema.validate(file.replace("\"end\":\"length\"", "\"end\":\"soon\""), InputFormat.JSON))
                    .isNotEmpty();
        }
    }

    /** In each line: a vector of OpenAI's APIs, what is replaced in it, and by what, so that it is none. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{'cmd':'api_chat_request','request':{},'date':'2026-01-01'} # {'messages':[],'options':{'n':1},'prompt':'x'}"
                        + " # 2026-01-01 # today",
                "{'cmd':'api_chat_request','request':7,'date':'2026-01-01','analysis_policy':'keep-all'} # {'prompt':''}"
                        + " # keep-all # keep",
                "{'cmd':'api_responses_request','request':{},'date':'2026-01-01','server':{'previous':{'items':[]},'items':{'a':{}}}}"
                        + " # {'options':{'n':1}} # 'items':{'a':{}} # 'items':{'a':1}",
                "{'cmd':'api_responses_request','request':{},'date':'2026-01-01'}"
                        + " # {'api_error':{'status':400,'type':'invalid_request_error','param':null,'code':null}} # 'status':400 # 'status':200",
                "{'cmd':'api_chat_response','request':{},'output':'x','end':'stop'} # {'response':{'id':'x'}} # 'stop' # 'over'",
                "{'cmd':'api_responses_response','request':{},'output':'x','end':'stop'} # {'response':{}} # {'response':{}} # {'prompt':''}",
                "{'cmd':'api_chat_stream','request':{},'output':'x','end':'length'} # {'stream':['[DONE]']} # stream':[ # chunks':[",
                "{'cmd':'api_responses_stream','request':{},'output':'x','end':'stop'} # {'stream':[{}]} # ,'output':'x' #",
            })
    void schemaKnowsTheCommandsOfTheApis(String given, String expect, String from, String to) throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(VECTORS.resolve("vector-file.schema.json")), InputFormat.JSON);
        String right = """
                {'format':1,'category':'chat-stream','topic':'ends','vectors':[
                {'id':'a','description':'b','level':'MUST','source':'c','given':GIVEN,'expect':EXPECT}]}
                """.replace("GIVEN", given).replace("EXPECT", expect);
        String wrong = right.replace(from, to == null ? "" : to);

        assertThat(schema.validate(right.replace('\'', '"'), InputFormat.JSON)).isEmpty();
        assertThat(wrong).isNotEqualTo(right);
        assertThat(schema.validate(wrong.replace('\'', '"'), InputFormat.JSON)).isNotEmpty();
    }

    @Test
    void suiteListsEveryFile() throws IOException {
        try (Stream<Path> paths = Files.walk(VECTORS)) {
            List<String> found = paths.filter(path -> path.getNameCount() == VECTORS.getNameCount() + 2)
                    .map(path -> VECTORS.relativize(path).toString().replace('\\', '/'))
                    .toList();
            assertThat(Suite.files()).containsExactlyInAnyOrderElementsOf(found);
        }
    }

    @Test
    void idsAreUnique() {
        assertThat(Vectors.SUITE.vectors()).extracting(TestVector::id).doesNotHaveDuplicates();
    }

    /** A driver that does not know a field is not asked for what depends on it; the commands of OpenAI's APIs always have theirs. */
    @Test
    void vectorsNameTheFieldsThatNotEveryDriverKnows() {
        for (TestVector vector : Vectors.SUITE.vectors()) {
            if (ApiAnswer.isAskedBy(vector.given())) {
                continue;
            }
            for (String field : List.of("stripped", "prefill", "end", "policy")) {
                assertThat(vector.features().contains(field))
                        .as(vector.id() + ", " + field)
                        .isEqualTo(vector.given().has(field)
                                || field.equals(vector.given().get("cmd").text())); // policy is a command as well
            }
            assertThat(vector.features().contains("response_format"))
                    .as(vector.id() + ", response_format")
                    .isEqualTo(vector.given().toString().contains("response_formats"));
            assertThat(vector.features().contains("finish_reason"))
                    .as(vector.id() + ", finish_reason")
                    .isEqualTo(
                            vector.expectation().expect().get("chat").members().containsKey("finish_reason"));
        }
    }

    @Test
    void readmeCountsTheVectors() throws IOException {
        String readme = Files.readString(VECTORS.resolve("README.md"));
        Map<String, Long> counts = Vectors.SUITE.vectors().stream()
                .collect(Collectors.groupingBy(TestVector::category, TreeMap::new, Collectors.counting()));
        counts.forEach((category, count) -> assertThat(readme).contains("| " + category + " | " + count + " |"));
    }

    @Test
    void readmeSaysWhatLabelsAskFor() throws IOException {
        String schema = Files.readString(VECTORS.resolve("vector-file.schema.json"));
        String readme = Files.readString(VECTORS.resolve("README.md"));
        Set<String> categories = new TreeSet<>();
        Json.parse(schema).get("properties").get("category").get("enum").elements().stream()
                .map(JsonValue::text)
                .forEach(categories::add);
        for (Label label : Label.values()) {
            String row = readme.lines()
                    .filter(line -> line.startsWith("| " + label + " | "))
                    .findFirst()
                    .orElseThrow();
            String[] cells = row.split(" *\\| *", -1);
            List<String> asked = List.of(cells[3].split(", ", -1));
            assertThat(asked)
                    .containsExactlyInAnyOrderElementsOf(categories.stream()
                            .filter(category -> label.asksFor(category, Level.MUST))
                            .toList());
            assertThat(List.of(cells[2].split(", ", -1)))
                    .containsExactlyElementsOf(Stream.of(Level.values())
                            .filter(level -> label.asksFor(asked.get(0), level))
                            .map(Level::name)
                            .toList());
        }
    }

    /** The rules of OpenAI's APIs, without those of which SERVER-API.md says that no vector asks for them. */
    @Test
    void everyRuleHasAVector() throws IOException {
        Set<String> rules = Pattern.compile("^\\| ([A-Z][0-9]+) \\|", Pattern.MULTILINE)
                .matcher(Files.readString(VECTORS.resolve("SERVER-API.md")))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(rules).hasSizeGreaterThan(90).contains("Q1", "Q31", "A12", "K10", "R18", "P9", "S12");
        rules.removeAll(List.of("A11", "A12", "K9", "K10"));
        String sources = Vectors.SUITE.vectors().stream()
                .filter(vector -> ApiAnswer.isAskedBy(vector.given()))
                .map(vector -> vector.source()
                        .replace("K1 to K8", "K1, K2, K3, K4, K5, K6, K7, K8")
                        .replace("S1 to S12", "S1, S2, S3, S4, S5, S6, S7, S8, S9, S10, S11, S12"))
                .collect(Collectors.joining(", ", "", ","));

        assertThat(rules).allSatisfy(rule -> assertThat(sources).contains(" " + rule + ","));
    }
}
