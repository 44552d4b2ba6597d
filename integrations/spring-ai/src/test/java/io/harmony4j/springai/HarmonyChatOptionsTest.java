package io.harmony4j.springai;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.ReasoningEffort;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;

class HarmonyChatOptionsTest {
    private static final HarmonyChatOptions ALL = HarmonyChatOptions.builder()
            .model("gpt-oss-20b")
            .frequencyPenalty(0.0)
            .maxTokens(100)
            .presencePenalty(0.0)
            .stopSequences(List.of("END"))
            .temperature(0.5)
            .topK(40)
            .topP(0.9)
            .toolCallbacks(new Weather().callback())
            .toolContext(Map.of("key", "value"))
            .reasoningEffort(ReasoningEffort.LOW)
            .seed(7L)
            .toolChoice(ToolChoice.REQUIRED)
            .outputSchema("{}")
            .build();

    @Test
    void aBuilderOfOptionsMakesThemAgain() {
        assertThat(ALL.mutate().build()).isEqualTo(ALL).hasSameHashCodeAs(ALL).hasNoNullFieldsOrProperties();
        assertThat(ALL.mutate().clone().build()).isEqualTo(ALL);
    }

    @Test
    void eachOptionCounts() {
        assertThat(List.of(
                        ALL.mutate().model("other").build(),
                        ALL.mutate().temperature(null).build(),
                        ALL.mutate().reasoningEffort(ReasoningEffort.HIGH).build(),
                        ALL.mutate().seed(8L).build(),
                        ALL.mutate().toolChoice(null).build(),
                        ALL.mutate().outputSchema(null).build()))
                .doesNotContain(ALL)
                .doesNotHaveDuplicates();
        assertThat((Object) ALL).isNotEqualTo(ChatOptions.builder().build());
    }

    @Test
    void choicesOfToolsAreWhatTheySay() {
        assertThat(ToolChoice.tool("get_weather"))
                .isEqualTo(ToolChoice.tool("get_weather"))
                .hasSameHashCodeAs(ToolChoice.tool("get_weather"))
                .hasToString("tool(\"get_weather\")");
        assertThat(ToolChoice.REQUIRED).hasToString("REQUIRED");
        assertThat(List.of(
                        ToolChoice.AUTO,
                        ToolChoice.NONE,
                        ToolChoice.REQUIRED,
                        ToolChoice.tool("get_weather"),
                        ToolChoice.tool("get_time")))
                .doesNotHaveDuplicates();
        assertThat((Object) ToolChoice.NONE).isNotEqualTo("NONE");
    }

    @Test
    void whatIsSetElsewhereWins() {
        HarmonyChatOptions none = HarmonyChatOptions.builder().build();
        assertThat(none.mutate().combineWith(ALL.mutate()).build()).isEqualTo(ALL);
        assertThat(ALL.mutate().combineWith(none.mutate()).build()).isEqualTo(ALL);
        assertThat(ALL.mutate()
                        .combineWith(HarmonyChatOptions.builder().seed(8L).reasoningEffort(ReasoningEffort.HIGH))
                        .build())
                .isEqualTo(ALL.mutate()
                        .seed(8L)
                        .reasoningEffort(ReasoningEffort.HIGH)
                        .build());
    }

    @Test
    void optionsOfOtherClassesSayWhatTheyCan() {
        HarmonyChatOptions combined = ALL.mutate()
                .combineWith(
                        StructuredOutputChatOptions.builder().temperature(1.0).outputSchema("{\"type\":\"array\"}"))
                .build();
        assertThat(combined)
                .isEqualTo(ALL.mutate()
                        .temperature(1.0)
                        .outputSchema("{\"type\":\"array\"}")
                        .build());
    }
}
