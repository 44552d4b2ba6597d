package example;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class MainTest {
    @Test
    void theModelAsksTheToolAndAnswers(CapturedOutput output) {
        Main.main(new String[0]);

        assertThat(output.getOut().lines())
                .containsExactly(
                        "The model asks for the weather in Tokyo.", "It is 20 degrees and sunny in Tokyo.");
    }
}
