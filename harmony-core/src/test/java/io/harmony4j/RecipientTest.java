package io.harmony4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    @Test
    void theTextOfARecipientIsItsName() {
        assertThat(Recipient.function("f")).hasToString("functions.f");
    }
}
