package io.harmony4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Role;
import io.harmony4j.parse.ParseOptions;
import io.harmony4j.parse.StreamParser;
import io.harmony4j.render.HarmonyRenderer;
import io.harmony4j.render.RenderOptions;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RenderVectorTest {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();

    @TestFactory
    Stream<DynamicTest> render() {
        return Vectors.tests("render", vector -> {
            Request request = new Request(vector.request());
            if (vector.expect().has("error")) {
                assertThatThrownBy(() -> render(request)).isInstanceOf(IllegalArgumentException.class);
                return;
            }
            int[] tokens = render(request);
            assertThat(tokens).isEqualTo(new Request(vector.expect()).tokens("tokens"));
            readsBackWithoutLoss(tokens);
        });
    }

    @TestFactory
    Stream<DynamicTest> schema() {
        return Vectors.tests(
                "schema",
                vector -> assertThat(HarmonyRenderer.typeScript(new Request(vector.request()).text("schemaJson")))
                        .isEqualTo(vector.expect().path("typescript").textValue()));
    }

    private static int[] render(Request request) {
        RenderOptions options = RenderOptions.DEFAULT
                .keepAnalysis(!request.flag("autoDropAnalysis", true))
                .conversationHasFunctionTools(request.flag("conversationHasFunctionTools", false));
        HarmonyRenderer renderer = new HarmonyRenderer(TOKENIZER, options);
        if (request.command().equals("render_message")) {
            return renderer.render(Message.fromJson(request.json("messageJson", "message")));
        }
        Conversation conversation = Conversation.fromJson(request.json("conversationJson", "conversation"));
        return switch (request.text("mode")) {
            case "completion" -> renderer.renderForCompletion(conversation, Role.of(request.text("nextRole")));
            case "training" -> renderer.renderForTraining(conversation);
            default -> renderer.render(conversation);
        };
    }

    /** Not every rendered header parses back, but no text of a message may be lost in RECOVER mode. */
    private static void readsBackWithoutLoss(int[] tokens) {
        StreamParser parser = StreamParser.create(TOKENIZER, ParseOptions.DEFAULT);
        for (int token : tokens) {
            parser.accept(token, event -> {});
        }
        parser.finish(event -> {});
        String text = TOKENIZER.decode(tokens);
        assertThat(parser.messages()).allSatisfy(message -> assertThat(text).contains(message.text()));
    }
}
