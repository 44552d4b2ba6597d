package example;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MainTest {
    @Test
    void theModelCallsTheServersTool() {
        String answer = Main.answer("What is 17 * 23?");
        assertTrue(answer.contains("391"), answer);
    }
}
