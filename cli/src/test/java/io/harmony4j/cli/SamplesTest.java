package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The samples of the documents do what the documents say. The Java of a page is one program, block after block; a block of
 * {@code text} right after one of {@code java} is what it prints, and a block that prints must have one.
 */
class SamplesTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern BLOCK = Pattern.compile("(?s)```java\\n(.*?)```(?:\\n+```text\\n(.*?)```)?");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import [^\\n]*;\\n");

    /** Printed between the blocks, to tell apart what each of them prints. */
    private static final String END_OF_BLOCK = "\u0000";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "docs/getting-started.md",
                "docs/tool-calling.md",
                "docs/streaming.md",
                "docs/openai.md",
                "docs/backends.md",
                "docs/testing.md",
                "docs/long-histories.md",
                "docs/dialects.md",
                "docs/server.md",
                "docs/integrations/mcp.md",
                "docs/linting.md",
                "docs/training-data.md",
                "docs/fine-tuning.md",
                "docs/coming-from-python.md",
                "docs/json-format.md",
                "docs/faq.md",
                "docs/engine.md",
                "docs/structured-output.md",
            })
    void samplesPrintWhatThePageSays(String page, @TempDir Path folder) throws Exception {
        List<String> code = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(Files.readString(ROOT.resolve(page)));
        while (blocks.find()) {
            code.add(blocks.group(1));
            expected.add(blocks.group(2) == null ? "" : blocks.group(2));
        }
        assertThat(code).as("samples of " + page).isNotEmpty();

        assertThat(run(code, folder)).isEqualTo(expected);
    }

    /** Returns what each block prints. */
    private static List<String> run(List<String> code, Path folder) throws Exception {
        compile(program(code), folder);
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, SamplesTest.class.getClassLoader())) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            Class.forName("Samples", true, loader).getMethod("run").invoke(null);
        } finally {
            System.setOut(out);
        }
        String text = printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
        return List.of(text.split(END_OF_BLOCK, -1)).subList(0, code.size());
    }

    private static String program(List<String> code) {
        String imports = code.stream()
                .flatMap(block -> IMPORT.matcher(block).results())
                .map(match -> match.group())
                .distinct()
                .collect(Collectors.joining());
        String body = code.stream()
                .map(block -> IMPORT.matcher(block).replaceAll("") + "System.out.print(\"\\0\");\n")
                .collect(Collectors.joining());
        return imports + "public class Samples {\npublic static void run() throws Exception {\n" + body + "}\n}\n";
    }

    private static void compile(String program, Path folder) throws IOException {
        Path source = Files.writeString(folder.resolve("Samples.java"), program);
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, errors, errors, "-cp", System.getProperty("java.class.path"), source.toString());
        assertThat(status).as(errors.toString(StandardCharsets.UTF_8) + program).isZero();
    }
}
