package example;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.Result;
import io.harmony4j.ReasoningEffort;
import io.harmony4j.backends.Backends;
import io.harmony4j.engine.Generator;
import io.harmony4j.engine.Model;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.Sampling;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.langchain4j.HarmonyChatModel;

/** Asks about the weather; the model calls a Java method and answers with what it returns. */
public final class Main {
    interface Assistant {
        Result<String> chat(String question);
    }

    public static final class Weather {
        @Tool(name = "get_weather", value = "Returns the weather of a city.")
        public String getWeather(@P(name = "city", description = "The city's name") String city) {
            return "{\"weather\":\"13 degrees and windy\"}";
        }
    }

    public static void main(String[] args) {
        String backend = System.getenv("HARMONY_BACKEND"); // as in llama-server:http://localhost:8080
        try (Model tiny = Model.tiny()) {
            ask(backend == null ? new Generator(tiny) : Backends.of(backend));
        }
    }

    private static void ask(TokenGenerator generator) {
        ChatModel model = HarmonyChatModel.builder()
                .backend(generator)
                .reasoningEffort(ReasoningEffort.LOW)
                .generationOptions(GenerationOptions.DEFAULT.withMaxTokens(500).withSampling(Sampling.GREEDY))
                .build();
        Assistant assistant = AiServices.builder(Assistant.class).chatModel(model).tools(new Weather()).build();
        Result<String> answer = assistant.chat("What is the weather in Tokyo?");
        System.out.println(answer.content());
        System.out.println("calls: " + answer.toolExecutions().size());
    }
}
