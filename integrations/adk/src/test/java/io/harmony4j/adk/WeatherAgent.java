package io.harmony4j.adk;

import com.google.adk.agents.LlmAgent;
import com.google.adk.agents.RunConfig;
import com.google.adk.agents.RunConfig.StreamingMode;
import com.google.adk.events.Event;
import com.google.adk.models.BaseLlm;
import com.google.adk.runner.InMemoryRunner;
import com.google.adk.sessions.Session;
import com.google.adk.tools.FunctionTool;
import com.google.genai.types.Content;
import com.google.genai.types.Part;
import io.harmony4j.generation.TokenGenerator;
import io.reactivex.rxjava3.core.Flowable;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** An agent with a tool, in ADK's own runner, and one session with it. */
final class WeatherAgent {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-06-28T12:00:00Z"), ZoneOffset.UTC);
    static final String INSTRUCTION = "You are a helpful assistant.";
    static final String NAME = "weather";

    /** The agent's instruction as ADK completes it. */
    static final String FULL_INSTRUCTION =
            INSTRUCTION + "\n\nYou are an agent. Your internal name is \"" + NAME + "\".";

    private static final String USER = "user";
    private static final int PATIENCE_SECONDS = 60;
    private static final int MAX_CALLS = 6;

    private final InMemoryRunner runner;
    private final RunConfig config;
    private final String sessionId;

    /** Makes an agent whose model is asked in a way. */
    WeatherAgent(LlmAgent agent, StreamingMode mode) {
        runner = new InMemoryRunner(agent);
        config = RunConfig.builder().streamingMode(mode).maxLlmCalls(MAX_CALLS).build();
        sessionId = runner.sessionService()
                .createSession(runner.appName(), USER)
                .blockingGet()
                .id();
    }

    /** Makes an agent whose answers do not stream. */
    WeatherAgent(TokenGenerator backend) {
        this(agent(llm(backend)).build(), StreamingMode.NONE);
    }

    static HarmonyLlm llm(TokenGenerator backend) {
        return new HarmonyLlm("gpt-oss-20b", backend).withClock(CLOCK);
    }

    static LlmAgent.Builder agent(BaseLlm llm) {
        return LlmAgent.builder()
                .name(NAME)
                .model(llm)
                .instruction(INSTRUCTION)
                .tools(FunctionTool.create(Weather.class, "getWeather"));
    }

    /** Returns what happens when the user says something. */
    Flowable<Event> events(String text) {
        return runner.runAsync(USER, sessionId, Content.fromParts(Part.fromText(text)), config)
                .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Says something and waits for all that happens. */
    List<Event> ask(String text) {
        return events(text).toList().blockingGet();
    }

    Session session() {
        return runner.sessionService()
                .getSession(runner.appName(), USER, sessionId, Optional.empty())
                .blockingGet();
    }

    /** Returns events in a line each: what they are, and their text. */
    static List<String> lines(List<Event> events) {
        return events.stream().map(WeatherAgent::line).toList();
    }

    private static String line(Event event) {
        StringBuilder line = new StringBuilder(event.partial().orElse(false) ? "partial " : "");
        for (Part part : event.content().flatMap(Content::parts).orElse(List.of())) {
            line.append(part.thought().orElse(false) ? "thought" : part.text().isPresent() ? "text" : "");
            part.text().ifPresent(text -> line.append(": ").append(text));
            part.functionCall()
                    .ifPresent(call -> line.append("call: ")
                            .append(call.name().orElse(""))
                            .append(call.args().orElse(null)));
            part.functionResponse()
                    .ifPresent(result ->
                            line.append("result: ").append(result.response().orElse(null)));
            line.append(' ');
        }
        event.errorCode().ifPresent(code -> line.append("error: ").append(code).append(": "));
        event.errorMessage().ifPresent(line::append);
        return line.toString().strip();
    }
}
