package io.harmony4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.conformance.Report.Result;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What a run finds, and how it is reported. */
class RunnerTest {
    private static TestVector vector(String category, String id, String level, String given, String expect) {
        return TestVector.of(
                category,
                Json.parse(("{'id':'" + id + "','description':'a claim','level':'" + level
                                + "','source':'here','given':" + given + ",'expect':" + expect + "}")
                        .replace('\'', '"')));
    }

    /** One vector for each verdict, for {@link #half()}. */
    private static final Suite SUITE = new Suite(
            "0.0.1",
            List.of(
                    vector("tokenizer", "right", "MUST", "{'cmd':'tokenize','text':'Hello'}", "{'tokens':[13225]}"),
                    vector(
                            "tokenizer",
                            "other",
                            "MUST",
                            "{'cmd':'tokenize','text':''}",
                            "{'tokens':[1]},'accept':[{'why':'nothing will do','expect':{'tokens':[]}}]"),
                    vector("tokenizer", "wrong", "SHOULD", "{'cmd':'tokenize','text':'a\\u0001'}", "{'tokens':[0]}"),
                    vector("schema", "offered", "MUST", "{'cmd':'schema','schemaJson':'{}'}", "{'typescript':'any'}"),
                    vector("parse-variant", "thrown", "MAY", "{'cmd':'parse'}", "{'messages':[]}"),
                    vector("roundtrip", "refused", "MUST", "{'cmd':'roundtrip_message'}", "{'json':''}"),
                    vector(
                            "render-history",
                            "dialect",
                            "MUST",
                            "{'cmd':'render','conversation':{},'mode':'conversation','dialect':'unsloth'}",
                            "{'tokens':[]}")));

    /** Returns an implementation that offers some, refuses some, and throws. */
    private static Implementation half() {
        Driver driver = new Driver();
        return Implementation.of(request -> {
            JsonObject answer = driver.answer(request);
            return switch (request.get("cmd").text()) {
                case "hello" ->
                    answer.toBuilder()
                            .put(
                                    "capabilities",
                                    JsonArray.ofTexts(List.of("tokenize", "parse", "render", "roundtrip_message")))
                            .build();
                case "parse" -> throw new IllegalStateException("out of order");
                case "roundtrip_message" -> JsonObject.of("skipped", JsonValue.of("not today"));
                default -> answer;
            };
        });
    }

    private static Report run(Set<String> skipped) {
        return new Runner(half()).run(SUITE, SUITE.vectors(), skipped, (result, done, total) -> {});
    }

    @Test
    void everyCaseHasItsVerdict() {
        assertThat(run(Set.of()).results())
                .extracting(result -> result.id() + " " + result.verdict() + " " + result.reason())
                .containsExactly(
                        "right PASS ",
                        "other NON-STRICT nothing will do",
                        "wrong FAIL tokens[0]: expected 0 but found 64",
                        "offered SKIP not offered: schema",
                        "thrown ERROR threw java.lang.IllegalStateException: out of order",
                        "refused SKIP not today",
                        "dialect SKIP not offered: dialect:unsloth");
    }

    @Test
    void whatIsSkippedIsNotAsked() {
        Report report = run(Set.of("wrong", "thrown"));

        assertThat(report.failures()).isEmpty();
        assertThat(report.results())
                .filteredOn(result -> result.reason().equals("as told"))
                .extracting(Result::id)
                .containsExactly("wrong", "thrown");
    }

    @Test
    void progressCountsTheCases() {
        List<String> seen = new ArrayList<>();
        new Runner(half())
                .run(
                        SUITE,
                        SUITE.vectors().subList(0, 2),
                        Set.of(),
                        (result, done, total) -> seen.add(result.id() + " " + done + "/" + total));

        assertThat(seen).containsExactly("right 1/2", "other 2/2");
    }

    @Test
    void implementationThatThrowsAtHelloIsRefused() {
        assertThatThrownBy(() -> new Runner(Implementation.of(request -> {
                    throw new IllegalStateException("closed");
                })))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void implementationOfAnotherProtocolIsRefused() {
        assertThatThrownBy(() -> new Runner(Implementation.of(request -> JsonObject.of("protocol", JsonValue.of(2)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a driver that speaks protocol 1 but found 2");
    }

    @Test
    void implementationThatSaysNothingOfItselfIsRefused() {
        for (String answer :
                List.of("{}", "{'skipped':'no'}", "{'protocol':1,'cmd':'hello'}", "{'capabilities':'all'}")) {
            JsonObject hello = (JsonObject) Json.parse(answer.replace('\'', '"'));
            assertThatThrownBy(() -> new Runner(Implementation.of(request -> hello)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("does not answer hello: it ")
                    .hasMessageContaining(hello.toString());
        }
    }

    @Test
    void parserOfTextNeedsNoTokenizer() {
        List<JsonObject> asked = new ArrayList<>();
        Driver driver = new Driver();
        Implementation ofText = Implementation.of(request -> {
            asked.add(request);
            return request.get("cmd").text().equals("parse")
                    ? request.has("text")
                            ? driver.answer(request.without("tokens"))
                            : JsonObject.of("skipped", JsonValue.of("no text"))
                    : driver.answer(request);
        });
        List<TestVector> vectors = List.of(
                vector(
                        "parse-canonical",
                        "text",
                        "MUST",
                        "{'cmd':'parse','tokens':[200005,17196,200008,13225,200002],'role':'assistant','mode':'strict'}",
                        "{'messages':[{'role':'assistant','channel':'final','content':'Hello'}]}"),
                // two letters in two tokens, which are one in text; a byte that begins a character; and no token at all
                vector("parse-canonical", "unusual", "MUST", "{'cmd':'parse','tokens':[39,68]}", "{'messages':[]}"),
                vector("parse-canonical", "bytes", "MUST", "{'cmd':'parse','tokens':[142]}", "{'messages':[]}"),
                vector("parse-canonical", "unknown", "MUST", "{'cmd':'parse','tokens':[-7]}", "{'messages':[]}"),
                vector("decoding", "other", "MUST", "{'cmd':'detokenize','tokens':[13225]}", "{'text':'Hello'}"));
        Report report = new Runner(ofText).run(new Suite("1", vectors), vectors, Set.of(), (result, done, total) -> {});

        assertThat(report.results())
                .extracting(result -> result.id() + " " + result.verdict())
                .containsExactly("text PASS", "unusual SKIP", "bytes SKIP", "unknown SKIP", "other PASS");
        assertThat(asked.get(1).get("text").text()).isEqualTo("<|channel|>final<|message|>Hello<|return|>");
        assertThat(asked.get(1).get("tokens").elements()).hasSize(5);
        assertThat(asked.get(5).has("text")).isFalse();
    }

    /** What a request says beside the tokens reaches the implementation as it stands in the vector. */
    @Test
    void endAndPrefillArePassedOn() {
        List<JsonObject> asked = new ArrayList<>();
        Driver driver = new Driver();
        TestVector vector = vector(
                "parse-canonical",
                "more",
                "MUST",
                "{'cmd':'stream','tokens':[13225],'role':'assistant','mode':'recover','end':'length',"
                        + "'prefill':'<|channel|>final<|message|>'}",
                "{'chat':{'finish_reason':'length'}}");
        Implementation implementation = Implementation.of(request -> {
            asked.add(request);
            return request.get("cmd").text().equals("hello")
                    ? driver.answer(request)
                    : (JsonObject) Json.parse("{\"chat\":{\"content\":\"Hello\",\"finish_reason\":\"stop\"}}");
        });
        Report report = new Runner(implementation)
                .run(new Suite("1", List.of(vector)), List.of(vector), Set.of(), (result, done, total) -> {});

        assertThat(asked.get(1).get("end").text()).isEqualTo("length");
        assertThat(asked.get(1).get("prefill").text()).isEqualTo("<|channel|>final<|message|>");
        assertThat(report.results().get(0).reason())
                .isEqualTo("chat.finish_reason: expected \"length\" but found \"stop\"");
    }

    @Test
    void labelNeedsAllItsVectors() {
        Implementation good = Implementation.harmony4j();
        Suite suite = new Suite(
                "1",
                List.of(
                        SUITE.vectors().get(0),
                        SUITE.vectors().get(3),
                        vector("chat", "chat", "SHOULD", "{'cmd':'parse','tokens':[]}", "{'messages':[1]}"),
                        vector("tokenizer", "may", "MAY", "{'cmd':'tokenize','text':'a'}", "{'tokens':[0]}")));
        Runner runner = new Runner(good);

        assertThat(runner.run(suite, suite.vectors(), Set.of(), (result, done, total) -> {})
                        .labels())
                .containsExactly(Label.CORE, Label.RENDERER);
        assertThat(runner.run(suite, suite.vectors().subList(1, 4), Set.of(), (result, done, total) -> {})
                        .labels())
                .containsExactly(Label.RENDERER);
        assertThat(runner.run(suite, suite.vectors(), Set.of("offered"), (result, done, total) -> {})
                        .labels())
                .containsExactly(Label.CORE);
    }

    /** A driver that does not speak OpenAI's APIs is not asked, and the reports say why it has no label. */
    @Test
    void labelOfWhatIsNotOfferedIsNotTried() {
        Suite suite = new Suite(
                "1",
                List.of(
                        vector("tokenizer", "right", "MUST", "{'cmd':'tokenize','text':'Hello'}", "{'tokens':[13225]}"),
                        vector("chat-request", "one", "MUST", "{'cmd':'api_chat_request'}", "{'prompt':'x'}"),
                        vector("chat-stream", "two", "MUST", "{'cmd':'api_chat_stream'}", "{'stream':[]}"),
                        vector("chat-stream", "three", "MUST", "{'cmd':'api_chat_stream'}", "{'stream':[]}")));
        Report report = new Runner(half()).run(suite, suite.vectors(), Set.of(), (result, done, total) -> {});

        assertThat(report.results())
                .extracting(result -> result.id() + " " + result.verdict() + " " + result.reason())
                .containsExactly(
                        "right PASS ",
                        "one SKIP not offered: api_chat_request",
                        "two SKIP not offered: api_chat_stream",
                        "three SKIP not offered: api_chat_stream");
        assertThat(report.labels()).containsExactly(Label.CORE);
        assertThat(report.labelsNotTried())
                .containsExactly(Map.entry(Label.SERVER_API, "not offered: api_chat_stream"));
        assertThat(Report.toHtml(List.of(report), suite))
                .contains("\"labelsNotTried\":{\"Server-API\":\"not offered: api_chat_stream\"}");
    }

    @Test
    void serverThatAnswersRightEarnsItsLabel() {
        Suite suite = new Suite(
                "1",
                List.of(vector(
                        "chat-answer", "one", "MUST", "{'cmd':'api_chat_response'}", "{'response':{'id':'$id:x#0'}}")));
        Implementation server = Implementation.of(request -> (JsonObject)
                Json.parse("{\"implementation\":{},\"response\":{\"id\":\"x0123456789abcdef\",\"more\":1}}"));
        Report report = new Runner(server).run(suite, suite.vectors(), Set.of(), (result, done, total) -> {});

        assertThat(report.labels()).containsExactly(Label.SERVER_API);
        assertThat(report.labelsNotTried()).isEmpty();
        assertThat(report.toBadge()).contains("Server-API 1/1");
    }

    @Test
    void reportIsReadAsItWasWritten() {
        Report report = run(Set.of());
        Report read = Report.fromJson(report.toJson());
        JsonValue wrong = Json.parse(report.toJson()).get("results").elements().get(2);

        assertThat(read.toJson()).isEqualTo(report.toJson());
        assertThat(read.implementation()).isEqualTo(report.implementation());
        assertThat(wrong.get("expected").toString()).isEqualTo("{\"tokens\":[0]}");
        assertThat(wrong.get("actual").toString()).isEqualTo("{\"tokens\":[64,189]}");
        assertThat(wrong.get("ms").isNumber()).isTrue();
        assertThat(read.counts().values()).containsExactly(1L, 1L, 1L, 1L, 3L);
    }

    @Test
    void textThatIsNoReportIsRefused() {
        assertThatThrownBy(() -> Report.fromJson("{")).hasMessageStartingWith("expected a report in JSON");
        assertThatThrownBy(() -> Report.fromJson("[]"))
                .hasMessageStartingWith("expected a report with the fields suite");
        assertThatThrownBy(() -> Report.fromJson("{\"suite\":\"1\",\"results\":[{\"id\":\"a\",\"level\":\"HIGH\"}]}"))
                .hasMessageContaining("HIGH");
        assertThatThrownBy(() -> Report.fromJson("{\"suite\":\"1\",\"results\":[{\"id\":\"a\"}]}"))
                .hasMessageContaining("the field level");
    }

    @Test
    void regressionIsWhatWasRight() {
        Report before = run(Set.of("wrong"));
        Report after = run(Set.of("right"));

        assertThat(after.regressionsSince(before)).extracting(Result::id).containsExactly("right");
        assertThat(before.regressionsSince(before)).isEmpty();
    }

    @Test
    void buildServersReadTheXml() throws Exception {
        Document document = xml(run(Set.of()).toJunitXml());
        Element tokenizer = (Element) document.getElementsByTagName("testsuite").item(4);

        assertThat(document.getElementsByTagName("testcase").getLength()).isEqualTo(7);
        assertThat(document.getElementsByTagName("skipped").getLength()).isEqualTo(3);
        assertThat(document.getElementsByTagName("error").getLength()).isEqualTo(1);
        assertThat(tokenizer.getAttribute("name")).isEqualTo("tokenizer");
        assertThat(tokenizer.getAttribute("tests")).isEqualTo("3");
        assertThat(tokenizer.getAttribute("failures")).isEqualTo("1");
        assertThat(tokenizer.getElementsByTagName("failure").item(0).getTextContent())
                .contains("\"tokens\":[64,189]");
    }

    @Test
    void badgeSaysHowMuchIsRight() throws Exception {
        Document document = xml(run(Set.of()).toBadge());

        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(document.getElementsByTagName("text").item(1).getTextContent())
                .isEqualTo("Core 2/4");
    }

    @Test
    void badgeIsXmlWhateverTheNamesAre() throws Exception {
        Report report = run(Set.of());
        String name = "<a b=\"c\">&amp;\u0001\u001B]]>\uD800.json";
        String badge = new Report(
                        name,
                        report.date(),
                        new Report.Identity(name, name, name, name),
                        report.labels(),
                        report.results(),
                        report.log(),
                        0)
                .toBadge();

        assertThat(xml(badge).getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo("harmony: Core 2/4, suite <a b=\"c\">&amp;\uFFFD\uFFFD]]>\uFFFD.json");
    }

    @Test
    void badgeIsGreenOnlyOfWhatWasTestedAndDidNotCrash() {
        Report right = only("right", Set.of(), 0);

        assertThat(right.toBadge()).contains("#2e7d32").contains(">1/1<");
        assertThat(only("right", Set.of(), 3).toBadge())
                .doesNotContain("#2e7d32")
                .contains(">crashes 1/1<");
        assertThat(only("right", Set.of("right"), 0).toBadge())
                .doesNotContain("#2e7d32")
                .contains(">nothing tested<");
        assertThat(right.isOfAnything()).isTrue();
        assertThat(only("right", Set.of("right"), 0).isOfAnything()).isFalse();
    }

    /** Returns the report of one vector, and of so many crashes. */
    private static Report only(String id, Set<String> skipped, int crashes) {
        Report report = run(skipped);
        return new Report(
                report.suite(),
                report.date(),
                report.implementation(),
                List.of(),
                report.results().stream()
                        .filter(result -> result.id().equals(id))
                        .toList(),
                List.of("ended with exit code 6"),
                crashes);
    }

    @Test
    void crashesAreInEachReport() throws Exception {
        Report crashed = only("right", Set.of(), 3);
        Document document = xml(crashed.toJunitXml());

        assertThat(Report.fromJson(crashed.toJson()).crashes()).isEqualTo(3);
        assertThat(Report.fromJson(crashed.toJson().replace("\"crashes\":3,", ""))
                        .crashes())
                .isZero();
        assertThat(document.getElementsByTagName("error").item(0).getTextContent())
                .isEqualTo("ended with exit code 6");
        assertThat(xml(only("right", Set.of(), 0).toJunitXml())
                        .getElementsByTagName("error")
                        .getLength())
                .isZero();
    }

    @Test
    void reasonsOfSkippedCasesAreCounted() {
        assertThat(run(Set.of("wrong", "thrown")).skips())
                .containsExactly(
                        Map.entry("as told", 2L),
                        Map.entry("not offered: dialect:unsloth", 1L),
                        Map.entry("not offered: schema", 1L),
                        Map.entry("not today", 1L));
    }

    private static Document xml(String text) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
