package io.harmony4j.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ModelsTest {
    private static final ApiOptions OPTIONS =
            ApiOptions.DEFAULT.withClock(Clock.fixed(Instant.ofEpochSecond(7), ZoneOffset.UTC));

    @Test
    void modelsAreListedAndFound() {
        Models models = new Models(OPTIONS.withModels("openai/gpt-oss-20b", "tiny"));
        String tiny = "{\"id\":\"tiny\",\"object\":\"model\",\"created\":7,\"owned_by\":\"harmony4j\"}";

        assertThat(models.list())
                .hasToString("{\"object\":\"list\",\"data\":[" + tiny.replace("tiny", "openai/gpt-oss-20b") + "," + tiny
                        + "]}");
        assertThat(models.get("tiny")).hasToString(tiny);
    }

    @Test
    void anUnknownModelIsNotFound() {
        ApiException refusal =
                catchThrowableOfType(ApiException.class, () -> new Models(OPTIONS.withModels("tiny")).get("gpt-5"));

        assertThat(refusal.status()).isEqualTo(404);
        assertThat(refusal.param()).isEqualTo("model");
        assertThat(refusal.code()).isEqualTo("model_not_found");
    }

    /** What answers say where a request names no model. */
    @Test
    void thereIsAlwaysAModel() {
        assertThat(new Models(OPTIONS).get("gpt-oss").get("id").text()).isEqualTo("gpt-oss");
    }
}
