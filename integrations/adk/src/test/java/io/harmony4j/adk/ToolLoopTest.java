package io.harmony4j.adk;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.adk.agents.LlmAgent;
import com.google.adk.agents.RunConfig.StreamingMode;
import com.google.adk.events.Event;
import com.google.genai.types.Content;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionResponse;
import io.harmony4j.Recipient;
import io.harmony4j.ToolDescription;
import io.harmony4j.chat.ChatTranscript;
import io.harmony4j.chat.HarmonyModel;
import io.harmony4j.chat.ToolCall;
import io.harmony4j.testkit.ScriptedModel;
import io.harmony4j.testkit.ScriptedTurn;
import io.harmony4j.tokenizer.Tokenizer;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls and results go round as they should, and what the model thought about them with them. */
class ToolLoopTest {
    private static final String RESULT = "{\"weather\":\"13 degrees and windy\"}";

    private static ScriptedTurn call(String city) {
        return ScriptedTurn.call("get_weather", arguments(city));
    }

    private static String arguments(String city) {
        return "{\"city\":\"" + city + "\"}";
    }

    @ParameterizedTest
    @EnumSource(
            value = StreamingMode.class,
            names = {"NONE", "SSE"})
    void aLoopOfTwoCallsEndsAndKeepsItsThoughts(StreamingMode mode) {
        ScriptedModel model = new ScriptedModel(
                call("Tokyo").withThought("First Tokyo."),
                call("Oslo").withThought("Then Oslo."),
                ScriptedTurn.answer("Both are windy.").withThought("Done."));
        List<Event> events =
                new WeatherAgent(WeatherAgent.agent(WeatherAgent.llm(model)).build(), mode).ask("Tokyo and Oslo?");

        assertThat(events.stream()
                        .flatMap(event -> event.functionCalls().stream())
                        .map(FunctionCall::id))
                .hasSize(2)
                .doesNotHaveDuplicates();
        assertThat(model.prompts()).hasSize(3);
        assertThat(model.prompts().get(1)).contains("First Tokyo.").doesNotContain("Then Oslo.");
        assertThat(model.prompts().get(2)).containsSubsequence("First Tokyo.", RESULT, "Then Oslo.", RESULT);
    }

    /** Prompts of two turns with tools are those of a program that uses {@code chat} itself. */
    @Test
    void promptsAreThoseOfChat() {
        ScriptedModel model = new ScriptedModel(
                call("Tokyo").withThought("I look."),
                ScriptedTurn.answer("It is windy.").withThought("I know."),
                call("Oslo").withThought("Once more."),
                ScriptedTurn.answer("There, too.").withThought("Fine."));
        WeatherAgent agent = new WeatherAgent(model);
        agent.ask("Weather in Tokyo?");
        List<Event> second = agent.ask("And in Oslo?");

        assertThat(WeatherAgent.lines(second)).endsWith("text: There, too.");
        ChatTranscript transcript = new ChatTranscript()
                .system(io.harmony4j.Content.System.DEFAULT.withConversationStartDate(LocalDate.of(2026, 6, 28)))
                .instructions(WeatherAgent.FULL_INSTRUCTION)
                .tools(List.of(ToolDescription.of("get_weather", "Returns the weather of a city.", """
                        {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}""")));
        List<int[]> prompts = model.promptTokens();
        assertThat(prompts).hasSize(4);
        assertPrompt(prompts.get(0), transcript.user("Weather in Tokyo?"));
        assertPrompt(prompts.get(1), withCall(transcript, "I look.", "1", "Tokyo"));
        assertPrompt(
                prompts.get(2),
                transcript.assistant("I know.", "It is windy.", List.of()).user("And in Oslo?"));
        assertThat(model.prompts().get(2)).doesNotContain("I look.", "I know.");
        assertPrompt(prompts.get(3), withCall(transcript, "Once more.", "2", "Oslo"));
        assertThat(model.prompts().get(3)).contains("Once more.").doesNotContain("I look.", "I know.");
    }

    private static ChatTranscript withCall(ChatTranscript transcript, String thought, String id, String city) {
        ToolCall call = new ToolCall(id, Recipient.function("get_weather"), arguments(city));
        return transcript.assistant(thought, "", List.of(call)).toolResult(id, RESULT);
    }

    private static void assertPrompt(int[] prompt, ChatTranscript transcript) {
        HarmonyModel chat = new HarmonyModel(Tokenizer.o200kHarmony(), new ScriptedModel());
        assertThat(prompt).containsExactly(chat.prompt(transcript.conversation()));
    }

    /** A database holds a session's events as JSON. */
    @Test
    void thoughtsSurviveADatabase() {
        ScriptedModel model = new ScriptedModel(call("Tokyo").withThought("日本 🦄"), ScriptedTurn.answer("Windy."));
        List<Event> events = new WeatherAgent(model).ask("Weather in Tokyo?");
        ChatTranscript transcript = new ChatTranscript();
        for (Event event : events.subList(1, 3)) {
            Content stored = Event.fromJson(event.toJson()).content().orElseThrow();
            History.add(stored, transcript);
        }

        assertThat(model.promptTokens().get(1)).endsWith(tail(transcript, 25));
        assertThat(transcript.conversation().messages())
                .anyMatch(message -> message.text().equals("日本 🦄"));
    }

    private static int[] tail(ChatTranscript transcript, int length) {
        int[] prompt =
                new HarmonyModel(Tokenizer.o200kHarmony(), new ScriptedModel()).prompt(transcript.conversation());
        return java.util.Arrays.copyOfRange(prompt, prompt.length - length, prompt.length);
    }

    @Test
    void aToolThatThrowsIsAnAnswerToTheModel() {
        ScriptedModel model = new ScriptedModel(call("Atlantis"), ScriptedTurn.answer("I cannot tell."));
        List<Event> events = new WeatherAgent(model).ask("Weather in Atlantis?");

        assertThat(WeatherAgent.lines(events)).endsWith("text: I cannot tell.");
        FunctionResponse result = events.get(1).functionResponses().get(0);
        assertThat(result.response().orElseThrow()).containsEntry("status", "error");
        assertThat(model.prompts().get(1)).contains("{\"status\":\"error\",\"message\":");
    }

    @Test
    void callsAtOnceStandWithTheirResults() {
        ScriptedModel model = new ScriptedModel(
                ScriptedTurn.text("<|channel|>analysis<|message|>Both.<|end|>"
                        + "<|start|>assistant<|channel|>commentary to=functions.get_weather<|message|>"
                        + arguments("Oslo")
                        + "<|end|><|start|>assistant<|channel|>commentary to=functions.get_weather<|message|>"
                        + arguments("Rome") + "<|call|>"),
                ScriptedTurn.answer("Windy."));
        List<Event> events = new WeatherAgent(model).ask("Oslo and Rome?");

        assertThat(WeatherAgent.lines(events))
                .containsExactly(
                        "thought: Both.",
                        "call: get_weather{city=Oslo} call: get_weather{city=Rome}",
                        "result: {weather=13 degrees and windy} result: {weather=13 degrees and windy}",
                        "text: Windy.");
        assertThat(events.get(1).content().orElseThrow().parts().orElseThrow())
                .extracting(part -> part.thoughtSignature().isPresent())
                .containsExactly(true, false);
        assertThat(model.prompts().get(1))
                .containsSubsequence("Both.", arguments("Oslo"), RESULT, arguments("Rome"), RESULT)
                .containsOnlyOnce("Both.");
    }

    @Test
    void aMisspeltToolIsTheOneThatIsMeant() {
        ScriptedModel model =
                new ScriptedModel(ScriptedTurn.call("Get-Weather", arguments("Oslo")), ScriptedTurn.answer("Windy."));

        assertThat(WeatherAgent.lines(new WeatherAgent(model).ask("Oslo?")))
                .containsExactly(
                        "call: get_weather{city=Oslo}", "result: {weather=13 degrees and windy}", "text: Windy.");
    }

    @Test
    void jsonIsRepaired() {
        ScriptedModel model =
                new ScriptedModel(ScriptedTurn.call("get_weather", "{city: 'Oslo',}"), ScriptedTurn.answer("Windy."));

        assertThat(WeatherAgent.lines(new WeatherAgent(model).ask("Oslo?")))
                .containsExactly(
                        "call: get_weather{city=Oslo}", "result: {weather=13 degrees and windy}", "text: Windy.");
    }

    @ParameterizedTest
    @EnumSource(
            value = StreamingMode.class,
            names = {"NONE", "SSE"})
    void theOutputKeyHasTheAnswerAlone(StreamingMode mode) {
        ScriptedModel model = new ScriptedModel(
                call("Oslo").withThought("I look."),
                ScriptedTurn.answer("Windy.").withThought("I know."));
        LlmAgent agent =
                WeatherAgent.agent(WeatherAgent.llm(model)).outputKey("answer").build();
        WeatherAgent asked = new WeatherAgent(agent, mode);
        asked.ask("Oslo?");

        assertThat(asked.session().state()).containsEntry("answer", "Windy.");
    }

    @Test
    void anAgentCanNameAModel() {
        ScriptedModel model = new ScriptedModel(ScriptedTurn.answer("Windy."));
        WeatherAgent.llm(model).registerAs("gpt-oss-named.*");
        LlmAgent agent =
                LlmAgent.builder().name("named").model("gpt-oss-named-20b").build();

        List<Event> events = new WeatherAgent(agent, StreamingMode.NONE).ask("Oslo?");

        assertThat(WeatherAgent.lines(events)).containsExactly("text: Windy.");
        assertThat(events.get(0).modelVersion()).hasValue("gpt-oss-named-20b");
    }
}
