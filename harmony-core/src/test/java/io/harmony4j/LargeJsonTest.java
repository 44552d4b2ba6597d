package io.harmony4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Inputs of about 100 MB, read in the 3 GB that tests have. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LargeJsonTest {
    private static final int SIZE = 100_000_000;

    @Test
    void oneHugeTextIsReadAndWritten() {
        String json = "{\"role\":\"user\",\"content\":\"" + "ab\\n💖".repeat(SIZE / 6) + "\"}";

        Message message = Message.fromJson(json);

        assertThat(message.text()).hasSize(SIZE / 6 * 5);
        assertThat(message.toJson().equals(json)).isTrue();
    }

    @Test
    void aMillionMessagesAreRead() {
        String message = "{\"role\":\"user\",\"content\":\"" + "x".repeat(70) + "\"}";
        int count = 1_000_000;

        Conversation conversation =
                Conversation.fromJson("{\"messages\":[" + (message + ",").repeat(count - 1) + message + "]}");

        assertThat(conversation.messages()).hasSize(count);
    }

    @Test
    void aHugeTextThatEndsEarlyIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.fromJson("{\"role\":\"user\",\"content\":\"" + "x".repeat(SIZE)))
                .withMessageStartingWith("expected JSON but ");
    }

    @Test
    void aHugeValueOfTheWrongTypeIsCutInTheMessage() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.fromJson("\"" + "x".repeat(SIZE) + "\""))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
    }
}
