package io.harmony4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.SpecialToken;
import io.harmony4j.parser.HarmonyParser;
import io.harmony4j.parser.ParseOptions;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The way there and back, through renderer, tokenizer and parser. */
class RoundTripPropertyTest {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();
    private static final HarmonyRenderer RENDERER =
            new HarmonyRenderer(TOKENIZER, RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.KEEP_ALL));

    /** Messages whose headers parse back; their texts are anything, control tokens typed as text included. */
    @Provide
    Arbitrary<List<Message>> messages() {
        Arbitrary<String> markers = Arbitraries.of(SpecialToken.values()).map(SpecialToken::literal);
        Arbitrary<String> texts = Arbitraries.oneOf(Arbitraries.strings().ofMaxLength(20), markers)
                .list()
                .ofMaxSize(5)
                .map(parts -> TOKENIZER.decode(TOKENIZER.encode(String.join("", parts))));
        Arbitrary<Message> headers = Arbitraries.of(
                Message.user(""),
                Message.answer(""),
                Message.analysis(""),
                Message.call(Recipient.function("get_weather"), ""),
                Message.tool(Recipient.function("get_weather"), ""));
        return Combinators.combine(headers, texts)
                .as((header, text) -> new Message(
                        header.author(),
                        header.recipient(),
                        Message.user(text).content(),
                        header.channel(),
                        header.contentType()))
                .list()
                .ofMaxSize(6);
    }

    @Property
    void renderedMessagesParseBack(@ForAll("messages") List<Message> messages) {
        int[] tokens = RENDERER.render(new Conversation(messages));
        assertThat(parse(ParseOptions.DEFAULT.strict(), tokens)).isEqualTo(messages);
        assertThat(parse(ParseOptions.DEFAULT, tokens)).isEqualTo(messages);
    }

    @Property
    void noTextYieldsAControlToken(@ForAll("messages") List<Message> messages) {
        int[] tokens = RENDERER.render(new Conversation(messages));
        assertThat(Arrays.stream(tokens)
                        .filter(token -> token == SpecialToken.START.id())
                        .count())
                .isEqualTo(messages.size());
        for (Message message : messages) {
            assertThat(Arrays.stream(TOKENIZER.encode(message.text()))).noneMatch(TOKENIZER::isSpecial);
        }
    }

    @Property
    void jsonIsTheSameOnTheWayBack(@ForAll("messages") List<Message> messages) {
        Conversation conversation = new Conversation(messages);
        assertThat(Conversation.fromJson(conversation.toJson())).isEqualTo(conversation);
    }

    private static List<Message> parse(ParseOptions options, int[] tokens) {
        return HarmonyParser.parse(tokens, options).messages();
    }
}
