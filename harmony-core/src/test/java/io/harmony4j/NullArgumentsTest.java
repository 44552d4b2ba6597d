package io.harmony4j;

import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.harmony4j.json.JsonValue;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Null is refused by the name of the argument, where it may not be null. */
@SuppressWarnings({"NullAway", "DataFlowIssue"})
class NullArgumentsTest {
    private static final Author USER = Author.of(Role.USER);
    private static final Content TEXT = new Content.Text("");
    private static final Message HI = Message.user("hi");
    private static final ToolDescription TOOL = ToolDescription.of("f", "");

    @TestFactory
    Stream<DynamicTest> isRefusedByName() {
        Map<String, ThrowingCallable> calls = new TreeMap<>(Map.ofEntries(
                Map.entry("Author role", () -> new Author(null, "")),
                Map.entry("Author.of role", () -> Author.of(null)),
                Map.entry("Author.of name", () -> Author.of(Role.USER, null)),
                Map.entry("Channel name", () -> Channel.of(null)),
                Map.entry("ChannelConfig validChannels", () -> new ChannelConfig(null, true)),
                Map.entry(
                        "ChannelConfig validChannels[0]",
                        () -> new ChannelConfig(Collections.singletonList(null), true)),
                Map.entry("ChannelConfig.require validChannels", () -> ChannelConfig.require((Channel[]) null)),
                Map.entry("ChannelConfig.require validChannels[1]", () -> ChannelConfig.require(Channel.FINAL, null)),
                Map.entry("Content.developer instructions", () -> Content.developer(null)),
                Map.entry("Content.developer tools", () -> Content.developer("", (ToolDescription[]) null)),
                Map.entry("Content.developer tools[0]", () -> Content.developer("", (ToolDescription) null)),
                Map.entry("Content.Text text", () -> new Content.Text(null)),
                Map.entry("Content.System.withTools namespace", () -> Content.System.EMPTY.withTools(null)),
                Map.entry("Content.Developer.withTools namespace", () -> Content.Developer.EMPTY.withTools(null)),
                Map.entry(
                        "Content.Developer.withFunctions functions",
                        () -> Content.Developer.EMPTY.withFunctions((ToolDescription[]) null)),
                Map.entry("Content.Developer responseFormats", () -> new Content.Developer(null, null, null)),
                Map.entry(
                        "Content.Developer responseFormats[0]",
                        () -> new Content.Developer(null, null, Collections.singletonList(null))),
                Map.entry(
                        "Content.Developer.withResponseFormats formats",
                        () -> Content.Developer.EMPTY.withResponseFormats((ResponseFormat[]) null)),
                Map.entry("ResponseFormat name", () -> new ResponseFormat(null, null, "{}")),
                Map.entry("ResponseFormat schema", () -> new ResponseFormat("", null, null)),
                Map.entry("ResponseFormat.of schemaJson", () -> ResponseFormat.of("", null, (String) null)),
                Map.entry("ResponseFormat.of schema", () -> ResponseFormat.of("", null, (JsonValue) null)),
                Map.entry("ContentType name", () -> new ContentType(null, true)),
                Map.entry("ContentType.of text", () -> ContentType.of(null)),
                Map.entry("Conversation messages", () -> new Conversation(null)),
                Map.entry("Conversation messages[1]", () -> new Conversation(Arrays.asList(HI, null))),
                Map.entry("Conversation.of messages", () -> Conversation.of((Message[]) null)),
                Map.entry("Conversation.of messages[1]", () -> Conversation.of(HI, null)),
                Map.entry("Conversation.with message", () -> Conversation.of().with((Message) null)),
                Map.entry("Conversation.with more", () -> Conversation.of().with((List<Message>) null)),
                Map.entry("Conversation.with more[0]", () -> Conversation.of().with(Arrays.asList((Message) null))),
                Map.entry("Conversation.fromJson json", () -> Conversation.fromJson(null)),
                Map.entry("Conversation.fromJsonObject object", () -> Conversation.fromJsonObject(null)),
                Map.entry("Conversation.fromJson(json, ignored) json", () -> Conversation.fromJson(null, s -> {})),
                Map.entry("Conversation.fromJson ignored", () -> Conversation.fromJson("{}", null)),
                Map.entry("Message author", () -> new Message(null, null, List.of(), null, null)),
                Map.entry("Message content", () -> new Message(USER, null, null, null, null)),
                Map.entry("Message content[1]", () -> new Message(USER, null, Arrays.asList(TEXT, null), null, null)),
                Map.entry("Message.of author", () -> Message.of((Author) null)),
                Map.entry("Message.of content", () -> Message.of(USER, (Content[]) null)),
                Map.entry("Message.of content[1]", () -> Message.of(USER, TEXT, null)),
                Map.entry("Message.of role", () -> Message.of((Role) null, "")),
                Map.entry("Message.of text", () -> Message.of(Role.USER, (String) null)),
                Map.entry("Message.user text", () -> Message.user(null)),
                Map.entry("Message.answer text", () -> Message.answer(null)),
                Map.entry("Message.analysis text", () -> Message.analysis(null)),
                Map.entry("Message.preamble text", () -> Message.preamble(null)),
                Map.entry("Message.call tool", () -> Message.call(null, "{}")),
                Map.entry("Message.call arguments", () -> Message.call(Recipient.of("f"), null)),
                Map.entry("Message.system content", () -> Message.system(null)),
                Map.entry("Message.developer content", () -> Message.developer(null)),
                Map.entry("Message.tool tool", () -> Message.tool(null, "")),
                Map.entry("Message.tool result", () -> Message.tool(Recipient.of("f"), null)),
                Map.entry("Message.withContent part", () -> HI.withContent(null)),
                Map.entry("Message.fromJson json", () -> Message.fromJson(null)),
                Map.entry("Recipient name", () -> Recipient.of(null)),
                Map.entry("Recipient.function function", () -> Recipient.function(null)),
                Map.entry("Role.of wireName", () -> Role.of(null)),
                Map.entry("Role.find wireName", () -> Role.find(null)),
                Map.entry("ToolDescription.of name", () -> ToolDescription.of(null, "")),
                Map.entry("ToolDescription.of description", () -> ToolDescription.of("f", null)),
                Map.entry("ToolDescription.of parametersJson", () -> ToolDescription.of("f", "", (String) null)),
                Map.entry("ToolDescription.of parameters", () -> ToolDescription.of("f", "", (JsonValue) null)),
                Map.entry("ToolNamespace name", () -> new ToolNamespace(null, null, List.of())),
                Map.entry("ToolNamespace tools", () -> new ToolNamespace("n", null, null)),
                Map.entry("ToolNamespace tools[1]", () -> new ToolNamespace("n", null, Arrays.asList(TOOL, null))),
                Map.entry("ToolNamespace.functions tools", () -> ToolNamespace.functions((ToolDescription[]) null)),
                Map.entry("ToolNamespace.functions tools[0]", () -> ToolNamespace.functions((ToolDescription) null))));
        return calls.entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(
                        call.getKey(),
                        () -> assertThatNullPointerException()
                                .isThrownBy(call.getValue())
                                .withMessage(call.getKey().replaceAll(".* ", ""))));
    }
}
