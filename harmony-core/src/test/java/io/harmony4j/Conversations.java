package io.harmony4j;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/** Random values of the format, and random JSON, for properties. The values are made of any text, also with half an emoji in it. */
final class Conversations extends DomainContextBase {
    private static final int MAX_TEXT = 12;

    @Provide
    Arbitrary<Conversation> conversations() {
        return messages().list().ofMaxSize(5).map(Conversation::new);
    }

    @Provide
    Arbitrary<Message> messages() {
        return Combinators.combine(
                        authors(),
                        anyTexts().map(Recipient::of).injectNull(0.5),
                        contents().list().ofMaxSize(3),
                        anyTexts().map(Channel::of).injectNull(0.5),
                        contentTypes().injectNull(0.5))
                .as(Message::new);
    }

    /** JSON values as text, with white space that a writer would leave out. */
    private static Arbitrary<String> json() {
        Arbitrary<String> scalars = Arbitraries.oneOf(
                Arbitraries.of("null", "true", "false", "-0", "1e2", "1E-9", "18446744073709551615", "0.10"),
                Arbitraries.longs().map(String::valueOf),
                Arbitraries.bigIntegers().map(String::valueOf),
                Arbitraries.doubles().map(String::valueOf),
                texts().map(Conversations::quoted));
        return Arbitraries.lazyOf(
                () -> scalars,
                () -> scalars,
                () -> json().list().ofMaxSize(3).map(values -> "[ " + String.join(" ,", values) + "]"),
                () -> Combinators.combine(texts().map(Conversations::quoted), json())
                        .as((name, value) -> name + ": " + value)
                        .list()
                        .ofMaxSize(3)
                        .map(members -> "{" + String.join(",\n", members) + " }"));
    }

    /** Text as a Java string may hold it: the other half of a surrogate pair may be missing. */
    private static Arbitrary<String> anyTexts() {
        Arbitrary<String> half = Arbitraries.chars()
                .range(Character.MIN_SURROGATE, Character.MAX_SURROGATE)
                .map(String::valueOf);
        Arbitrary<String> halves =
                Arbitraries.oneOf(half, half, texts()).list().ofMaxSize(3).map(parts -> String.join("", parts));
        return Arbitraries.frequencyOf(Tuple.of(4, texts()), Tuple.of(1, halves));
    }

    /** Text of any planes, with the characters that JSON escapes and the marker of content types; well-formed Unicode. */
    @Provide
    static Arbitrary<String> texts() {
        Arbitrary<String> any = Arbitraries.integers()
                .between(0, Character.MAX_CODE_POINT)
                .filter(codePoint -> codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE)
                .map(Character::toString);
        Arbitrary<String> special = Arbitraries.of(
                "\"", "\\", "/", "\n", "\u0000", "\u001f", "\u007f", "\u2028", "\ufffd", "<|constrain|>");
        Arbitrary<String> ascii = Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(3);
        return Arbitraries.oneOf(any, special, ascii).list().ofMaxSize(MAX_TEXT).map(parts -> String.join("", parts));
    }

    private static Arbitrary<Author> authors() {
        return Combinators.combine(Arbitraries.of(Role.class), anyTexts().injectNull(0.6))
                .as(Author::new);
    }

    private static Arbitrary<ContentType> contentTypes() {
        Arbitrary<ContentType> constrained = anyTexts().map(name -> new ContentType(name, true));
        return Arbitraries.oneOf(anyTexts().map(ContentType::of), constrained);
    }

    private Arbitrary<Content> contents() {
        return Arbitraries.oneOf(anyTexts().map(Content.Text::new), systems(), developers());
    }

    private Arbitrary<Content.System> systems() {
        return Combinators.combine(
                        anyTexts().injectNull(0.5),
                        Arbitraries.of(ReasoningEffort.class).injectNull(0.5),
                        tools().injectNull(0.5),
                        anyTexts().injectNull(0.5),
                        anyTexts().injectNull(0.5),
                        channelConfigs().injectNull(0.5))
                .as(Content.System::new);
    }

    private Arbitrary<Content.Developer> developers() {
        return Combinators.combine(
                        anyTexts().injectNull(0.5),
                        tools().injectNull(0.3),
                        responseFormats().list().ofMaxSize(2))
                .as(Content.Developer::new);
    }

    private Arbitrary<ResponseFormat> responseFormats() {
        Arbitrary<JsonValue> schemas = json().map(Json::parse).map(value -> JsonObject.of("a", value));
        return Combinators.combine(anyTexts(), anyTexts().injectNull(0.5), schemas)
                .as(ResponseFormat::of);
    }

    private static Arbitrary<ChannelConfig> channelConfigs() {
        return Combinators.combine(anyTexts().map(Channel::of).list().ofMaxSize(3), Arbitraries.of(true, false))
                .as(ChannelConfig::new);
    }

    private Arbitrary<Map<String, ToolNamespace>> tools() {
        Arbitrary<ToolDescription> tool = Combinators.combine(anyTexts(), anyTexts(), json().map(Json::parse))
                .as(ToolDescription::of);
        Arbitrary<ToolNamespace> namespace = Combinators.combine(
                        anyTexts(), anyTexts().injectNull(0.5), tool.list().ofMaxSize(2))
                .as(ToolNamespace::new);
        return Combinators.combine(anyTexts().list().ofSize(2), namespace.list().ofMaxSize(2))
                .as(Conversations::keyed);
    }

    private static Map<String, ToolNamespace> keyed(List<String> keys, List<ToolNamespace> namespaces) {
        Map<String, ToolNamespace> map = new LinkedHashMap<>();
        List<String> unused = new ArrayList<>(keys);
        namespaces.forEach(namespace -> map.put(unused.remove(0), namespace));
        return map;
    }

    private static String quoted(String text) {
        return JsonValue.of(text).toString();
    }
}
