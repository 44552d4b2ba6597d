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
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(run(Set.of()).toJunitXml().getBytes(StandardCharsets.UTF_8)));
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
        String badge = run(Set.of()).toBadge();
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(badge.getBytes(StandardCharsets.UTF_8)));

        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(document.getElementsByTagName("text").item(1).getTextContent())
                .isEqualTo("Core 2/4");
    }
}
