package io.harmony4j;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContentTest {
    private static final ToolDescription F = ToolDescription.of("f", "does f");
    private static final ToolDescription G = ToolDescription.of("g", "does g");

    @Test
    void theDefaultSystemContentIsWhatModelsWereTrainedWith() {
        assertThat(Content.System.DEFAULT)
                .isEqualTo(new Content.System(
                        "You are ChatGPT, a large language model trained by OpenAI.",
                        ReasoningEffort.MEDIUM,
                        null,
                        null,
                        "2024-06",
                        new ChannelConfig(List.of(Channel.ANALYSIS, Channel.COMMENTARY, Channel.FINAL), true)));
    }

    @Test
    void nothingIsSetInTheEmptyContents() {
        assertThat(Content.System.EMPTY).hasAllNullFieldsOrProperties();
        assertThat(Content.Developer.EMPTY).hasAllNullFieldsOrPropertiesExcept("responseFormats");
        assertThat(Content.Developer.EMPTY.responseFormats()).isEmpty();
    }

    @Test
    void withChangesOnePartOfACopy() {
        Content.System system = Content.System.EMPTY
                .withModelIdentity("me")
                .withReasoningEffort(ReasoningEffort.LOW)
                .withTools(ToolNamespace.python())
                .withConversationStartDate(LocalDate.of(2025, 6, 28))
                .withKnowledgeCutoff("2024-06")
                .withChannelConfig(ChannelConfig.require(Channel.FINAL));

        assertThat(system)
                .isEqualTo(new Content.System(
                        "me",
                        ReasoningEffort.LOW,
                        Map.of("python", ToolNamespace.python()),
                        "2025-06-28",
                        "2024-06",
                        ChannelConfig.require(Channel.FINAL)));
        assertThat(system.withModelIdentity(null)
                        .withReasoningEffort(null)
                        .withConversationStartDate(null)
                        .withKnowledgeCutoff(null)
                        .withChannelConfig(null)
                        .tools())
                .isEqualTo(system.tools());
        assertThat(Content.System.EMPTY.modelIdentity()).isNull();
    }

    @Test
    void developerContentIsMadeInOneCall() {
        assertThat(Content.developer("Be brief.", F, G))
                .isEqualTo(Content.Developer.EMPTY.withInstructions("Be brief.").withFunctions(F, G));
        assertThat(Content.developer("Be brief.").tools()).isNull();
    }

    @Test
    void functionsReplaceThoseBeforeAndKeepOtherNamespaces() {
        Content.Developer developer = Content.Developer.EMPTY
                .withInstructions("Be brief.")
                .withFunctions(F)
                .withTools(ToolNamespace.browser())
                .withFunctions(G);

        assertThat(developer.instructions()).isEqualTo("Be brief.");
        assertThat(developer.tools())
                .isEqualTo(Map.of("browser", ToolNamespace.browser(), "functions", ToolNamespace.functions(G)));
    }

    @Test
    void responseFormatsReplaceThoseBeforeAndStayWithOtherChanges() {
        Content.Developer developer = Content.developer("Be brief.", F)
                .withResponseFormats(ResponseFormat.of("a", null, "{}"))
                .withResponseFormats(ResponseFormat.JSON_OBJECT, ResponseFormat.of("b", null, "{}"));

        assertThat(developer.responseFormats()).extracting(ResponseFormat::name).containsExactly("json", "b");
        assertThat(developer.withInstructions(null).withFunctions(G).responseFormats())
                .isEqualTo(developer.responseFormats());
        assertThat(developer.withResponseFormats()).isEqualTo(Content.developer("Be brief.", F));
    }

    @Test
    void laterChangesToTheListOfResponseFormatsDoNotReachTheContent() {
        List<ResponseFormat> formats = new ArrayList<>(List.of(ResponseFormat.JSON_OBJECT));
        Content.Developer developer = new Content.Developer(null, null, formats);

        formats.clear();

        assertThat(developer.responseFormats()).hasSize(1).isUnmodifiable();
    }

    @Test
    void namespacesAreInTheOrderOfTheirKeysUtf8Bytes() {
        Map<String, ToolNamespace> tools = new LinkedHashMap<>();
        for (String key : List.of("💖", "b", "\ue000", "", "a", "B")) {
            tools.put(key, ToolNamespace.functions(F));
        }

        Content.Developer developer = new Content.Developer(null, tools);

        assertThat(requireNonNull(developer.tools()).keySet()).containsExactly("", "B", "a", "b", "\ue000", "💖");
    }

    @Test
    void laterChangesToTheMapOfToolsDoNotReachTheContent() {
        Map<String, ToolNamespace> tools = new LinkedHashMap<>(Map.of("functions", ToolNamespace.functions(F)));
        Content.System system = new Content.System(null, null, tools, null, null, null);
        Content.Developer developer = new Content.Developer(null, tools);

        tools.clear();

        assertThat(system.tools()).hasSize(1).isUnmodifiable();
        assertThat(developer.tools()).hasSize(1).isUnmodifiable();
    }

    @Test
    void channelConfigsCopyTheirChannels() {
        Channel[] channels = {Channel.ANALYSIS, Channel.FINAL};
        ChannelConfig config = ChannelConfig.require(channels);

        channels[0] = Channel.of("other");

        assertThat(config.validChannels())
                .containsExactly(Channel.ANALYSIS, Channel.FINAL)
                .isUnmodifiable();
        assertThat(config.channelRequired()).isTrue();
    }

    @Test
    void effortsHaveAWordForJsonAndOneForThePrompt() {
        assertThat(ReasoningEffort.values())
                .extracting(ReasoningEffort::jsonName)
                .containsExactly("Low", "Medium", "High");
        assertThat(ReasoningEffort.values())
                .extracting(ReasoningEffort::promptWord)
                .containsExactly("low", "medium", "high");
    }
}
