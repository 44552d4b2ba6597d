package io.harmony4j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tokenizer in a process of its own, with nothing else on the class path. */
class StandaloneTest {
    private static final String PROGRAM = """
            import io.harmony4j.tokenizer.Tokenizer;

            class Program {
                public static void main(String[] args) {
                    int[] tokens = Tokenizer.o200kHarmony().encode("Hello, world!");
                    System.out.print(java.util.Arrays.toString(tokens) + Tokenizer.o200kHarmony().decode(tokens));
                }
            }
            """;

    @Test
    void needsNothingButItsOwnClasses(@TempDir Path directory) throws Exception {
        Path program = Files.writeString(directory.resolve("Program.java"), PROGRAM);
        assertThat(run("-cp", classes(), program.toString())).isEqualTo("[13225, 11, 2375, 0]Hello, world!");
    }

    @Test
    void isAModuleThatNeedsNoOther(@TempDir Path directory) throws Exception {
        Path program = Files.writeString(directory.resolve("Program.java"), PROGRAM);
        assertThat(run("-p", classes(), "--add-modules", "io.harmony4j.tokenizer", program.toString()))
                .isEqualTo("[13225, 11, 2375, 0]Hello, world!");
    }

    private static String run(String... arguments) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(java).redirectErrorStream(true);
        builder.command().addAll(List.of(arguments));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private static String classes() throws URISyntaxException {
        return Path.of(Tokenizer.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
    }
}
