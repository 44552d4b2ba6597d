package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.harmony4j.Json;
import org.junit.jupiter.api.Test;

/** A few questions of each skill; the model card has the result of all. */
class EvalTinyCommandTest {

    @Test
    void jsonHasEachSkillAndMostAnswersAreRight() {
        JsonNode result = Json.parse(Run.of("eval", "tiny", "--questions", "2", "--json")
                .doneByAModel()
                .strip());
        int correct = 0;
        int total = 0;
        for (JsonNode skill : result.path("skills")) {
            assertThat(skill.path("total").asInt()).isEqualTo(2);
            correct += skill.path("correct").asInt();
            total += 2;
        }
        assertThat(total).isEqualTo(36);
        assertThat(correct).isGreaterThanOrEqualTo(30);
        assertThat(result.path("wellFormed").path("correct"))
                .isEqualTo(result.path("wellFormed").path("total"));
        double low = result.path("analysisTokens").path("low").asDouble();
        assertThat(result.path("analysisTokens").path("high").asDouble()).isGreaterThan(3 * low);
    }

    @Test
    void aTableIsForPeople() {
        assertThat(Run.of("eval", "tiny", "--questions", "1").doneByAModel())
                .contains("| skill ", "| tool-arithmetic ", "| well formed ", "| reasoning effort ");
        assertThat(Run.of("eval", "tiny", "--questions", "0").exitCode()).isEqualTo(Run.WRONG_USAGE);
    }
}
