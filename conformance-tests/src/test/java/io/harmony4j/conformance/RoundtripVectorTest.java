package io.harmony4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.Conversation;
import io.harmony4j.Message;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RoundtripVectorTest {
    @TestFactory
    Stream<DynamicTest> roundtrip() {
        return Vectors.tests("roundtrip", vector -> {
            Request request = new Request(vector.request());
            if (vector.expect().has("error")) {
                assertThatThrownBy(() -> readAndWrite(request)).isInstanceOf(IllegalArgumentException.class);
            } else {
                String expected = vector.expect().path("json").textValue();
                assertThat(readAndWrite(request)).isEqualTo(expected);
            }
        });
    }

    private static String readAndWrite(Request request) {
        return request.command().equals("roundtrip_message")
                ? Message.fromJson(request.text("messageJson")).toJson()
                : Conversation.fromJson(request.text("conversationJson")).toJson();
    }
}
