package io.harmony4j.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.Message;
import io.harmony4j.renderer.AnalysisPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTest {
    private static Source read(Shape shape, String json) {
        return Source.read(json, shape, ApiOptions.DEFAULT, ResponseStore.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "HARMONY           # {'messages':[{'role':'user','content':'Hi'}]}",
                "CHAT_REQUEST      # {'messages':[{'role':'user','content':'Hi'}]}",
                "RESPONSES_REQUEST # {'input':'Hi'}",
            })
    void eachShapeOfAQuestionEndsWithIt(Shape shape, String json) {
        Source source = read(shape, json.replace('\'', '"'));

        assertThat(source.conversation().messages()).last().isEqualTo(Message.user("Hi"));
        assertThat(source.request() != null).isEqualTo(shape.isRequest());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "CHAT_ANSWER      # {'choices':[{'message':{'role':'assistant','content':'Hi'}}]}",
                "RESPONSES_ANSWER # {'output':[{'type':'message','role':'assistant','content':"
                        + "[{'type':'output_text','text':'Hi'}]}]}",
            })
    void eachShapeOfAnAnswerIsItsMessages(Shape shape, String json) {
        Source source = read(shape, json.replace('\'', '"'));

        assertThat(source.conversation().messages()).containsExactly(Message.answer("Hi"));
        assertThat(source.request()).isNull();
    }

    @Test
    void aRequestSaysWhatIsLeftOutUnlessTheCallerDoes() {
        Source request = read(Shape.CHAT_REQUEST, "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
        Source conversation = read(Shape.HARMONY, "{\"messages\":[]}");

        assertThat(request.policy(null, AnalysisPolicy.REFERENCE)).isEqualTo(AnalysisPolicy.SINCE_LAST_FINAL);
        assertThat(conversation.policy(null, AnalysisPolicy.REFERENCE)).isEqualTo(AnalysisPolicy.REFERENCE);
        assertThat(request.policy(AnalysisPolicy.KEEP_ALL, AnalysisPolicy.REFERENCE))
                .isEqualTo(AnalysisPolicy.KEEP_ALL);
    }

    @Test
    void whatIsRefusedIsToldAsTheShapeTellsIt() {
        assertThatThrownBy(() -> read(Shape.CHAT_REQUEST, "{}")).isInstanceOf(ApiException.class);
        assertThatIllegalArgumentException().isThrownBy(() -> read(Shape.HARMONY, "{}"));
    }
}
