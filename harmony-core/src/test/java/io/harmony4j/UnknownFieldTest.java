package io.harmony4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link Conversation#fromJson(String, java.util.function.Consumer)} tells of fields that the format does not have. */
class UnknownFieldTest {
    private static final String THOUGHT = "; a chain of thought is a message of its own, on the channel \"analysis\"";
    private static final String SYSTEM = " is a field of content of the type \"system_content\"";

    private static List<String> ignored(String json) {
        List<String> ignored = new ArrayList<>();
        Conversation conversation = Conversation.fromJson(json, ignored::add);
        assertThat(conversation).isEqualTo(Conversation.fromJson(json));
        return ignored;
    }

    /** Returns a conversation of one message of each kind, with one field more wherever the format has an object. */
    private static String everywhere(String field) {
        return """
                {"messages":[
                  {"role":"system","content":[{"type":"system_content","tools":{"b":{"name":"b","tools":[],FIELD}},
                    "channel_config":{"valid_channels":[],"channel_required":true,FIELD},FIELD}],FIELD},
                  {"role":"developer","content":[{"type":"developer_content","tools":{"my tools":{"name":"f","tools":[
                    {"name":"f","description":"","parameters":{"x":1},FIELD}]}},
                    "response_formats":[{"name":"a","description":"","schema":{"x":1},FIELD}],FIELD}]},
                  {"role":"user","content":[{"type":"text","text":"hi"},{"type":"text","text":"hi",FIELD}]}],
                FIELD}""".replace("FIELD", field);
    }

    @Test
    void areNamedAtEveryLevelWithTheirPath() {
        assertThat(ignored(everywhere("\"weight\":{\"weight\":[]}")))
                .map(sentence -> sentence.replaceAll("expected only fields of (.*) \\(line .*", "$1"))
                .containsExactlyInAnyOrder(
                        "a conversation but found \"weight\" at $.weight",
                        "a message but found \"weight\" at $.messages[0].weight",
                        "system content but found \"weight\" at $.messages[0].content[0].weight",
                        "a tool namespace but found \"weight\" at $.messages[0].content[0].tools.b.weight",
                        "a channel config but found \"weight\" at $.messages[0].content[0].channel_config.weight",
                        "developer content but found \"weight\" at $.messages[1].content[0].weight",
                        "a tool but found \"weight\" at $.messages[1].content[0].tools[\"my tools\"].tools[0].weight",
                        "a response format but found \"weight\" at"
                                + " $.messages[1].content[0].response_formats[0].weight",
                        "text content but found \"weight\" at $.messages[2].content[1].weight");
    }

    @Test
    void theSentenceSaysWhatWasExpectedAndFoundAndWhere() {
        assertThat(ignored("{\"messages\":[\n  {\"role\":\"user\",\"content\":\"\",\"weight\":1}]}"))
                .containsExactly("expected only fields of a message but found \"weight\" at $.messages[0].weight"
                        + " (line 2, column 40)");
    }

    @Test
    void noFieldOfTheFormatIsNamed() {
        String json = everywhere("\"x\":1").replace(",\"x\":1", "").replace(",\n\"x\":1", "");

        assertThat(ignored(json)).isEmpty();
        assertThat(ignored("[[{\"role\":{\"user\":{}},\"content\":[[\"text\",\"hi\"]]}]]"))
                .isEmpty();
    }

    @Test
    void theTypeIsAFieldOfContentAlone() {
        assertThat(ignored("{\"messages\":[{\"type\":\"message\",\"role\":\"user\",\"content\":[]}]}"))
                .singleElement()
                .asString()
                .contains("found \"type\" at $.messages[0].type");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "contentType|; did you mean \"content_type\"?",
                "chanel|; did you mean \"channel\"?",
                "Name|; did you mean \"name\"?",
                "tool_calls|; a call is a message of its own, whose \"recipient\" is the tool",
                "function_call|; a call is a message of its own, whose \"recipient\" is the tool",
                "tool_call_id|; a tool's answer has the tool's full name as its \"name\"",
                "reasoning_content|" + THOUGHT,
                "thinking|" + THOUGHT,
                "reasoning_effort|; \"reasoning_effort\"" + SYSTEM,
                "reasoningEffort|; \"reasoning_effort\"" + SYSTEM,
                "response_formats|; \"response_formats\" is a field of content of the type \"developer_content\"",
                "author|; \"role\" and \"name\" of the author are fields of the message itself",
                "id|``",
                "\\ud83d\\udc96|``",
            })
    void ofAMessageSayWhatTheyMayBeMeantFor(String name, String remedy) {
        assertThat(ignored("{\"messages\":[{\"role\":\"user\",\"content\":\"\",\"" + name + "\":1}]}"))
                .singleElement()
                .asString()
                .endsWith(")" + remedy);
    }

    @Test
    void ofAToolSayWhatTheyMayBeMeantFor() {
        assertThat(ignored(everywhere("\"inputSchema\":{}")))
                .filteredOn(sentence -> sentence.contains("fields of a tool but"))
                .singleElement()
                .asString()
                .endsWith("; the JSON Schema of a tool's arguments is its field \"parameters\"");
    }

    @Test
    void areNotToldOfAConversationThatIsRefusedForAMissingField() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ignored("{\"messages\":[{\"role\":\"user\",\"contents\":\"hi\"}]}"))
                .withMessageEndingWith("; is \"contents\" meant to be this field?");
    }
}
