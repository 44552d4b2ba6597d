package io.harmony4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipientTest {
    @Test
    void functionsAreInTheirNamespace() {
        Recipient weather = Recipient.function("get_weather");

        assertThat(weather.name()).isEqualTo("functions.get_weather");
        assertThat(weather.toolName()).isEqualTo("get_weather");
        assertThat(weather.isTool()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"python", "browser.search", "", "All", "ASSISTANT", "functions", "my.functions.f"})
    void anyOtherNameIsAToolsFullName(String name) {
        Recipient recipient = Recipient.of(name);

        assertThat(recipient.isTool()).isTrue();
        assertThat(recipient.toolName()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "assistant", "user"})
    void theKnownWordsAreNotTools(String name) {
        assertThat(Recipient.of(name).isTool()).isFalse();
    }

    @Test
    void theNamespaceIsWhatStandsBeforeTheFirstDot() {
        assertThat(Recipient.function("a.b").namespace()).isEqualTo("functions");
        assertThat(Recipient.of("browser.search").namespace()).isEqualTo("browser");
        assertThat(Recipient.of("python").namespace()).isEmpty();
        assertThat(Recipient.function("f").isFunction()).isTrue();
        assertThat(Recipient.of("functions").isFunction()).isFalse();
    }

    @Test
    void onlyOneNamespaceIsTakenOffAName() {
        assertThat(Recipient.of("functions.functions.f").toolName()).isEqualTo("functions.f");
        assertThat(Recipient.of("functions.").toolName()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "functions.get_weather, functions.get_weather",
        "get_weather, functions.get_weather",
        "functions.functions.get_weather, functions.get_weather",
        "functions.get_weatherjson, functions.get_weather",
        "get_weathercode, functions.get_weather",
        "Get-Weather, functions.get_weather",
        "Functions.getWeather, functions.get_weather",
        "get_weather_JSON, functions.get_weather",
        "functions.python, python",
        "functions.browser.search, browser.search",
        "Browser.Search, browser.search",
        "functions.qrcode, functions.qrcode",
        "qrcodejson, functions.qrcode",
    })
    void aMisspeltNameIsTheOneToolThatFits(String written, String meant) {
        List<Recipient> tools = List.of(
                Recipient.function("get_weather"),
                Recipient.function("qrcode"),
                Recipient.of("python"),
                Recipient.of("browser.search"));

        assertThat(Recipient.of(written).among(tools)).contains(Recipient.of(meant));
    }

    @ParameterizedTest
    @ValueSource(strings = {"weather", "get_weathers", "search", "functions.", "functions", "json", "", "-"})
    void anotherNameIsNoneOfTheTools(String name) {
        assertThat(Recipient.of(name).among(List.of(Recipient.function("get_weather"), Recipient.of("browser.search"))))
                .isEmpty();
    }

    @Test
    void aNameThatFitsTwoToolsIsNeither() {
        List<Recipient> tools = List.of(Recipient.function("getUser"), Recipient.function("get_user"));

        assertThat(Recipient.of("get_user").among(tools)).contains(Recipient.function("get_user"));
        assertThat(Recipient.of("getuser").among(tools)).isEmpty();
        assertThat(Recipient.of("f").among(List.of(Recipient.function("f"), Recipient.of("functions.functions.f"))))
                .isEmpty();
        assertThat(Recipient.of("F").among(List.of(Recipient.function("f"), Recipient.function("f"))))
                .contains(Recipient.function("f"));
    }

    @Test
    void aNamespaceMayStandThereManyTimes() {
        Recipient nested = Recipient.of("functions.".repeat(100_000) + "f");

        assertThat(nested.among(List.of(Recipient.function("f")))).contains(Recipient.function("f"));
    }

    @Test
    void theTextOfARecipientIsItsName() {
        assertThat(Recipient.function("f")).hasToString("functions.f");
    }
}
