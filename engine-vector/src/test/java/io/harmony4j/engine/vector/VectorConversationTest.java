package io.harmony4j.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.ToolDescription;
import io.harmony4j.chat.HarmonyModel;
import io.harmony4j.chat.LoopEvent;
import io.harmony4j.chat.ToolLoop;
import io.harmony4j.engine.Generator;
import io.harmony4j.engine.Model;
import io.harmony4j.engine.ModelOptions;
import io.harmony4j.engine.ModelOptions.KernelChoice;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.Sampling;
import io.harmony4j.tiny.TinyTools;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A conversation of several turns with tools: a real model writes the same tokens with vector kernels as with plain ones. */
class VectorConversationTest {
    private static final List<String> QUESTIONS =
            List.of("What is 17 * 23?", "What is the weather in Tokyo?", "And in Oslo?", "Hello!");

    @Test
    void vectorKernelsGiveTheSameTokensAsPlainOnes() {
        List<Integer> plain = tokens(KernelChoice.PLAIN);
        assertThat(plain).hasSizeGreaterThan(100);
        assertThat(tokens(KernelChoice.VECTOR)).isEqualTo(plain);
    }

    /** Returns all tokens that were generated for the questions, one after the other in one conversation. */
    private static List<Integer> tokens(KernelChoice kernels) {
        List<Integer> tokens = new ArrayList<>();
        try (Model model = Model.tiny(ModelOptions.DEFAULT.withKernels(kernels))) {
            ToolLoop loop = new ToolLoop(new HarmonyModel(Tokenizer.o200kHarmony(), new Generator(model)))
                    .withOptions(GenerationOptions.DEFAULT.withSampling(Sampling.GREEDY));
            for (ToolDescription tool : TinyTools.functions()) {
                Recipient recipient = Recipient.function(tool.name());
                loop = loop.withTool(recipient, arguments -> TinyTools.call(recipient, arguments));
            }
            Conversation conversation = Conversation.of(
                    Message.system(Content.System.DEFAULT),
                    Message.developer(Content.developer(
                            "You are a helpful assistant.",
                            TinyTools.functions().toArray(ToolDescription[]::new))));
            for (String question : QUESTIONS) {
                conversation = loop.run(conversation.with(Message.user(question)), event -> {
                            if (event instanceof LoopEvent.Generated generated) {
                                tokens.add(generated.token());
                            }
                        })
                        .conversation();
            }
        }
        return tokens;
    }
}
