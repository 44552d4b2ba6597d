package io.harmony4j;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link Message#fromJson} and {@link Conversation#fromJson} refuse, with the path and the place of each failure. */
class RefusedJsonTest {
    private static final String HI = "{\"role\":\"user\",\"content\":\"hi\"}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]|a message as an object|a list|$|1",
                "[\"user\",null,null,\"x\",null,null]|a message as an object|a list|$|1",
                "\"hi\"|a message as an object|\"hi\"|$|1",
                "null|a message as an object|null|$|1",
                "{}|the field \"role\"|none|$|1",
                "{\"content\":\"x\"}|the field \"role\"|none|$|1",
                "{\"author\":{\"role\":\"user\"},\"content\":\"x\"}|the field \"role\"|none|$|1",
                "{\"role\":\"user\"}|the field \"content\"|none|$|1",
                "{\"role\":\"user\",\"content\":\"x\",\"role\":\"user\"}|the field \"role\" once|it twice|$|37",
                "{\"role\":\"user\",\"name\":null,\"name\":null,\"content\":\"x\"}|"
                        + "the field \"name\" once|it twice|$|35",
                "{\"role\":\"user\",\"content\":\"x\",\"content\":\"x\"}|the field \"content\" once|it twice|$|40",
            })
    void whatIsNotAnObjectOfAMessagesFields(String json, String expected, String found, String path, int column) {
        refused(json, expected, found, path, column);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"robot\"|a role (user, assistant, system, developer, tool)|\"robot\"",
                "\"User\"|a role (user, assistant, system, developer, tool)|\"User\"",
                "\"\"|a role (user, assistant, system, developer, tool)|\"\"",
                "{\"robot\":null}|a role (user, assistant, system, developer, tool)|an object",
                "{\"user\":1}|a string|an object",
                "{\"user\":null,\"tool\":null}|a string|an object",
                "{}|a string|an object",
                "null|a string|null",
                "3|a string|3",
                "[\"user\"]|a string|a list",
            })
    void whatIsNotARole(String role, String expected, String found) {
        refused("{\"role\":" + role + ",\"content\":\"x\"}", expected, found, "$.role", 9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "recipient", "channel", "content_type"})
    void whatIsNotTextInATextField(String field) {
        int column = HI.length() + field.length() + 4;

        refused(HI.replace("}", ",\"" + field + "\":5}"), "a string", "5", "$." + field, column);
        refused(HI.replace("}", ",\"" + field + "\":[]}"), "a string", "a list", "$." + field, column);
        refused(HI.replace("}", ",\"" + field + "\":true}"), "a string", "true", "$." + field, column);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "null|a string or a list of content|null||0",
                "5|a string or a list of content|5||0",
                "1.50|a string or a list of content|1.5||0",
                "{}|a string or a list of content|an object||0",
                "[\"x\"]|content as an object|\"x\"|[0]|1",
                "[null]|content as an object|null|[0]|1",
                "[[]]|content as an object|a list|[0]|1",
                "[{}]|the field \"type\"|none|[0]|1",
                "[{\"text\":\"x\"}]|the field \"type\"|none|[0]|1",
                "[{\"type\":null}]|a string|null|[0].type|9",
                "[{\"type\":\"image\"}]|a type of content (text, system_content, developer_content)|\"image\"|"
                        + "[0].type|9",
                "[{\"type\":\"text\"}]|the field \"text\"|none|[0]|1",
                "[{\"type\":\"text\",\"text\":1}]|a string|1|[0].text|23",
                "[{\"type\":\"text\",\"text\":null}]|a string|null|[0].text|23",
                "[{\"type\":\"text\",\"text\":\"a\",\"text\":\"b\"}]|the field \"text\" once|it twice|[0]|34",
                "[{\"type\":\"text\",\"text\":\"a\",\"type\":\"text\"}]|the field \"type\" once|it twice|[0]|34",
                "[[\"text\",{\"text\":\"x\"}]]|a string|an object|[0].text|9",
                "[[\"text\"]]|text content as an object|a list|[0]|1",
                "[[\"text\",\"x\",\"y\"]]|text content as an object|a list|[0]|1",
                "[[\"image\"]]|a type of content (text, system_content, developer_content)|\"image\"|[0].type|2",
                "[[\"developer_content\",null]]|developer content as an object|a list|[0]|1",
                "[[\"developer_content\",null,null,[]]]|developer content as an object|a list|[0]|1",
                "[{\"type\":\"text\",\"text\":\"a\"},7]|content as an object|7|[1]|28",
            })
    void whatIsNotContent(String content, String expected, String found, String path, int column) {
        String before = "{\"role\":\"user\",\"content\":";
        String rest = path == null ? "" : path;
        refused(before + content + "}", expected, found, "$.content" + rest, before.length() + 1 + column);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"reasoning_effort\":\"low\"|an effort (Low, Medium, High)|\"low\"|.reasoning_effort",
                "\"reasoning_effort\":2|a string|2|.reasoning_effort",
                "\"model_identity\":5|a string|5|.model_identity",
                "\"knowledge_cutoff\":2024|a string|2024|.knowledge_cutoff",
                "\"conversation_start_date\":{}|a string|an object|.conversation_start_date",
                "\"channel_config\":5|a channel config as an object|5|.channel_config",
                "\"channel_config\":[[]]|a channel config as an object|a list|.channel_config",
                "\"channel_config\":{}|the field \"valid_channels\"|none|.channel_config",
                "\"channel_config\":{\"valid_channels\":[]}|the field \"channel_required\"|none|.channel_config",
                "\"channel_config\":{\"channel_required\":true}|the field \"valid_channels\"|none|.channel_config",
                "\"channel_config\":{\"valid_channels\":null,\"channel_required\":true}|a list of channels|null|"
                        + ".channel_config.valid_channels",
                "\"channel_config\":{\"valid_channels\":[\"a\",1],\"channel_required\":true}|a string|1|"
                        + ".channel_config.valid_channels[1]",
                "\"channel_config\":{\"valid_channels\":[],\"channel_required\":0}|true or false|0|"
                        + ".channel_config.channel_required",
                "\"model_identity\":null,\"model_identity\":null|the field \"model_identity\" once|it twice|",
                "\"tools\":[]|an object of tool namespaces|a list|.tools",
                "\"tools\":{\"b\":null}|a tool namespace as an object|null|.tools.b",
                "\"tools\":{\"b\":{\"tools\":[]}}|the field \"name\"|none|.tools.b",
                "\"tools\":{\"b\":{\"name\":\"b\"}}|the field \"tools\"|none|.tools.b",
                "\"tools\":{\"b\":{\"name\":\"b\",\"description\":1,\"tools\":[]}}|a string|1|.tools.b.description",
                "\"tools\":{\"b\":{\"name\":\"b\",\"tools\":{}}}|a list of tools|an object|.tools.b.tools",
                "\"tools\":{\"b\":{\"name\":\"b\",\"tools\":[\"f\"]}}|a tool as an object|\"f\"|.tools.b.tools[0]",
                "\"tools\":{\"b\":{\"name\":\"b\",\"tools\":[{\"name\":\"f\"}]}}|the field \"description\"|none|"
                        + ".tools.b.tools[0]",
                "\"tools\":{\"b\":{\"name\":\"b\",\"tools\":[{\"name\":\"f\",\"description\":null}]}}|a string|null|"
                        + ".tools.b.tools[0].description",
                "\"tools\":{\"b\":{\"name\":\"b\",\"tools\":[{\"description\":\"d\"}]}}|the field \"name\"|none|"
                        + ".tools.b.tools[0]",
            })
    void whatIsNotSystemContent(String fields, String expected, String found, String path) {
        String rest = path == null ? "" : path;
        refused(
                "{\"role\":\"system\",\"content\":[{\"type\":\"system_content\"," + fields + "}]}",
                expected,
                found,
                "$.content[0]" + rest);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|a list of response formats|an object|",
                "\"json\"|a list of response formats|\"json\"|",
                "[null]|a response format as an object|null|[0]",
                "[[\"a\",null,{}]]|a response format as an object|a list|[0]",
                "[{\"schema\":{}}]|the field \"name\"|none|[0]",
                "[{\"name\":null,\"schema\":{}}]|a string|null|[0].name",
                "[{\"name\":\"a\"}]|the field \"schema\"|none|[0]",
                "[{\"name\":\"a\",\"description\":[],\"schema\":{}}]|a string|a list|[0].description",
                "[{\"name\":\"a\",\"name\":\"b\",\"schema\":{}}]|the field \"name\" once|it twice|[0]",
                "[{\"name\":\"a\",\"schema\":{}},{\"name\":\"b\",\"schema\":null}]|"
                        + "a JSON Schema (an object, true or false)|null|[1].schema",
                "[{\"name\":\"a\",\"schema\":\"{}\"}]|a JSON Schema (an object, true or false)|\"{}\"|[0].schema",
            })
    void whatIsNotAListOfResponseFormats(String formats, String expected, String found, String path) {
        String rest = path == null ? "" : path;
        refused(
                "{\"role\":\"developer\",\"content\":[{\"type\":\"developer_content\",\"response_formats\":" + formats
                        + "}]}",
                expected,
                found,
                "$.content[0].response_formats" + rest);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|the field \"messages\"|none|$",
                "[]|a conversation as an object|a list|$",
                "[[],[]]|a conversation as an object|a list|$",
                "null|a conversation as an object|null|$",
                "{\"messages\":null}|a list of messages|null|$.messages",
                "{\"messages\":{}}|a list of messages|an object|$.messages",
                "{\"messages\":[],\"messages\":[]}|the field \"messages\" once|it twice|$",
                "{\"messages\":[[]]}|a message as an object|a list|$.messages[0]",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"x\",\"content\":\"\"}]}|"
                        + "a role (user, assistant, system, developer, tool)|\"x\"|$.messages[1].role",
            })
    void whatIsNotAConversation(String json, String expected, String found, String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Conversation.fromJson(json))
                .withMessageStartingWith(
                        "expected " + expected + " but found " + found + " at " + path + " (line 1, column ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[" + HI + "]", "[" + HI + "," + HI + "]", "[[" + HI + "],[]]"})
    void aBareListOfMessagesIsToldHowToBecomeAConversation(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Conversation.fromJson(json))
                .withMessage("expected a conversation as an object but found a list at $ (line 1, column 1);"
                        + " a list of messages goes into one, as in {\"messages\": [...]}");
    }

    @Test
    void aMessageIsNoConversationAndAConversationNoMessage() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Conversation.fromJson(HI))
                .withMessage("expected a conversation but found an object at $ (line 1, column 1);"
                        + " a message goes into a list of messages, as in {\"messages\": [{...}]}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.fromJson("{\"messages\":[" + HI + "]}"))
                .withMessage("expected a message but found an object at $ (line 1, column 1);"
                        + " Conversation.fromJson reads a conversation");
    }

    @Test
    void nestingAndNumbersBeyondTheLimitsHaveTheirPlaceAndAreShortened() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.fromJson("{\n\"content\":" + "[".repeat(50_000_000)))
                .withMessage("expected at most 127 levels of nesting but found 128 (line 2, column 137)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.fromJson("{\n\"content\":" + "7".repeat(50_000_000) + "}"))
                .withMessage("expected a number that a double can hold but found " + "7".repeat(77)
                        + "... (line 2, column 11)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.fromJson(HI.replace("hi", "\ufeff").replace("{", "\ufeff{")))
                .withMessage("expected JSON but found a byte order mark (U+FEFF); leave it out (line 1, column 1)");
    }

    @Test
    void theLineAndColumnAreThoseOfTheValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.fromJson("{\n  \"role\": \"user\",\n  \"content\": \"é\", \"name\": 5\n}"))
                .withMessage("expected a string but found 5 at $.name (line 3, column 27)");
    }

    @Test
    void longTextIsCutInTheMessage() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.fromJson("\"" + "x".repeat(1_000) + "\""))
                .withMessageContaining("found \"" + "x".repeat(76) + "... at $");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"role\":\"user\"", HI + HI, HI + "x", "{'role':'user'}", "\u0000"})
    void whatIsNotJson(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.fromJson(json))
                .withMessageStartingWith("expected ");
        assertThatIllegalArgumentException().isThrownBy(() -> Conversation.fromJson(json));
    }

    @Test
    void unpairedSurrogatesAndNumbersOutOfRangeEvenInUnknownFields() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.fromJson(HI.replace("}", ",\"x\":\"\\ud800\"}")))
                .withMessageContaining("unpaired surrogate");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.fromJson(HI.replace("}", ",\"x\":1e400}")))
                .withMessageContaining("1e400");
    }

    private static void refused(String json, String expected, String found, String path, int column) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.fromJson(json))
                .withMessage("expected " + expected + " but found " + found + " at " + path + " (line 1, column "
                        + column + ")");
    }

    private static void refused(String json, String expected, String found, String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.fromJson(json))
                .withMessageStartingWith(
                        "expected " + expected + " but found " + found + " at " + path + " (line 1, column ");
    }
}
