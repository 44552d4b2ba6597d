package io.harmony4j.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrippedTextTest {
    private static final ParseOptions STRIPPED =
            ParseOptions.forRole(Role.ASSISTANT).stripped();

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "analysisLet me see.assistantfinalHello. # Let me see. # Hello.",
                "analysisThe user wants x.assistantanalysisSecond.assistantfinalDone # The user wants x.\\nSecond. # Done",
                "finalHello # `` # Hello",
                "finally, an answer # `` # finally, an answer",
                "analysis of the data # `` # analysis of the data",
                "The analysis is final. # `` # The analysis is final.",
                "The assistant said so. # `` # The assistant said so.",
                "commentaryI will look. # `` # I will look.",
                "analysis # `` # ``",
                "assistantanalysisHm.assistantfinalHi # Hm. # Hi",
                "assistance is near # `` # assistance is near",
            })
    void channelsAreToldApartByTheirWords(String text, String reasoning, String content) {
        for (Parts view : List.of(tokenByToken(text), letterByLetter(text))) {
            assertThat(view.reasoning()).isEqualTo(reasoning.replace("\\n", "\n"));
            assertThat(view.content()).isEqualTo(content);
        }
    }

    @Test
    void callsAreFound() {
        for (String header : List.of(
                "commentary to=functions.get_weather json",
                "commentary to=functions.get_weather",
                "commentary to=functions.get_weather code ",
                " to=functions.get_weathercommentary json",
                "analysis to=functions.get_weather json")) {
            String text = "analysisNeed weather.assistant" + header + "{\"city\":\"SF\"}assistantfinalSunny.";
            for (Parts view : List.of(tokenByToken(text), letterByLetter(text))) {
                assertThat(view.calls()).containsExactly(new Parts.Call("get_weather", "{\"city\":\"SF\"}"));
                assertThat(view.reasoning()).isEqualTo("Need weather.");
                assertThat(view.content()).isEqualTo("Sunny.");
            }
        }
    }

    @Test
    void specialTokensThatAreThereAfterAllCount() {
        assertThat(tokenByToken("analysisLet me see.<|end|><|start|>assistant<|channel|>final<|message|>Hello")
                        .content())
                .isEqualTo("Hello");
    }

    private static Parts tokenByToken(String text) {
        return Parts.of(TokenStreams.messages(STRIPPED, TokenStreams.tokens(text.strip())));
    }

    private static Parts letterByLetter(String text) {
        TextParser parser = new TextParser(STRIPPED, event -> {});
        text.strip().chars().forEach(c -> parser.accept(Character.toString(c)));
        parser.finish();
        return Parts.of(parser.messages());
    }
}
