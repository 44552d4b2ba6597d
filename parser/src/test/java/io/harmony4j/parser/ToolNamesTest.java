package io.harmony4j.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Recipient;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolNamesTest {
    private final ToolNames names =
            new ToolNames(Set.of(Recipient.function("get_weather"), Recipient.function("to_json")));

    @ParameterizedTest
    @CsvSource({
        "functions.get_weather, functions.get_weather",
        "get_weather, functions.get_weather",
        "get-weather, functions.get_weather",
        "functions.Get-Weatherjson, functions.get_weather",
        "functions.getweather, functions.get_weather",
        "functions.python, functions.python",
        "functions.get_weatherjson, functions.get_weather",
        "functions.get_weathercode, functions.get_weather",
        "functions.GET_WEATHER, functions.get_weather",
        "functions.functions.get_weather, functions.get_weather",
        "functions.to_json, functions.to_json",
        "functions.other, functions.other",
        "python, python",
    })
    void correctedNameIsTheDeclaredOneThatWasMeant(String written, String meant) {
        assertThat(names.correct(written)).isEqualTo(meant);
    }

    @Test
    void withoutDeclaredToolsNamesStay() {
        assertThat(new ToolNames(Set.of()).correct("functions.get_weatherjson")).isEqualTo("functions.get_weatherjson");
    }
}
