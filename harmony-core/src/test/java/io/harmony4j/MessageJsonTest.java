package io.harmony4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
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
        void halfAnEmojiIsTheReplacementCharacter() {
            Message message = Message.of(Author.of(Role.TOOL, "\udc96n"), new Content.Text("a\ud83d"))
                    .withRecipient(Recipient.of("r\ud83d\ud83d\udc96"))
                    .withChannel(Channel.of("\udc96\ud83d"))
                    .withContentType(new ContentType("\ud83d", true));

            assertThat(message.text()).isEqualTo("a\ufffd");
            assertThat(message.toJson())
                    .isEqualTo("{\"role\":\"tool\",\"name\":\"\ufffdn\",\"recipient\":\"r\ufffd\ud83d\udc96\","
                            + "\"content\":\"a\ufffd\",\"channel\":\"\ufffd\ufffd\","
                            + "\"content_type\":\"<|constrain|>\ufffd\"}");
        }

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
        void responseFormatsAreWrittenWhereThereAreSome() {
            Content.Developer developer = Content.developer("x");

            assertThat(Message.developer(developer.withResponseFormats(
                                    ResponseFormat.of("a", "d", "{ \"b\": 1e2, \"a\": \"é\" }"),
                                    ResponseFormat.JSON_OBJECT))
                            .toJson())
                    .isEqualTo("{\"role\":\"developer\",\"content\":[{\"type\":\"developer_content\","
                            + "\"instructions\":\"x\",\"tools\":null,\"response_formats\":["
                            + "{\"name\":\"a\",\"description\":\"d\",\"schema\":{\"b\":100.0,\"a\":\"é\"}},"
                            + "{\"name\":\"json\",\"schema\":{\"type\":\"object\"}}]}]}");
            assertThat(Message.developer(developer).toJson()).endsWith("\"instructions\":\"x\",\"tools\":null}]}");
        }

        @Test
        void everyFieldOfSystemContentIsWritten() {
            assertThat(Message.system(Content.System.DEFAULT
                                    .withConversationStartDate(LocalDate.of(2025, 6, 28))
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
        void noResponseFormatsInEveryForm() {
            assertThat(developer("\"response_formats\":null")).isEqualTo(Message.developer(Content.Developer.EMPTY));
            assertThat(developer("\"response_formats\":[]")).isEqualTo(Message.developer(Content.Developer.EMPTY));
        }

        @Test
        void responseFormatsWithFieldsInAnyOrder() {
            assertThat(developer("\"response_formats\":[{\"schema\":true,\"strict\":true,\"name\":\"a\","
                            + "\"description\":null},{\"name\":\"b\",\"description\":\"\",\"schema\":{}}]"))
                    .isEqualTo(Message.developer(Content.Developer.EMPTY.withResponseFormats(
                            ResponseFormat.of("a", null, "true"), ResponseFormat.of("b", "", "{}"))));
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
}
