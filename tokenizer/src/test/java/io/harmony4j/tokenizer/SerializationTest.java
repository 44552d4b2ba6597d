package io.harmony4j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Tokenizers in tasks for other machines. There are no others than these: the constructor is private. */
class SerializationTest {
    private static final String TEXT = "Grüße, <|start|>user said: 1234567 \uD83D\uDE42";

    @Test
    void aTokenizerComesBackAsTheOneThatIsLoaded() throws Exception {
        assertThat(read(written(Tokenizer.o200kHarmony()))).isSameAs(Tokenizer.o200kHarmony());
        assertThat(read(written(Tokenizer.o200kBase()))).isSameAs(Tokenizer.o200kBase());
    }

    @Test
    void oneWithoutACacheStaysWithout() throws Exception {
        Tokenizer uncached = Tokenizer.o200kHarmony().withoutPieceCache();

        Tokenizer read = (Tokenizer) read(written(uncached));

        assertThat(read.encoders()).isSameAs(uncached.encoders());
        assertThat(read.name()).isEqualTo("o200k_harmony");
        assertThat(read.encode(TEXT, AllowedSpecial.ALL)).isEqualTo(uncached.encode(TEXT, AllowedSpecial.ALL));
        assertThat(((Tokenizer) read(written(Tokenizer.o200kBase().withoutPieceCache()))).name())
                .isEqualTo("o200k_base");
    }

    @Test
    void aStreamHasTheNameAndNoVocabulary() throws Exception {
        assertThat(written(Tokenizer.o200kHarmony())).hasSizeLessThan(300);
    }

    @Test
    void anUnknownNameIsToldWhatToDo() throws Exception {
        byte[] other = new String(written(Tokenizer.o200kBase()), StandardCharsets.ISO_8859_1)
                .replace("o200k_base", "o300k_base")
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> read(other))
                .isInstanceOf(InvalidObjectException.class)
                .hasMessage(
                        "expected the tokenizer o200k_harmony or o200k_base but found o300k_base; use one version of"
                                + " Harmony4J on all machines");
    }

    private static byte[] written(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    private static Object read(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }
}
