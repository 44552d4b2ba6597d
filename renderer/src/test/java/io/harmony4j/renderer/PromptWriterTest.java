package io.harmony4j.renderer;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Channel;
import io.harmony4j.ChannelConfig;
import io.harmony4j.Content;
import io.harmony4j.ReasoningEffort;
import io.harmony4j.ResponseFormat;
import io.harmony4j.ToolDescription;
import io.harmony4j.ToolNamespace;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PromptWriterTest {

    /** The text written; its tokens are those of the whole text. */
    private static String written(Consumer<PromptWriter> content) {
        TokenWriter out = Fragments.writer();
        content.accept(new PromptWriter(out, PromptText.OPENAI));
        String text = Fragments.text(out.toArray());
        assertThat(out.toArray()).isEqualTo(Fragments.tokens(text));
        return text;
    }

    @Nested
    class System {
        private static String text(Content.System system) {
            return written(prompt -> prompt.write(system, false));
        }

        private static String textWithFunctionTools(Content.System system) {
            return written(prompt -> prompt.write(system, true));
        }

        @Test
        void hasItsSectionsInOrder() {
            Content.System system = Content.System.DEFAULT
                    .withReasoningEffort(ReasoningEffort.HIGH)
                    .withConversationStartDate(LocalDate.of(2025, 6, 28))
                    .withTools(new ToolNamespace("python", "Runs code.", List.of()));

            assertThat(text(system)).isEqualTo("""
                    You are ChatGPT, a large language model trained by OpenAI.
                    Knowledge cutoff: 2024-06
                    Current date: 2025-06-28

                    Reasoning: high

                    # Tools

                    ## python

                    Runs code.

                    # Valid channels: analysis, commentary, final. Channel must be included for every message.""");
        }

        @Test
        void isEmptyWhereNothingIsSet() {
            assertThat(text(Content.System.EMPTY)).isEmpty();
        }

        @Test
        void leavesOutWhatIsAbsent() {
            assertThat(text(Content.System.EMPTY.withKnowledgeCutoff("2024-06")))
                    .isEqualTo("Knowledge cutoff: 2024-06");
            assertThat(text(new Content.System(null, null, null, "today", null, null)))
                    .isEqualTo("Current date: today");
            assertThat(text(Content.System.EMPTY.withReasoningEffort(ReasoningEffort.LOW)))
                    .isEqualTo("Reasoning: low");
        }

        @Test
        void keepsWhatIsEmpty() {
            Content.System empty = Content.System.EMPTY.withModelIdentity("");

            assertThat(text(empty)).isEmpty();
            assertThat(text(empty.withKnowledgeCutoff(""))).isEqualTo("\nKnowledge cutoff: ");
            assertThat(text(empty.withReasoningEffort(ReasoningEffort.LOW))).isEqualTo("\n\nReasoning: low");
        }

        @Test
        void hasNoSectionForNoTools() {
            Content.System system = new Content.System("I", null, Map.of(), null, null, null);

            assertThat(text(system)).isEqualTo("I");
        }

        @Test
        void saysNothingAboutNoChannelsEvenIfOneIsRequired() {
            assertThat(textWithFunctionTools(Content.System.EMPTY.withChannelConfig(ChannelConfig.require())))
                    .isEmpty();
        }

        @Test
        void namesChannelsThatAreNotRequired() {
            ChannelConfig config = new ChannelConfig(List.of(Channel.FINAL, Channel.of("x y")), false);

            assertThat(text(Content.System.EMPTY.withChannelConfig(config))).isEqualTo("# Valid channels: final, x y.");
        }

        @Test
        void saysWhereCallsOfFunctionToolsGo() {
            ChannelConfig config = new ChannelConfig(List.of(Channel.FINAL), false);

            assertThat(textWithFunctionTools(Content.System.EMPTY.withChannelConfig(config)))
                    .isEqualTo("""
                    # Valid channels: final.
                    Calls to these tools must go to the commentary channel: 'functions'.""");
        }
    }

    @Nested
    class Developer {
        private static String text(Content.Developer developer) {
            return written(prompt -> prompt.write(developer));
        }

        @Test
        void hasInstructionsBeforeTools() {
            Content.Developer developer = Content.Developer.EMPTY
                    .withInstructions("Be brief.\n")
                    .withFunctions(ToolDescription.of("f", "F."));

            assertThat(text(developer)).isEqualTo("""
                    # Instructions

                    Be brief.


                    # Tools

                    ## functions

                    namespace functions {

                    // F.
                    type f = () => any;

                    } // namespace functions""");
        }

        @Test
        void endsWithResponseFormats() {
            Content.Developer developer = Content.developer("Be brief.", ToolDescription.of("f", "F."))
                    .withResponseFormats(
                            ResponseFormat.of("a", null, "{\"type\": \"object\"}"),
                            ResponseFormat.of("b", "One.\n\r\nTwo.\n", "{\"z\": \"é\", \"a\": null}"));

            assertThat(text(developer)).isEqualTo("""
                    # Instructions

                    Be brief.

                    # Tools

                    ## functions

                    namespace functions {

                    // F.
                    type f = () => any;

                    } // namespace functions

                    # Response Formats

                    ## a

                    {"type":"object"}

                    ## b

                    // One.
                    //\s
                    // Two.
                    {"z":"é","a":null}""");
        }

        @Test
        void hasResponseFormatsAlone() {
            assertThat(text(Content.Developer.EMPTY.withResponseFormats(ResponseFormat.JSON_OBJECT)))
                    .isEqualTo("# Response Formats\n\n## json\n\n{\"type\":\"object\"}");
        }

        /** A full stop and the blank line after it are one token; two parts of a message would cut them apart. */
        @Test
        void isOneTextWithItsResponseFormats() {
            Content.Developer instructions = Content.developer("Be brief.");
            TokenWriter whole = Fragments.writer();
            TokenWriter apart = Fragments.writer();

            new PromptWriter(whole, PromptText.OPENAI)
                    .write(instructions.withResponseFormats(ResponseFormat.JSON_OBJECT));
            new PromptWriter(apart, PromptText.OPENAI).write(instructions);
            apart.text("\n\n# Response Formats\n\n## json\n\n{\"type\":\"object\"}");

            assertThat(Fragments.text(apart.toArray())).isEqualTo(Fragments.text(whole.toArray()));
            assertThat(whole.size()).isEqualTo(apart.size() - 1);
        }

        @Test
        void isEmptyWhereNothingIsSet() {
            assertThat(text(Content.Developer.EMPTY)).isEmpty();
            assertThat(text(new Content.Developer(null, Map.of()))).isEmpty();
        }

        @Test
        void hasASectionForEmptyInstructions() {
            assertThat(text(Content.Developer.EMPTY.withInstructions(""))).isEqualTo("# Instructions\n\n");
        }

        @Test
        void separatesNamespacesByABlankLine() {
            Content.Developer developer = Content.Developer.EMPTY
                    .withTools(new ToolNamespace("a", "One.", List.of()))
                    .withTools(new ToolNamespace("b", "Two.", List.of()));

            assertThat(text(developer)).isEqualTo("""
                    # Tools

                    ## a

                    One.

                    ## b

                    Two.""");
        }

        @Test
        void ordersNamespacesByTheBytesOfTheirKeysAndNamesThemByTheirNames() {
            Content.Developer developer = new Content.Developer(
                    null,
                    Map.of(
                            "\ud801\udc37", new ToolNamespace("third", null, List.of()),
                            "\uffff", new ToolNamespace("second", null, List.of()),
                            "a", new ToolNamespace("first", null, List.of())));

            assertThat(text(developer)).isEqualTo("# Tools\n\n## first\n\n\n## second\n\n\n## third\n");
        }
    }
}
