package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A few questions of each skill; the model card has the result of all. */
class EvalTinyCommandTest {

    /** Much to compute: on a busy machine, more than the two minutes that other tests have. */
    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void jsonHasEachSkillAndMostAnswersAreRight() {
        JsonValue result = Json.parse(Run.of("eval", "tiny", "--questions", "2", "--json")
                .doneByAModel()
                .strip());
        int correct = 0;
        int total = 0;
        for (JsonValue skill : result.get("skills").members().values()) {
            assertThat(skill.get("total").intValue()).isEqualTo(2);
            correct += skill.get("correct").intValue();
            total += 2;
        }
        assertThat(total).isEqualTo(36);
        assertThat(correct).isGreaterThanOrEqualTo(30);
        assertThat(result.get("wellFormed").get("total").intValue()).isGreaterThanOrEqualTo(36);
        assertThat(result.get("wellFormed").get("correct"))
                .isEqualTo(result.get("wellFormed").get("total"));
        double low = result.get("analysisTokens").get("low").doubleValue();
        assertThat(low).isPositive();
        assertThat(result.get("analysisTokens").get("high").doubleValue()).isGreaterThan(3 * low);
    }

    @Test
    void withoutAnOptionATableIsPrinted() {
        assertThat(Run.of("eval", "tiny", "--questions", "1").doneByAModel())
                .contains("| skill ", "| tool-arithmetic ", "| well formed ", "| reasoning effort ");
        assertThat(Run.of("eval", "tiny", "--questions", "0").exitCode()).isEqualTo(Run.WRONG_USAGE);
    }
}
