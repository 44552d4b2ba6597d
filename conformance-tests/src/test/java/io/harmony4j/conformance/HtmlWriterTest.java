package io.harmony4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.harmony4j.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of reports, opened in a browser, filtered, and drilled down to a vector. */
class HtmlWriterTest {
    private static final String BROKEN = "Broken <b>&amp; loud</b>";

    @TempDir
    private Path folder;

    /** Returns this library without recipients, under another name. */
    private static Implementation broken() {
        Driver driver = new Driver();
        return Implementation.of(request -> {
            JsonObject answer = driver.answer(request);
            if (answer.get("implementation") instanceof JsonObject identity) {
                JsonObject renamed = identity.toBuilder().put("name", BROKEN).build();
                return answer.toBuilder().put("implementation", renamed).build();
            }
            return JsonEdits.withoutInElements(answer, "messages", "recipient");
        });
    }

    private static Report run(Implementation implementation) {
        List<TestVector> some = Vectors.SUITE.vectors().stream()
                .filter(vector ->
                        Set.of("parse-variant", "render-system", "tokenizer").contains(vector.category()))
                .toList();
        return new Runner(implementation).run(Vectors.SUITE, some, Set.of(), (result, done, total) -> {});
    }

    @Test
    void pageIsFilteredAndDrilledDown() throws IOException, InterruptedException {
        Optional<Path> program = Browser.find();
        assumeTrue(program.isPresent(), "no chromium is installed: apt-get install chromium");
        Report good = run(Implementation.harmony4j());
        Report bad = run(broken());
        int wrong = bad.failures().size();
        int variants = (int) good.results().stream()
                .filter(result -> result.category().equals("parse-variant"))
                .count();
        Path page = Files.writeString(folder.resolve("report.html"), Report.toHtml(List.of(good, bad), Vectors.SUITE));
        try (Browser browser = Browser.start(program.orElseThrow(), folder.resolve("browser"))) {
            browser.open(page.toUri());

            assertThat(browser.text("#matrix thead")).contains("Harmony4J").contains(BROKEN);
            assertThat(browser.count("#matrix tbody tr")).isEqualTo(4);
            assertThat(browser.text("[data-category='parse-variant'][data-run='0']"))
                    .isEqualTo(variants + "/" + variants);
            assertThat(browser.text("[data-category='parse-variant'][data-run='1']"))
                    .isEqualTo((variants - wrong) + "/" + variants);
            assertThat(browser.text("#count")).startsWith(good.results().size() + " of ");
            assertThat(browser.count("#list tr.case")).isEqualTo(200);

            browser.click("#more");
            assertThat(browser.count("#list tr.case")).isEqualTo(400);

            browser.click("[data-category='parse-variant'][data-run='1']");
            assertThat(browser.text("#count")).startsWith(wrong + " of ");
            assertThat(browser.count("#list tr.case")).isEqualTo(wrong);
            assertThat(browser.count("#list tr.case td.FAIL")).isEqualTo(wrong);

            String id = bad.failures().get(wrong / 2).id();
            browser.click("#q");
            browser.type(id);
            assertThat(browser.count("#list tr.case")).isOne();

            browser.click("#list tr.case");
            assertThat(browser.text(".details"))
                    .contains("Expected", "Found", "Difference", "recipient")
                    .doesNotContain("undefined");
            assertThat(browser.count(".details .control.message")).isPositive();
            assertThat(browser.text(".details .diff del")).contains("recipient");
            String address = browser.evaluate("location.href").text();
            assertThat(address).contains("id=" + id);

            browser.open(URI.create(address));
            assertThat(browser.text(".details")).contains("Expected", "Found", "Difference", "recipient");

            browser.click("#list tr.case");
            assertThat(browser.count(".details")).isZero();
            assertThat(browser.requests())
                    .isNotEmpty()
                    .allMatch(url -> url.startsWith("file:") || url.startsWith("about:"));
            assertThat(browser.errors()).isEmpty();
        }
    }

    @Test
    void dataCannotEndTheScriptThatHoldsIt() {
        String html = Report.toHtml(List.of(run(broken())), Vectors.SUITE);

        assertThat(html)
                .doesNotContain(BROKEN)
                .doesNotContain("/*DATA*/")
                .containsOnlyOnce("<script type=\"application/json\"");
        assertThat(html.lines().filter(line -> line.contains("http://") || line.contains("src=")))
                .isEmpty();
    }
}
