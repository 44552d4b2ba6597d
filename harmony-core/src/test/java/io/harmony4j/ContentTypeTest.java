package io.harmony4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentTypeTest {
    @ParameterizedTest
    @CsvSource({
        "json, json, false",
        "<|constrain|>json, json, true",
        "<|constrain|>, '', true",
        "'', '', false",
        "<|constrain|> json, ' json', true",
        "<|constrain|><|constrain|>json, <|constrain|>json, true",
        "' <|constrain|>json', ' <|constrain|>json', false",
        "a<|constrain|>json, a<|constrain|>json, false",
        "<|CONSTRAIN|>json, <|CONSTRAIN|>json, false",
    })
    void onlyALeadingMarkerConstrains(String text, String name, boolean constrained) {
        ContentType type = ContentType.of(text);

        assertThat(type).isEqualTo(new ContentType(name, constrained));
        assertThat(type.text()).isEqualTo(text);
        assertThat(type).hasToString(text);
    }

    @Test
    void jsonIsConstrained() {
        assertThat(ContentType.JSON.text()).isEqualTo("<|constrain|>json");
    }

    @Test
    void aNameCannotHideTheMarker() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ContentType("<|constrain|>json", false))
                .withMessageContaining("expected a content type without <|constrain|>")
                .withMessageContaining("but found \"<|constrain|>json\"")
                .withMessageContaining("use ContentType.of");
    }

    @Domain(Conversations.class)
    @Property
    void textStandsForOneTypeAndBack(@ForAll String text) {
        assertThat(ContentType.of(text).text()).isEqualTo(text);
    }
}
