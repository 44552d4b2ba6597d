package io.harmony4j.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Role;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParseEventTest {
    private static List<String> events(String text) {
        List<String> events = new ArrayList<>();
        TextParser parser = new TextParser(
                ParseOptions.forRole(Role.ASSISTANT),
                event -> events.add(event.toJsonObject().toString()));
        parser.accept(text);
        parser.finish();
        return events;
    }

    @Test
    void eachEventIsOneObject() {
        assertThat(events("<|channel|>commentary to=functions.f <|constrain|>json<|message|>{}<|call|>"))
                .containsExactly(
                        "{\"event\":\"message_started\",\"role\":\"assistant\",\"recipient\":\"functions.f\","
                                + "\"channel\":\"commentary\",\"content_type\":\"<|constrain|>json\"}",
                        "{\"event\":\"content_delta\",\"text\":\"{}\"}",
                        "{\"event\":\"message_ended\",\"ending\":\"call\",\"message\":{\"role\":\"assistant\","
                                + "\"recipient\":\"functions.f\",\"content\":\"{}\",\"channel\":\"commentary\","
                                + "\"content_type\":\"<|constrain|>json\"}}");
    }

    @Test
    void aRepairHasTheFieldsOfItsDiagnostic() {
        assertThat(events("<|channel|>finale<|message|>Hi<|return|>").get(0))
                .isEqualTo(
                        "{\"event\":\"repaired\",\"code\":\"CHANNEL_SPELLING\",\"severity\":\"info\",\"position\":17,"
                                + "\"text\":\"finale\",\"message\":\"read the channel as the known one: \\\"finale\\\"\"}");
    }
}
