package io.harmony4j.mcp;

import static io.harmony4j.testkit.ScriptedTurn.answer;
import static io.harmony4j.testkit.ScriptedTurn.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.ToolDescription;
import io.harmony4j.chat.HarmonyModel;
import io.harmony4j.chat.LoopEvent;
import io.harmony4j.chat.LoopResult;
import io.harmony4j.chat.ToolLoop;
import io.harmony4j.testkit.ScriptedModel;
import io.harmony4j.testkit.ScriptedTurn;
import io.harmony4j.tokenizer.Tokenizer;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tools of MCP servers in processes of their own, called by a loop. */
class McpToolsTest {
    private static final McpSyncClient TOOLS = newClient(ToolServer.class, Duration.ofSeconds(60));

    private final List<McpSyncClient> clients = new ArrayList<>();

    @AfterEach
    void close() {
        clients.forEach(McpSyncClient::close);
    }

    @AfterAll
    static void closeShared() {
        TOOLS.close();
    }

    private McpSyncClient client(Class<?> server, Duration timeout, String... args) {
        McpSyncClient client = newClient(server, timeout, args);
        clients.add(client);
        return client;
    }

    private static McpSyncClient newClient(Class<?> server, Duration timeout, String... args) {
        List<String> command = new ArrayList<>(List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                server.getName()));
        command.addAll(Arrays.asList(args));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        StdioClientTransport transport = new StdioClientTransport(
                ServerParameters.builder(java).args(command).build(), McpJsonDefaults.getMapper());
        transport.setStdErrorHandler(line -> {});
        return McpClient.sync(transport)
                .initializationTimeout(Duration.ofSeconds(60))
                .requestTimeout(timeout)
                .build();
    }

    /** Returns a client of the SDK's server, which all tests share that leave it alive. */
    private static McpSyncClient tools() {
        return TOOLS;
    }

    private McpSyncClient odd(String kind) {
        return client(OddServer.class, Duration.ofSeconds(60), kind);
    }

    private static ToolLoop loop(ScriptedModel model) {
        return new ToolLoop(new HarmonyModel(Tokenizer.o200kHarmony(), model));
    }

    private static Conversation question(List<ToolDescription> tools) {
        return Conversation.of(
                Message.system(Content.System.DEFAULT),
                Message.developer(Content.developer("Be brief.", tools.toArray(ToolDescription[]::new))),
                Message.user("Do I need an umbrella in Tokyo?"));
    }

    /** Returns what the model reads of one call. */
    private static String result(McpSyncClient client, String tool, String arguments) {
        LoopResult result = McpTools.add(loop(new ScriptedModel(call(tool, arguments), answer("Done."))), client)
                .run(question(List.of()), event -> {});
        assertThat(result.answer()).hasValue("Done.");
        return result.conversation().messages().get(4).text();
    }

    @Test
    void descriptionsAreTheServers() {
        List<ToolDescription> described = McpTools.describe(tools());

        assertThat(described)
                .extracting(ToolDescription::name)
                .containsExactly("get_weather", "echo", "lines", "parts", "fail", "throw", "sleep", "exit");
        assertThat(described.get(0).description()).isEqualTo("The weather in a city.");
        assertThat(described.get(0).parameters())
                .contains(
                        "\"type\":\"object\"",
                        "\"properties\":{\"city\":{\"type\":\"string\"}}",
                        "\"required\":[\"city\"]");
    }

    @Test
    void aPrefixIsPartOfTheName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> McpTools.describe(odd("pages"), "my server_"))
                .withMessageEndingWith("but found \"my server_a\"");
    }

    @Test
    void allPagesAreRead() {
        assertThat(McpTools.describe(odd("pages")))
                .containsExactly(
                        ToolDescription.of("a", "Tool a", "{\"type\":\"object\"}"),
                        ToolDescription.of("b", "Tool b", "{\"type\":\"object\"}"),
                        ToolDescription.of("c", "Tool c", "{\"type\":\"object\"}"));
    }

    @ParameterizedTest
    @CsvSource({
        "endless, 'expected a last page of tools from the MCP server but found \"again\" again, or after 1000 pages'",
        "twins, expected tools with different names from the MCP server but found two \"a\"",
        "spaces, 'expected a name of a tool without white space and <, after its prefix if it has one, but found \"read file\"'"
    })
    void listsThatMakeNoSenseAreRefused(String kind, String expected) {
        McpSyncClient client = odd(kind);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> McpTools.describe(client))
                .withMessage(expected);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> McpTools.add(loop(new ScriptedModel()), client))
                .withMessage(expected);
    }

    @Test
    void twoTurnsWithToolsHaveThePromptsOfAnyTools() {
        ScriptedTurn[] script = {
            call("get_weather", "{\"city\":\"Tokyo\"}").withThought("I should look."),
            answer("Yes."),
            call("get_weather", "{\"city\":\"Oslo\"}"),
            call("lines", "{}"),
            answer("No.")
        };
        McpSyncClient client = tools();
        ScriptedModel withServer = new ScriptedModel(script);
        ScriptedModel withFunctions = new ScriptedModel(script);
        ToolLoop functions = loop(withFunctions)
                .withTool(
                        Recipient.function("get_weather"),
                        arguments -> "{\"rain\":" + arguments.contains("Tokyo") + "}")
                .withTool(Recipient.function("lines"), arguments -> "one\ntwo");

        List<ToolDescription> described = McpTools.describe(client);
        for (ToolLoop loop : List.of(McpTools.add(loop(withServer), client), functions)) {
            LoopResult first = loop.run(question(described), event -> {});
            LoopResult second = loop.run(first.conversation().with(Message.user("And in Oslo?")), event -> {});

            assertThat(first.answer()).hasValue("Yes.");
            assertThat(second.answer()).hasValue("No.");
        }
        assertThat(withServer.promptTokens()).hasSize(5);
        assertThat(withServer.promptTokens().toArray(int[][]::new))
                .isDeepEqualTo(withFunctions.promptTokens().toArray(int[][]::new));
    }

    @Test
    void prefixesTellServersWithTheSameToolsApart() {
        McpSyncClient one = odd("any");
        McpSyncClient other = odd("refusing");
        ScriptedModel model = new ScriptedModel(call("one_odd", "{}"), call("other_odd", "{}"), answer("Done."));
        List<String> results = new ArrayList<>();

        McpTools.add(McpTools.add(loop(model), one, "one_"), other, "other_").run(question(List.of()), event -> {
            if (event instanceof LoopEvent.ToolAnswered answered) {
                results.add(answered.tool() + ": " + answered.text());
            }
        });

        assertThat(McpTools.describe(one, "one_"))
                .extracting(ToolDescription::name)
                .containsExactly("one_odd");
        assertThat(results)
                .containsExactly(
                        "functions.one_odd: fine",
                        "functions.other_odd: error: the MCP server reports an error: no such tool");
    }

    @Test
    void oneToolIsAddedByItself() {
        Tool tool =
                Tool.builder("echo", Map.<String, Object>of("type", "object")).build();
        LoopResult result = McpTools.add(
                        loop(new ScriptedModel(call("echo", "{\"a\":1}"), answer("Done."))), tools(), tool)
                .run(question(List.of(McpTools.describe(tool))), event -> {});

        assertThat(result.conversation().messages().get(4).text()).isEqualTo("{\"a\":1}");
        assertThat(McpTools.describe(tool)).isEqualTo(ToolDescription.of("echo", "", "{\"type\":\"object\"}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "get_weather # {\"city\":\"Tokyo\"} # {\"rain\":true}",
                "lines # {} # one|two",
                "parts # {} # look:|[left out: image image/png]|[left out: audio audio/wav]|of a file|[left out: resource link file:///b.txt]",
                "fail # {} # error: no such city",
                "throw # {} # error: the MCP server reports an error: out of order",
                "echo # {\"a\":[1,2.5,null,{\"b\":\"\\u00fc\"}]} # {\"a\":[1,2.5,null,{\"b\":\"ü\"}]}",
                "echo # `` # {}",
                "echo # {'a': True,} # {\"a\":true}",
                "echo # {\"a\":1 # {\"a\":1}",
                "echo # \"{\\\"a\\\":1}\" # {\"a\":1}",
                "echo # [1] # error: expected a JSON object as the arguments of functions.echo but found: [1]",
                "echo # \"Tokyo\" # error: expected a JSON object as the arguments of functions.echo but found: \"Tokyo\"",
                "echo # the city of Tokyo # error: expected a JSON object as the arguments of functions.echo but found: the city of Tokyo",
            })
    void theModelReadsWhatCameOfACall(String tool, String arguments, String expected) {
        assertThat(result(tools(), tool, arguments).replace('\n', '|')).startsWith(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "empty, ''",
        "refusing, error: the MCP server reports an error: no such tool",
        "shapeless, error: the MCP server could not be asked: ",
    })
    void whatTheServerAnswersIsForTheModel(String kind, String expected) {
        assertThat(result(odd(kind), "odd", "{}")).startsWith(expected);
    }

    @ParameterizedTest
    @CsvSource({"sleep", "exit"})
    void aServerThatDoesNotAnswerIsGivenUp(String tool) {
        assertThat(result(client(ToolServer.class, Duration.ofSeconds(3)), tool, "{}"))
                .isEqualTo("error: the MCP server did not answer in time");
    }

    @Test
    void aServerThatWritesNonsenseIsGivenUp() {
        assertThat(result(client(OddServer.class, Duration.ofSeconds(3), "noise"), "odd", "{}"))
                .isEqualTo("error: the MCP server did not answer in time");
    }

    @Test
    void interruptingEndsACallAtOnceAndTheLoopAsCancelled() throws Exception {
        McpSyncClient client = client(ToolServer.class, Duration.ofSeconds(60));
        CompletableFuture<Thread> called = new CompletableFuture<>();
        CompletableFuture<LoopResult> result = new CompletableFuture<>();
        ToolLoop loop = McpTools.add(loop(new ScriptedModel(call("sleep", "{}"), answer("Never."))), client);
        Thread thread = new Thread(() -> result.complete(loop.run(question(List.of()), event -> {
            if (event instanceof LoopEvent.ToolCalled) {
                called.complete(Thread.currentThread());
            }
        })));
        thread.start();
        called.get(60, TimeUnit.SECONDS);
        Thread.sleep(200);
        thread.interrupt();

        assertThat(result.get(20, TimeUnit.SECONDS).ending()).isEqualTo(LoopResult.Ending.CANCELLED);
    }
}
