package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MainTest {
    @Test
    void printsWhatItSays() {
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            Main.main(new String[0]);
        } finally {
            System.setOut(out);
        }
        assertEquals(
                """
                o200k_harmony: 4 tokens
                true: A long document
                expected a text without special tokens but found <|end|> at index 18; encodeOrdinary and countTokensOrdinary take it for text
                5 tokens, if it is text
                o200k_base
                """,
                printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n"));
    }
}
