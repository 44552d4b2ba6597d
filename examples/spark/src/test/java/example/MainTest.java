package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    @Test
    void everyChatIsSamplesOrARejectWithItsReason(@TempDir Path folder) {
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            Main.main(new String[] {"chats.jsonl", folder.resolve("samples").toString()});
        } finally {
            System.setOut(out);
        }

        List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(3, lines.size(), lines.toString());
        assertTrue(lines.get(0).startsWith("3 samples, "), lines.get(0));
        assertTrue(lines.get(1).contains("assitant") || lines.get(2).contains("assitant"), lines.toString());
        assertTrue(lines.get(1).contains("JSON") || lines.get(2).contains("JSON"), lines.toString());
    }
}
