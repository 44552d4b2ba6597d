package weather;

import com.google.adk.agents.LlmAgent;
import com.google.adk.runner.InMemoryRunner;
import com.google.adk.tools.Annotations.Schema;
import com.google.adk.tools.FunctionTool;
import com.google.genai.types.Content;
import com.google.genai.types.Part;
import io.harmony4j.adk.HarmonyLlm;
import io.harmony4j.backends.Backends;
import io.harmony4j.engine.Generator;
import io.harmony4j.engine.Model;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.Sampling;
import io.harmony4j.generation.TokenGenerator;
import java.util.List;
import java.util.Map;

/** An agent that looks up the weather, on the model in the box or on what the variable HARMONY_BACKEND describes. */
public final class Main {
    @Schema(name = "get_weather", description = "Returns the weather of a city.")
    public static Map<String, Object> getWeather(@Schema(name = "city") String city) {
        return Map.of("weather", "13 degrees and windy");
    }

    static LlmAgent.Builder agent() {
        String backend = System.getenv("HARMONY_BACKEND");
        TokenGenerator generator = backend == null ? new Generator(Model.tiny()) : Backends.of(backend);
        return LlmAgent.builder()
                .name("weather")
                .model(new HarmonyLlm("gpt-oss-20b", generator)
                        .withGeneration(GenerationOptions.DEFAULT.withSampling(Sampling.GREEDY)))
                .instruction("You are a helpful assistant.")
                .tools(FunctionTool.create(Main.class, "getWeather"));
    }

    public static void main(String[] args) {
        InMemoryRunner runner = new InMemoryRunner(agent().build());
        String session = runner.sessionService().createSession(runner.appName(), "me").blockingGet().id();
        Content question = Content.fromParts(Part.fromText("What is the weather in Tokyo?"));
        runner.runAsync("me", session, question).blockingForEach(event ->
                event.content().flatMap(Content::parts).orElse(List.of()).forEach(Main::print));
    }

    private static void print(Part part) {
        part.text().ifPresent(text ->
                System.out.println((part.thought().orElse(false) ? "thought: " : "answer: ") + text));
        part.functionCall().ifPresent(call ->
                System.out.println("call: " + call.name().orElse("") + call.args().orElse(Map.of())));
        part.functionResponse().ifPresent(result -> System.out.println("result: " + result.response().orElse(Map.of())));
    }
}
