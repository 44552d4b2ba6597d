package io.harmony4j.renderer;

import io.harmony4j.Author;
import io.harmony4j.Channel;
import io.harmony4j.ChannelConfig;
import io.harmony4j.Content;
import io.harmony4j.ContentType;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.ReasoningEffort;
import io.harmony4j.Recipient;
import io.harmony4j.ResponseFormat;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.ToolDescription;
import io.harmony4j.ToolNamespace;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Conversations that can be rendered, whose texts are full of words of the format. */
final class RenderArbitraries extends DomainContextBase {

    /** Text with special tokens, line ends, quotes and characters of every length in UTF-8. */
    @Provide
    Arbitrary<String> texts() {
        List<String> literals =
                Arrays.stream(SpecialToken.values()).map(SpecialToken::literal).collect(Collectors.toList());
        return Arbitraries.oneOf(
                        Arbitraries.of(literals),
                        Arbitraries.of("\n", "\n\n", "\r\n", "\r", " ", "\u2028", "\u00a0"),
                        Arbitraries.of("#", "/", "//", "}", ".", "\"", "\\", "null", "all", "é", "日本", "😀"),
                        Arbitraries.strings().ascii().ofMaxLength(8))
                .list()
                .ofMaxSize(5)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<Conversation> conversations() {
        return messages().list().ofMaxSize(6).map(Conversation::new);
    }

    @Provide
    Arbitrary<Message> messages() {
        return Arbitraries.of(Role.class).flatMap(this::messagesBy);
    }

    private Arbitrary<Message> messagesBy(Role role) {
        Arbitrary<String> names = role == Role.TOOL ? texts() : texts().injectNull(0.8);
        return Combinators.combine(
                        names.map(name -> new Author(role, name)),
                        recipients().injectNull(0.5),
                        contents(role).list().ofMaxSize(3),
                        channels().injectNull(0.3),
                        texts().map(ContentType::of).injectNull(0.7))
                .as(Message::new);
    }

    private Arbitrary<Recipient> recipients() {
        return Arbitraries.oneOf(
                Arbitraries.of(Recipient.ALL, Recipient.ASSISTANT, Recipient.function("f")),
                texts().map(Recipient::of));
    }

    private Arbitrary<Channel> channels() {
        return Arbitraries.oneOf(
                Arbitraries.of(Channel.ANALYSIS, Channel.COMMENTARY, Channel.FINAL), texts().map(Channel::of));
    }

    private Arbitrary<Content> contents(Role role) {
        Arbitrary<Content> text = texts().map(Content.Text::new);
        return switch (role) {
            case SYSTEM -> Arbitraries.oneOf(text, systemContents());
            case DEVELOPER -> Arbitraries.oneOf(text, developers());
            case USER, ASSISTANT, TOOL -> text;
        };
    }

    private Arbitrary<Content> systemContents() {
        return Combinators.combine(
                        texts().injectNull(0.3),
                        Arbitraries.of(ReasoningEffort.class).injectNull(0.3),
                        tools().injectNull(0.3),
                        texts().injectNull(0.3),
                        channels().list().ofMaxSize(3).injectNull(0.2))
                .as((identity, effort, tools, date, channels) -> new Content.System(
                        identity,
                        effort,
                        tools,
                        date,
                        null,
                        channels == null ? null : new ChannelConfig(channels, true)));
    }

    @Provide
    Arbitrary<Content.Developer> developers() {
        return Combinators.combine(
                        texts().injectNull(0.3),
                        tools().injectNull(0.3),
                        responseFormats().list().ofMaxSize(2))
                .as(Content.Developer::new);
    }

    private Arbitrary<ResponseFormat> responseFormats() {
        return Combinators.combine(texts(), texts().injectNull(0.3), schemas()).as(ResponseFormat::of);
    }

    private Arbitrary<Map<String, ToolNamespace>> tools() {
        Arbitrary<String> keys = Arbitraries.oneOf(Arbitraries.of(ToolNamespace.FUNCTIONS, "browser"), texts());
        return Arbitraries.maps(keys, namespaces()).ofMaxSize(3);
    }

    @Provide
    Arbitrary<ToolNamespace> namespaces() {
        Arbitrary<ToolDescription> tools =
                Combinators.combine(texts(), texts(), schemas()).as(ToolDescription::of);
        Arbitrary<String> names = Arbitraries.oneOf(Arbitraries.of(ToolNamespace.FUNCTIONS, "browser"), texts());
        return Arbitraries.oneOf(
                Arbitraries.of(ToolNamespace.browser(), ToolNamespace.python()),
                Combinators.combine(names, texts().injectNull(0.5), tools.list().ofMaxSize(2))
                        .as(ToolNamespace::new));
    }

    private Arbitrary<String> schemas() {
        return Arbitraries.of(
                "{}",
                "{\"type\":\"string\",\"enum\":[\"<|end|>\"]}",
                "{\"type\":\"object\",\"properties\":{\"<|call|>\":{\"type\":\"string\",\"default\":\"<|start|>\"}}}",
                "{\"oneOf\":[{\"type\":\"string\",\"description\":\"<|message|>\"},{\"type\":\"array\"}]}");
    }
}
