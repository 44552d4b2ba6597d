package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the jars need at run time: nothing that is not named here. */
class JarsIT {
    /** MCP's SDK with what it needs: Jackson's data binding, a validator of schemas with YAML, Reactor and SLF4J. */
    private static final Pattern OF_MCP = Pattern.compile(
            "mcp-(core|json-jackson2)|jackson-(annotations|databind|dataformat-yaml)|json-schema-validator|itu|snakeyaml|reactor-core"
                    + "|reactive-streams|slf4j-api");

    /** Vert.x with Netty, and Micrometer with Prometheus' client. */
    private static final Pattern OF_THE_SERVER =
            Pattern.compile("(vertx|netty|micrometer|prometheus-metrics)-.*|HdrHistogram");

    @TempDir
    private Path folder;

    @Test
    void theCommandNeedsOurJarsJacksonJSpecifyPicocliJLineJTokkitAndWhatServesAndMcp() throws IOException {
        try (Stream<Path> jars = Files.list(Program.LIBRARIES)) {
            assertThat(jars.map(jar -> jar.getFileName().toString().replaceFirst("-\\d.*", ""))
                            .filter(jar -> !OF_THE_SERVER.matcher(jar).matches()
                                    && !OF_MCP.matcher(jar).matches()))
                    .containsExactlyInAnyOrder(
                            "harmony-backends",
                            "harmony-bench",
                            "harmony-chat",
                            "harmony-conformance",
                            "harmony-core",
                            "harmony-engine",
                            "harmony-engine-vector",
                            "harmony-generation",
                            "harmony-grammar",
                            "harmony-json",
                            "harmony-mcp",
                            "harmony-openai",
                            "harmony-parser",
                            "harmony-renderer",
                            "harmony-server",
                            "harmony-tiny",
                            "harmony-tokenizer",
                            "harmony-training",
                            "jackson-core",
                            "jline",
                            "jspecify",
                            "jtokkit",
                            "picocli",
                            "zstd-jni");
        }
    }

    @Test
    void theTokenizerNeedsNothing() throws IOException, InterruptedException {
        String program = """
                import io.harmony4j.tokenizer.Tokenizer;

                class Main {
                    public static void main(String[] args) {
                        Tokenizer tokenizer = Tokenizer.o200kHarmony();
                        for (int token : tokenizer.encode("Hello world")) {
                            System.out.print(token + " ");
                        }
                        System.out.print(tokenizer.decode(13225, 2375));
                    }
                }
                """;

        assertThat(run(program, List.of("harmony-tokenizer"))).isEqualTo("13225 2375 Hello world");
    }

    @Test
    void rendererAndParserNeedJacksonsCoreAlone() throws IOException, InterruptedException {
        String program = """
                import io.harmony4j.Conversation;
                import io.harmony4j.Message;
                import io.harmony4j.parser.HarmonyParser;
                import io.harmony4j.parser.ParseOptions;
                import io.harmony4j.parser.ParseResult;
                import io.harmony4j.renderer.HarmonyRenderer;
                import io.harmony4j.tokenizer.Tokenizer;

                class Main {
                    public static void main(String[] args) {
                        Tokenizer tokenizer = Tokenizer.o200kHarmony();
                        Conversation conversation = Conversation.of(Message.user("Hello"));
                        int[] tokens = new HarmonyRenderer(tokenizer).render(conversation);
                        ParseResult result = HarmonyParser.parse(tokens, ParseOptions.DEFAULT.strict());
                        System.out.print(new Conversation(result.messages()).toJson());
                    }
                }
                """;
        List<String> jars = List.of(
                "harmony-core",
                "harmony-generation",
                "harmony-json",
                "harmony-parser",
                "harmony-renderer",
                "harmony-tokenizer",
                "jackson-core");

        assertThat(run(program, jars)).isEqualTo("{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}");
    }

    @Test
    void theVectorsComeAsAZip() throws IOException {
        Path target = Path.of("..", "conformance-tests", "target");
        try (Stream<Path> files = Files.list(target)) {
            Path zip = files.filter(file -> file.toString().endsWith("-vectors.zip"))
                    .findFirst()
                    .orElseThrow();
            try (FileSystem content = FileSystems.newFileSystem(zip)) {
                Path vectors = content.getPath("harmony-vectors");
                JsonValue suite = Json.parse(Files.readString(vectors.resolve("suite.json")));

                assertThat(suite.get("files").elements())
                        .hasSizeGreaterThan(50)
                        .allSatisfy(
                                file -> assertThat(vectors.resolve(file.text())).isRegularFile());
                assertThat(List.of("README.md", "INTERPRETING.md", "PROTOCOL.md", "vector-file.schema.json", "LICENSE"))
                        .allSatisfy(file -> assertThat(vectors.resolve(file)).isRegularFile());
                assertThat(vectors.resolve("examples/driver.py")).isRegularFile();
            }
        }
    }

    /** Compiles and runs a program with the given jars, and no others, on its class path; returns what it prints. */
    private String run(String program, List<String> jars) throws IOException, InterruptedException {
        String path = jars.stream().map(JarsIT::jar).collect(Collectors.joining(File.pathSeparator));
        Path source = Files.writeString(folder.resolve("Main.java"), program);
        ToolProvider compiler = ToolProvider.findFirst("javac").orElseThrow();
        String target = folder.toString();
        assertThat(compiler.run(System.out, System.err, "-proc:none", "-cp", path, "-d", target, source.toString()))
                .isZero();
        return Program.of(folder, Program.JAVA, "-cp", path + File.pathSeparator + folder, "Main")
                .run()
                .done();
    }

    private static String jar(String name) {
        File[] jars = Program.LIBRARIES.toFile().listFiles((folder, file) -> file.matches(name + "-\\d.*\\.jar"));
        assertThat(jars).as(name).hasSize(1);
        return jars[0].getPath();
    }
}
