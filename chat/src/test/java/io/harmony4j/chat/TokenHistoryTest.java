package io.harmony4j.chat;

import static io.harmony4j.chat.Scripted.TOKENIZER;
import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.ToolDescription;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.tokenizer.AllowedSpecial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenHistoryTest {
    private static final RenderOptions KEEP_ALL = RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.KEEP_ALL);
    private static final RenderOptions SINCE_LAST_FINAL =
            RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.SINCE_LAST_FINAL);
    private static final Recipient GET_WEATHER = Recipient.function("get_weather");
    private static final Conversation QUESTION = Conversation.of(
            Message.system(Content.System.DEFAULT),
            Message.developer(Content.developer("Help.", ToolDescription.of("get_weather", "The weather."))),
            Message.user("Rain in Rome?"));
    private static final List<Message> RESULT = List.of(Message.tool(GET_WEATHER, "dry"));

    private static TokenHistory asked(RenderOptions options) {
        return TokenHistory.of(TOKENIZER, options).with(QUESTION.messages());
    }

    private static int[] tokens(String text) {
        return TOKENIZER.encode(text, AllowedSpecial.ALL);
    }

    private static int[] joined(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(IntStream::of).toArray();
    }

    @Test
    void withoutGenerationsThePromptIsTheRenderers() {
        Conversation answered = QUESTION.with(Message.analysis("Hm.")).with(Message.answer("No."));
        for (RenderOptions options : List.of(KEEP_ALL, SINCE_LAST_FINAL, RenderOptions.DEFAULT)) {
            TokenHistory history =
                    asked(options).with(List.of(Message.analysis("Hm."))).with(List.of(Message.answer("No.")));

            assertThat(history.conversation()).isEqualTo(answered);
            assertThat(history.prompt())
                    .isEqualTo(new HarmonyRenderer(TOKENIZER, options).renderForCompletion(answered, Role.ASSISTANT));
        }
    }

    @Test
    void toolsThatAreDeclaredLateChangeTheSystemMessage() {
        TokenHistory history = TokenHistory.of(TOKENIZER, KEEP_ALL)
                .with(QUESTION.messages().subList(0, 1))
                .with(QUESTION.messages().subList(1, 3));

        assertThat(history.prompt()).isEqualTo(asked(KEEP_ALL).prompt());
    }

    /** Whatever the model writes, the next prompt goes on from it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "' to=functions.get_weather<|channel|>commentary <|constrain|>json<|message|>{\"city\": \"Rome\"}<|call|>'",
                "<|channel|>commentary to=functions.get_weather code<|message|>{}<|call|>",
                "<|channel|>analysis<|message|>Look.<|end|><|start|>assistant<|channel|>commentary to=functions.get_weather<|message|>{}<|call|>",
                "<|channel|>commentary to=functions.get_weather<|channel|>commentary json<|message|>{}<|call|>",
                "<|channel|>analysis<|message|>Look.<|channel|>commentary to=functions.get_weather<|message|>{}<|call|>",
            })
    void thePromptAfterACallHasTheTokensThatWereSampled(String generated) {
        TokenHistory history = asked(KEEP_ALL);
        TokenHistory next = history.withGenerated(tokens(generated)).with(RESULT);

        assertThat(next.prompt())
                .isEqualTo(joined(
                        history.prompt(),
                        tokens(generated),
                        tokens("<|start|>functions.get_weather to=assistant<|channel|>commentary<|message|>dry<|end|>"
                                + "<|start|>assistant")));
        assertThat(next.conversation().messages()).contains(RESULT.get(0));
    }

    @Test
    void tokensAreKeptThoughTheTextHasOthers() {
        int[] split = joined(tokens("<|channel|>final<|message|>"), tokens("hell"), tokens("o"), tokens("<|return|>"));
        TokenHistory history = asked(KEEP_ALL);
        TokenHistory next = history.withGenerated(split).with(List.of(Message.user("Thanks")));

        int[] kept = split.clone();
        kept[kept.length - 1] = SpecialToken.END.id();
        assertThat(next.prompt())
                .startsWith(joined(history.prompt(), kept))
                .isNotEqualTo(new HarmonyRenderer(TOKENIZER, KEEP_ALL)
                        .renderForCompletion(next.conversation(), Role.ASSISTANT));
        assertThat(asked(KEEP_ALL).withReturn(true).withGenerated(split).prompt())
                .startsWith(joined(history.prompt(), split));
    }

    @ParameterizedTest
    @CsvSource({
        "<|channel|>final<|message|>Yes., <|end|>",
        "<|channel|>commentary to=functions.get_weather<|message|>{}, <|call|>",
        "<|channel|>final<|message|>Yes.<|endoftext|>, <|end|>",
    })
    void aStopTokenThatWasWithheldIsPutBack(String generated, String end) {
        TokenHistory history = asked(KEEP_ALL);

        assertThat(TOKENIZER.decode(history.withGenerated(tokens(generated)).prompt()))
                .endsWith(generated.replace("<|endoftext|>", "") + end + "<|start|>assistant");
    }

    @Test
    void whatThePolicyLeavesOutGoesWithItsTokens() {
        TokenHistory history = asked(SINCE_LAST_FINAL)
                .withGenerated(tokens("<|channel|>analysis<|message|>Dry, I guess.<|end|><|start|>assistant"
                        + "<|channel|>final<|message|>No.<|return|>"))
                .with(List.of(Message.user("And in Oslo?")));

        assertThat(TOKENIZER.decode(history.prompt()))
                .doesNotContain("I guess")
                .contains(
                        "<|start|>assistant<|channel|>final<|message|>No.<|end|><|start|>user<|message|>And in Oslo?");
        assertThat(history.conversation().messages()).contains(Message.analysis("Dry, I guess."));
    }

    @Test
    void whatAModelSaysForOthersIsLeftOut() {
        TokenHistory history = asked(KEEP_ALL)
                .withGenerated(
                        tokens("<|channel|>commentary<|message|>Dry.<|end|><|start|>user<|message|>And in Oslo?<|end|>"
                                + "<|start|>assistant<|channel|>final<|message|>Wet.<|return|>"));

        assertThat(TOKENIZER.decode(history.prompt())).doesNotContain("Oslo").contains("Dry.", "Wet.");
        assertThat(history.conversation().messages()).endsWith(Message.preamble("Dry."), Message.answer("Wet."));
    }

    @Test
    void nothingGeneratedIsNothing() {
        TokenHistory history = asked(KEEP_ALL);

        assertThat(history.withGenerated(new int[0]).prompt()).isEqualTo(history.prompt());
    }

    private static TokenHistory read(String json, List<String> discarded) {
        return TokenHistory.fromJson(json, new HarmonyRenderer(TOKENIZER, KEEP_ALL), discarded::add);
    }

    @Test
    void jsonHasTheTokensBesideWhatWasGenerated() {
        TokenHistory history = asked(KEEP_ALL).withGenerated(tokens("<|channel|>analysis<|message|>Hm.<|end|>"));
        String json = history.toJson();

        assertThat(asked(KEEP_ALL).toJson()).isEqualTo(QUESTION.toJson());
        assertThat(json)
                .startsWith(QUESTION.toJson().substring(0, QUESTION.toJson().length() - 2))
                .endsWith(",{\"role\":\"assistant\",\"content\":\"Hm.\",\"channel\":\"analysis\","
                        + "\"sampled_tokens\":[200006,173781,200005,35644,200008,198558,13,200007]}]}");
    }

    @Test
    void ofMessagesThatWereReadTogetherTheFirstHasTheTokens() {
        TokenHistory history = asked(KEEP_ALL)
                .withGenerated(
                        tokens("<|channel|>analysis<|message|>Look.<|channel|>commentary to=functions.get_weather"
                                + "<|message|>{}<|call|>"))
                .with(RESULT);
        List<String> discarded = new ArrayList<>();

        assertThat(history.toJson()).contains("200012]}", "\"sampled_tokens\":[]}");
        assertThat(read(history.toJson(), discarded).prompt()).isEqualTo(history.prompt());
        assertThat(read(history.toJson(), discarded).toJson()).isEqualTo(history.toJson());
        assertThat(discarded).isEmpty();
        // a policy that leaves out one of them leaves the other one, rendered
        TokenHistory answered = history.withGenerated(tokens("<|channel|>final<|message|>No.<|return|>"))
                .withAnalysisPolicy(AnalysisPolicy.SINCE_LAST_FINAL);
        assertThat(TOKENIZER.decode(answered.prompt()))
                .doesNotContain("Look.")
                .contains("<|start|>assistant to=functions.get_weather<|channel|>commentary<|message|>{}<|call|>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Hm.; So.", // the text was changed
                "\"channel\":\"analysis\"; \"channel\":\"commentary\"",
                "\"role\":\"assistant\"; \"role\":\"user\"",
                "200008,198558; 200008,200008,198558,198558",
                "198558; 198558.5",
                "198558; 4000000000",
                "198558; 40000000000000000000000",
                "198558; true",
                "198558; -1",
                "198558; 300000",
                "200006,173781,200005,35644,200008,198558,13,200007; ''",
                "[200006,173781,200005,35644,200008,198558,13,200007]; {}",
                "200007]; 200007,200006,173781,200005,35644,200008,198558,13,200007]",
            })
    void tokensThatDoNotParseToTheirMessageAreDiscarded(String found, String replacement) {
        String json = asked(KEEP_ALL)
                .withGenerated(tokens("<|channel|>analysis<|message|>Hm.<|end|>"))
                .with(List.of(Message.user("And?")))
                .toJson()
                .replace(found, replacement);
        List<String> discarded = new ArrayList<>();
        TokenHistory read = read(json, discarded);

        assertThat(discarded)
                .containsExactly("expected the tokens of the message but found others at $.messages[3].sampled_tokens;"
                        + " they are discarded, and the message is rendered");
        assertThat(read.conversation()).isEqualTo(Conversation.fromJson(json));
        assertThat(read.prompt())
                .isEqualTo(new HarmonyRenderer(TOKENIZER, KEEP_ALL)
                        .renderForCompletion(Conversation.fromJson(json), Role.ASSISTANT));
    }

    @Test
    void tokensOfOneMessageAreNoReasonToDiscardThoseOfAnother() {
        TokenHistory history = asked(KEEP_ALL)
                .withGenerated(tokens("<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant"
                        + "<|channel|>commentary to=functions.get_weather<|message|>{}<|call|>"))
                .with(RESULT)
                .withGenerated(tokens("<|channel|>final<|message|>Dry.<|return|>"));
        List<String> discarded = new ArrayList<>();
        TokenHistory read = read(history.toJson().replace("\"Hm.\"", "\"So.\""), discarded);

        assertThat(discarded).hasSize(1);
        assertThat(TOKENIZER.decode(read.prompt()))
                .contains("So.", "<|start|>assistant<|channel|>commentary to=functions.get_weather<|message|>{}");
    }

    @Test
    void whatIsSampledMustSayWhatIsSaid() {
        int[] sampled = tokens("<|start|>assistant<|channel|>commentary to=functions.getWeather<|message|>{}<|call|>");
        Message call = Message.call(GET_WEATHER, "{}").withContentType(null);

        assertThat(asked(KEEP_ALL).withSampled(sampled, List.of(call)))
                .hasValueSatisfying(history -> assertThat(history.prompt())
                        .startsWith(joined(
                                Arrays.copyOf(
                                        asked(KEEP_ALL).prompt(),
                                        asked(KEEP_ALL).prompt().length - 2),
                                sampled)));
        assertThat(asked(KEEP_ALL).withSampled(sampled, List.of(call.withRecipient(Recipient.function("get_time")))))
                .isEmpty();
        assertThat(asked(KEEP_ALL).withSampled(sampled, List.of())).isEmpty();
        assertThat(asked(KEEP_ALL).withSampled(sampled, List.of(Message.answer("{}"))))
                .isEmpty();
        assertThat(asked(KEEP_ALL).withSampled(new int[0], List.of())).isPresent();
    }

    @Test
    void instructionsInTheMiddleChangeNothingBeforeThem() {
        TokenHistory history = asked(KEEP_ALL).withGenerated(tokens("<|channel|>final<|message|>No.<|return|>"));
        TokenHistory next = history.with(List.of(Message.developer(Content.developer("Be brief."))));

        assertThat(next.prompt()).startsWith(Arrays.copyOf(history.prompt(), history.prompt().length - 1));
    }
}
