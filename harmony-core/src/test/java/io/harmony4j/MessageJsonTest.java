package io.harmony4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageJsonTest {
    private static final String HI = "{\"role\":\"user\",\"content\":\"hi\"}";

    @Domain(Conversations.class)
    @Property(tries = 500)
    void whatIsWrittenReadsBackEqual(@ForAll Message message) {
        assertThat(Message.fromJson(message.toJson())).isEqualTo(message);
    }

    @Domain(Conversations.class)
    @Property(tries = 500)
    void whatWasReadIsWrittenTheSameAgain(@ForAll Message message) {
        String json = message.toJson();

        assertThat(Message.fromJson(json).toJson()).isEqualTo(json);
    }

    @Nested
    class Written {
        @Test
        void absentFieldsOfAMessageAreLeftOut() {
            assertThat(Message.user("hi").toJson()).isEqualTo(HI);
        }

        @Test
        void fieldsHaveAFixedOrder() {
            assertThat(Message.of(Author.of(Role.TOOL, "n"), new Content.Text("x"))
                            .withRecipient(Recipient.of("r"))
                            .withChannel(Channel.of("c"))
                            .withContentType(ContentType.JSON)
                            .toJson())
                    .isEqualTo("{\"role\":\"tool\",\"name\":\"n\",\"recipient\":\"r\",\"content\":\"x\","
                            + "\"channel\":\"c\",\"content_type\":\"<|constrain|>json\"}");
        }

        @Test
        void onlyOneTextPartIsAPlainString() {
            Message none = Message.of(Author.of(Role.USER));

            assertThat(none.toJson()).isEqualTo("{\"role\":\"user\",\"content\":[]}");
            assertThat(none.withContent(new Content.Text("a"))
                            .withContent(new Content.Text("b"))
                            .toJson())
                    .isEqualTo("{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},"
                            + "{\"type\":\"text\",\"text\":\"b\"}]}");
        }

        @Test
        void absentFieldsOfContentAndToolsAreNull() {
            assertThat(Message.system(Content.System.EMPTY).toJson())
                    .isEqualTo("{\"role\":\"system\",\"content\":[{\"type\":\"system_content\",\"model_identity\":null,"
                            + "\"reasoning_effort\":null,\"tools\":null,\"conversation_start_date\":null,"
                            + "\"knowledge_cutoff\":null,\"channel_config\":null}]}");
            assertThat(Message.developer(Content.Developer.EMPTY.withFunctions(ToolDescription.of("f", "d")))
                            .toJson())
                    .isEqualTo("{\"role\":\"developer\",\"content\":[{\"type\":\"developer_content\","
                            + "\"instructions\":null,\"tools\":{\"functions\":{\"name\":\"functions\","
                            + "\"description\":null,\"tools\":[{\"name\":\"f\",\"description\":\"d\","
                            + "\"parameters\":null}]}}}]}");
        }

        @Test
        void everyFieldOfSystemContentIsWritten() {
            assertThat(Message.system(Content.System.DEFAULT
                                    .withConversationStartDate("2025-06-28")
                                    .withTools(new ToolNamespace("b", "d", List.of())))
                            .toJson())
                    .isEqualTo("{\"role\":\"system\",\"content\":[{\"type\":\"system_content\","
                            + "\"model_identity\":\"You are ChatGPT, a large language model trained by OpenAI.\","
                            + "\"reasoning_effort\":\"Medium\","
                            + "\"tools\":{\"b\":{\"name\":\"b\",\"description\":\"d\",\"tools\":[]}},"
                            + "\"conversation_start_date\":\"2025-06-28\",\"knowledge_cutoff\":\"2024-06\","
                            + "\"channel_config\":{\"valid_channels\":[\"analysis\",\"commentary\",\"final\"],"
                            + "\"channel_required\":true}}]}");
        }

        @Test
        void parametersKeepTheirOrderAndHaveTheirNumbersWrittenAnew() {
            ToolDescription tool = ToolDescription.of("f", "d", "{\"b\": 1e2, \"a\": -0, \"b\": 1E+16}");

            assertThat(Message.developer(Content.Developer.EMPTY.withFunctions(tool))
                            .toJson())
                    .contains("\"parameters\":{\"b\":1e16,\"a\":-0.0}");
        }
    }

    @Nested
    class Accepted {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{\"content\":\"hi\",\"role\":\"user\"}",
                    " {\"role\":\"user\", \"content\":[{\"type\":\"text\",\"text\":\"hi\"}]} ",
                    "{\"role\":\"user\",\"content\":[{\"text\":\"hi\",\"type\":\"text\",\"annotations\":[]}]}",
                    "{\"role\":\"user\",\"name\":null,\"recipient\":null,\"content\":\"hi\",\"channel\":null}",
                    "{\"content_type\":null,\"role\":\"user\",\"content\":\"hi\"}",
                    "{\"id\":\"1\",\"id\":2,\"role\":\"user\",\"author\":{},\"content\":\"hi\",\"metadata\":{\"role\":0}}",
                    "{\"role\":\"\\u0075ser\",\"cont\\u0065nt\":\"hi\"}",
                })
        void fieldsInAnyOrderUnknownFieldsAndNullForAbsentOnes(String json) {
            assertThat(Message.fromJson(json)).isEqualTo(Message.user("hi"));
        }

        @ParameterizedTest
        @EnumSource(Role.class)
        void everyRole(Role role) {
            assertThat(Message.fromJson("{\"role\":\"" + role.wireName() + "\",\"content\":\"x\"}"))
                    .isEqualTo(Message.of(role, "x"));
        }

        @ParameterizedTest
        @EnumSource(ReasoningEffort.class)
        void everyEffort(ReasoningEffort effort) {
            assertThat(system("\"reasoning_effort\":\"" + effort.jsonName() + "\""))
                    .isEqualTo(Message.system(Content.System.EMPTY.withReasoningEffort(effort)));
        }

        @Test
        void emptyTextIsNotAbsent() {
            assertThat(Message.fromJson(
                            "{\"role\":\"tool\",\"name\":\"\",\"recipient\":\"\",\"content\":\"\",\"channel\":\"\","
                                    + "\"content_type\":\"\"}"))
                    .isEqualTo(Message.of(Author.of(Role.TOOL, ""), new Content.Text(""))
                            .withRecipient(Recipient.of(""))
                            .withChannel(Channel.of(""))
                            .withContentType(ContentType.of("")));
            assertThat(developer("\"instructions\":\"\",\"tools\":{}"))
                    .isEqualTo(Message.developer(new Content.Developer("", Map.of())));
        }

        @Test
        void contentWithoutFieldsHasNoneSet() {
            assertThat(system("\"x\":0")).isEqualTo(Message.system(Content.System.EMPTY));
            assertThat(developer("\"x\":0")).isEqualTo(Message.developer(Content.Developer.EMPTY));
        }

        @Test
        void anyContentInAnyRole() {
            assertThat(Message.fromJson("{\"role\":\"user\",\"content\":[{\"type\":\"system_content\"},"
                                    + "{\"type\":\"text\",\"text\":\"x\"},{\"type\":\"developer_content\"}]}")
                            .content())
                    .containsExactly(Content.System.EMPTY, new Content.Text("x"), Content.Developer.EMPTY);
        }

        @Test
        void ofNamespacesWithTheSameKeyTheLast() {
            assertThat(developer("\"tools\":{\"k\":{\"name\":\"a\",\"tools\":[]},\"k\":{\"name\":\"b\",\"tools\":[]}}"))
                    .isEqualTo(developer("\"tools\":{\"k\":{\"name\":\"b\",\"tools\":[]}}"));
        }

        @Test
        void aListOfTheFieldsInPlaceOfAnObjectOtherThanAMessage() {
            assertThat(Message.fromJson("{\"role\":\"user\",\"content\":[[\"text\",\"hi\"]]}"))
                    .isEqualTo(Message.user("hi"));
            assertThat(Message.fromJson("{\"role\":\"system\",\"content\":[[\"system_content\",null,\"Low\",null,null,"
                            + "null,[[\"final\"],true]]]}"))
                    .isEqualTo(Message.system(Content.System.EMPTY
                            .withReasoningEffort(ReasoningEffort.LOW)
                            .withChannelConfig(ChannelConfig.require(Channel.FINAL))));
            assertThat(Message.fromJson("{\"role\":\"developer\",\"content\":[[\"developer_content\",null,"
                            + "{\"functions\":[\"functions\",null,[[\"f\",\"d\",null]]]}]]}"))
                    .isEqualTo(Message.developer(Content.Developer.EMPTY.withFunctions(ToolDescription.of("f", "d"))));
            assertThat(Conversation.fromJson("[[]]")).isEqualTo(Conversation.of());
            assertThat(Conversation.fromJson("[[" + HI + "]]")).isEqualTo(Conversation.of(Message.user("hi")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "{}"})
        void anObjectWithTheWordAsItsOnlyNameInPlaceOfTheWord(String value) {
            assertThat(Message.fromJson("{\"role\":{\"user\":" + value + "},\"content\":\"hi\"}"))
                    .isEqualTo(Message.user("hi"));
            assertThat(system("\"reasoning_effort\":{\"High\":" + value + "}"))
                    .isEqualTo(Message.system(Content.System.EMPTY.withReasoningEffort(ReasoningEffort.HIGH)));
        }

        private static Message system(String fields) {
            return Message.fromJson("{\"role\":\"system\",\"content\":[{\"type\":\"system_content\"," + fields + "}]}");
        }

        private static Message developer(String fields) {
            return Message.fromJson(
                    "{\"role\":\"developer\",\"content\":[{\"type\":\"developer_content\"," + fields + "}]}");
        }
    }

    @Nested
    class Refused {
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

        @Test
        void theLineAndColumnAreThoseOfTheValue() {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> Message.fromJson("{\n  \"role\": \"user\",\n  \"content\": \"é\", \"name\": 5\n}"))
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
}
