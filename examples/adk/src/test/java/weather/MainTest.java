package weather;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MainTest {
    @Test
    @Timeout(120)
    void itThinksCallsAndAnswers() {
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            Main.main(new String[0]);
        } finally {
            System.setOut(out);
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("thought: "), text);
        assertTrue(text.contains("call: get_weather{city=Tokyo}"), text);
        assertTrue(text.contains("result: {weather=13 degrees and windy}"), text);
        assertTrue(text.contains("answer: It is 13 degrees and windy in Tokyo."), text);
    }
}
