package io.harmony4j.adk;

import com.google.adk.web.AdkWebServer;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.testkit.ScriptedModel;
import io.harmony4j.testkit.ScriptedTurn;
import java.time.Duration;

/**
 * ADK's own web page with an agent on a scripted model, for {@code .ci/adk-ui}: asked for the weather, it thinks, calls, thinks again and
 * answers. Asked {@code slowly}, it says something between two thoughts before the call; asked for {@code nonsense}, it writes a call
 * that is no JSON; asked for {@code nothing}, its backend fails.
 */
public final class DevUi {
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final String USER = "<|start|>user<|message|>";
    private static final String RESULT = "<|start|>functions.get_weather to=assistant";

    private DevUi() {}

    /** Starts the server at the port of the property {@code server.port}. */
    public static void main(String[] args) {
        HarmonyLlm llm = new HarmonyLlm("gpt-oss-20b", ScriptedModel.of(DevUi::turn));
        AdkWebServer.start(WeatherAgent.agent(llm)
                .onModelErrorCallback(HarmonyLlm::errorResponse)
                .build());
    }

    private static ScriptedTurn turn(String prompt) {
        String asked = prompt.substring(prompt.lastIndexOf(USER));
        if (asked.contains("nothing")) {
            return ScriptedTurn.failure(new IllegalStateException("the backend is gone"));
        }
        if (asked.contains("nonsense")) {
            return ScriptedTurn.call("get_weather", "Tokyo, I think").withThought("I will call the tool.");
        }
        if (asked.contains(RESULT)) {
            return ScriptedTurn.answer("It is **13 degrees** and windy in Tokyo.")
                    .withThought("The tool has answered: 13 degrees and windy. One sentence will do.")
                    .withPause(PAUSE);
        }
        if (asked.contains("slowly")) {
            return ScriptedTurn.of(
                            Message.preamble("Let me look that up."),
                            Message.analysis("It is Tokyo that they mean."),
                            Message.call(Recipient.function("get_weather"), "{\"city\":\"Tokyo\"}"))
                    .withThought("I say what I do first.")
                    .withPause(PAUSE);
        }
        return ScriptedTurn.call("get_weather", "{\"city\":\"Tokyo\"}")
                .withThought(
                        "The user wants to know the weather in Tokyo. There is a tool for that, so I do not guess.")
                .withPause(PAUSE);
    }
}
