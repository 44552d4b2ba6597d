package io.harmony4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.harmony4j.conformance.Fuzzer.Finding;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FuzzerTest {
    @TempDir
    private Path folder;

    private static Implementation changed(UnaryOperator<JsonObject> change) {
        Driver driver = new Driver();
        return Implementation.of(request -> change.apply(driver.answer(request)));
    }

    /** Returns a condition that holds so many times. */
    private static BooleanSupplier times(int n) {
        int[] left = {n};
        return () -> left[0]-- > 0;
    }

    @Test
    void sameImplementationAgreesWithItself() {
        long[] asked = new long[2];
        Fuzzer fuzzer = new Fuzzer(Implementation.harmony4j(), Implementation.harmony4j(), 1, 20);

        assertThat(fuzzer.run(times(8), (questions, disagreements) -> {
                    asked[0] = questions;
                    asked[1] = disagreements;
                }))
                .isEmpty();
        assertThat(asked).containsExactly(8 * 128, 0);
    }

    @Test
    void differenceIsMadeShortAndWrittenAsVector() throws IOException {
        Implementation other = changed(answer -> JsonEdits.withElements(
                answer, "tokens", token -> token.equals(JsonValue.of(220)) ? JsonValue.of(221) : token)); // a space
        Fuzzer fuzzer = new Fuzzer(Implementation.harmony4j(), other, 7, 20);
        List<Finding> findings = fuzzer.run(times(8), (questions, disagreements) -> {});

        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.category()).isEqualTo("tokenizer");
            assertThat(finding.vector().get("given").get("text").text())
                    .hasSizeLessThan(4)
                    .contains(" ");
            assertThat(finding.vector().get("expect").get("tokens").toString()).contains("220");
        });
        Map<String, String> files = fuzzer.files(findings);
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(
                        Files.readString(Path.of("src/main/resources/vectors/vector-file.schema.json")),
                        InputFormat.JSON);
        for (Map.Entry<String, String> file : files.entrySet()) {
            assertThat(schema.validate(file.getValue(), InputFormat.JSON)).isEmpty();
            Suite suite = Suite.read(Files.writeString(folder.resolve(file.getKey()), file.getValue()));
            assertThat(new Runner(Implementation.harmony4j())
                            .run(suite, suite.vectors(), Set.of(), (result, done, total) -> {})
                            .failures())
                    .isEmpty();
            assertThat(new Runner(other)
                            .run(suite, suite.vectors(), Set.of(), (result, done, total) -> {})
                            .failures())
                    .hasSameSizeAs(suite.vectors());
        }
        assertThat(files).containsKey("fuzz-7-tokenizer.json");
    }

    @Test
    void differencesOfACommandAreLimited() {
        Implementation other = changed(answer -> answer.has("typescript")
                ? answer.toBuilder().put("typescript", "x").build()
                : answer);
        long[] disagreements = new long[1];
        List<Finding> findings = new Fuzzer(Implementation.harmony4j(), other, 1, 1)
                .run(times(4), (questions, different) -> disagreements[0] = different);

        assertThat(findings)
                .singleElement()
                .satisfies(finding -> assertThat(
                                finding.vector().get("given").get("schemaJson").text())
                        .isEqualTo("{}"));
        assertThat(disagreements[0]).isGreaterThan(50);
    }

    @Test
    void implementationsWithNothingInCommonAreRefused() {
        JsonArray capabilities = JsonArray.ofTexts(List.of("roundtrip_message"));
        Implementation other = changed(
                answer -> answer.toBuilder().put("capabilities", capabilities).build());
        assertThatThrownBy(() -> new Fuzzer(Implementation.harmony4j(), other, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected drivers that both offer one of [tokenize");
    }

    @Test
    void sameSeedAsksTheSame() {
        assertThat(requests(5)).isEqualTo(requests(5)).isNotEqualTo(requests(6));
    }

    @Test
    void mostQuestionsHaveAnAnswerAndAllCommandsAreAsked() {
        Driver driver = new Driver();
        Set<String> commands = new HashSet<>();
        int errors = 0;
        List<JsonObject> requests = requests(3);
        for (JsonObject request : requests) {
            commands.add(request.get("cmd").text());
            errors += driver.answer(request).has("error") ? 1 : 0;
        }

        assertThat(commands).containsExactlyInAnyOrderElementsOf(RandomRequests.COMMANDS);
        assertThat(errors).isPositive().isLessThan(requests.size() / 4);
    }

    private static List<JsonObject> requests(long seed) {
        RandomRequests random = new RandomRequests(new Random(seed), RandomRequests.COMMANDS);
        List<JsonObject> requests = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            requests.add(random.next());
        }
        return requests;
    }
}
