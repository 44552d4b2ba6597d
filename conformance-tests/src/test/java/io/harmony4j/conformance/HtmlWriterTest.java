package io.harmony4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
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
        Report good = run(Implementation.harmony4j());
        Report bad = run(broken());
        int wrong = bad.failures().size();
        int variants = (int) good.results().stream()
                .filter(result -> result.category().equals("parse-variant"))
                .count();
        try (Browser browser = open(List.of(good, bad))) {
            assertThat(browser.text("#matrix thead")).contains("Harmony4J").contains(BROKEN);
            assertThat(browser.count("#matrix tbody tr")).isEqualTo(4);
            assertThat(browser.text("[data-category='parse-variant'][data-run='0']"))
                    .isEqualTo(variants + "/" + variants);
            assertThat(browser.text("[data-category='parse-variant'][data-run='1']"))
                    .isEqualTo((variants - wrong) + "/" + variants);
            assertThat(browser.text("#count")).startsWith(wrong + " of ");
            assertThat(browser.count("#list tr.case")).isEqualTo(wrong);
            assertThat(browser.count("#list tr.case td.FAIL")).isEqualTo(wrong);

            browser.click("[data-category=''][data-run='0']");
            assertThat(browser.text("#count")).startsWith(good.results().size() + " of ");
            assertThat(browser.count("#list tr.case")).isEqualTo(200);
            browser.open(URI.create(browser.evaluate("location.href").text()));
            assertThat(browser.text("#count")).startsWith(good.results().size() + " of ");

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

    /** No click: Tab leads to everything, Enter opens, the arrows lead from case to case, Escape closes. */
    @Test
    void pageWorksByKeyboard() throws IOException, InterruptedException {
        Report bad = run(broken());
        List<String> wrong = bad.failures().stream().map(Report.Result::id).toList();
        try (Browser browser = open(List.of(bad))) {
            browser.press("Tab");
            browser.press("Enter");
            assertThat(browser.evaluate("document.activeElement.textContent").text())
                    .as("where the first button leads")
                    .isEqualTo(wrong.get(0));

            browser.open(URI.create(browser.evaluate("location.href").text()));
            tabTo(browser, "button[data-category='parse-variant']");
            browser.press("Enter");
            assertThat(browser.evaluate("location.hash").text()).contains("category=parse-variant");

            tabTo(browser, "#list button");
            browser.press("ArrowDown");
            assertThat(browser.evaluate("document.activeElement.textContent").text())
                    .isEqualTo(wrong.get(1));

            browser.press("Enter");
            assertThat(browser.text(".details")).contains("Expected", "Found");
            assertThat(browser.evaluate("document.activeElement.textContent").text())
                    .as("where the focus stays")
                    .isEqualTo(wrong.get(1));
            assertThat(browser.evaluate("document.activeElement.ariaExpanded").text())
                    .isEqualTo("true");

            browser.press("Escape");
            assertThat(browser.count(".details")).isZero();
            browser.press("ArrowUp");
            assertThat(browser.evaluate("document.activeElement.textContent").text())
                    .isEqualTo(wrong.get(0));
            assertThat(browser.errors()).isEmpty();
        }
    }

    private static void tabTo(Browser browser, String selector) {
        for (int i = 0; i < 50; i++) {
            browser.press("Tab");
            if (browser.evaluate("document.activeElement.matches(" + JsonValue.of(selector) + ")")
                    .booleanValue()) {
                return;
            }
        }
        throw new AssertionError("expected a way by Tab to " + selector + " but found none");
    }

    /** On a phone the page is as wide as the screen, whatever is open on it. */
    @Test
    void pageFitsAPhone() throws IOException, InterruptedException {
        Report bad = run(broken());
        try (Browser browser = open(List.of(run(Implementation.harmony4j()), bad))) {
            browser.resizeToPhone(390, 844);
            assertThat(width(browser)).isEqualTo(390);
            browser.open(URI.create(browser.evaluate("location.href").text()));
            assertThat(browser.evaluate("document.querySelector('#list tr.case').getBoundingClientRect().bottom")
                            .doubleValue())
                    .as("where the first wrong case is, without scrolling")
                    .isBetween(0.0, 844.0);

            browser.click("#list tr.case");
            assertThat(browser.text(".details")).contains("Expected", "Found");
            assertThat(width(browser)).isEqualTo(390);
            assertThat(browser.evaluate("Math.max(...[...document.querySelectorAll('#list *, #filter *')]"
                                    + ".map(one => one.getBoundingClientRect().right))")
                            .doubleValue())
                    .isLessThanOrEqualTo(390);
        }
    }

    private static int width(Browser browser) {
        return browser.evaluate("document.documentElement.scrollWidth").intValue();
    }

    @Test
    void pageOfNothingButSkippedCasesSaysSo() throws IOException, InterruptedException {
        Implementation idle =
                Implementation.of(request -> request.get("cmd").text().equals("hello")
                        ? new Driver().answer(request)
                        : JsonObject.of("skipped", JsonValue.of("no <model>")));
        Report report = run(idle);
        try (Browser browser = open(List.of(report))) {
            assertThat(browser.text("#logs"))
                    .contains("Nothing was tested")
                    .contains(report.results().size() + " × no <model>");
            assertThat(browser.count("#matrix .good")).isZero();
        }
    }

    @Test
    void crashesAreInNoGreenColour() throws IOException, InterruptedException {
        Report good = run(Implementation.harmony4j());
        Report crashed = new Report(
                good.suite(), good.date(), good.implementation(), good.labels(), good.results(), good.log(), 2);
        try (Browser browser = open(List.of(crashed))) {
            assertThat(browser.text("#matrix thead")).contains("crashed 2 times");
            assertThat(browser.count("button.good[data-category='']")).isZero();
        }
    }

    private Browser open(List<Report> reports) throws IOException, InterruptedException {
        Optional<Path> program = Browser.find();
        assumeTrue(program.isPresent(), "no chromium is installed: apt-get install chromium");
        Path page = Files.writeString(folder.resolve("report.html"), Report.toHtml(reports, Vectors.SUITE));
        Browser browser = Browser.start(program.orElseThrow(), folder.resolve("browser"));
        browser.open(page.toUri());
        return browser;
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
