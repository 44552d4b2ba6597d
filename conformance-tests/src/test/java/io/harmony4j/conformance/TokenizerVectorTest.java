package io.harmony4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.tokenizer.SpecialTokens;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class TokenizerVectorTest {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();

    @TestFactory
    Stream<DynamicTest> tokenizer() {
        return Vectors.tests("tokenizer", vector -> {
            Request request = new Request(vector.request());
            switch (request.command()) {
                case "tokenize" -> encodes(request, new Request(vector.expect()).tokens("tokens"));
                case "detokenize" -> decodes(request.tokens("tokens"), new Request(vector.expect()));
                case "special_tokens" ->
                    assertThat(TOKENIZER.specialTokens())
                            .hasSize(vector.expect().path("tokens").size())
                            .allSatisfy((id, name) -> assertThat(TOKENIZER.encode(name, SpecialTokens.ALL))
                                    .containsExactly(id));
                default ->
                    assertThat(vector.differences(new Driver().answer(vector.request())))
                            .isEmpty();
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> codepoints() {
        return Vectors.tests("codepoints", vector -> {
            String text = new Request(vector.request()).text("text");
            int[] tokens = TOKENIZER.encode(text);
            assertThat(tokens).hasSize(vector.expect().path("count").intValue());
            assertThat(TOKENIZER.decode(tokens)).isEqualTo(text);
            assertThat(vector.differences(new Driver().answer(vector.request())))
                    .isEmpty();
        });
    }

    private static void encodes(Request request, int[] expected) {
        String text = request.text("text");
        boolean recognisesAll = request.text("special", "none").equals("all");
        SpecialTokens special = recognisesAll ? SpecialTokens.ALL : SpecialTokens.NONE;
        assertThat(TOKENIZER.encode(text, special)).isEqualTo(expected);
        assertThat(TOKENIZER.count(text, special)).isEqualTo(expected.length);
        String read = TOKENIZER.decode(expected);
        assertThat(TOKENIZER.encode(read, special)).isEqualTo(expected);
    }

    private static void decodes(int[] tokens, Request expected) {
        assertThat(TOKENIZER.decode(tokens)).isEqualTo(expected.text("text"));
        assertThat(TOKENIZER.decodeBytes(tokens)).isEqualTo(Base64.getDecoder().decode(expected.text("base64")));
    }
}
