package io.harmony4j.server;

import static io.harmony4j.server.ScriptedGenerator.answer;
import static io.harmony4j.server.ScriptedGenerator.call;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A server whose model plays scripts, for clients of any kind: what they do with tool calls, slow answers and failures does not depend on
 * what a model happens to say. The word of the plays stands in the prompt, see {@link ScriptedGenerator} and {@link #PLAYS}.
 *
 * <pre>
 * java -cp cli/target/harmony.jar:server/target/test-classes io.harmony4j.server.ScriptedServer key=secret parallel=1 queue=0
 * </pre>
 *
 * <p>It prints its URL, and then its log. Settings, in milliseconds where they are times: {@code port key parallel queue queue-time
 * answer-time keep-alive stall body context cors}, and {@code loading=true}: it has no model until a line comes on its standard input. It ends when its standard
 * input does, or when it is killed.
 */
public final class ScriptedServer {
    /** What the model plays besides what every {@link ScriptedGenerator} does. */
    static final Map<String, List<String>> PLAYS = Map.of(
            // a call, and the answer to its result
            "weather",
            List.of(
                    call("I need the weather.", "functions.get_weather", "{\"city\":\"Paris\"}"),
                    answer("It is sunny.", "It is sunny in Paris.")),
            // a preamble and two calls at once, then a third, then the answer
            "trip",
            List.of(
                    "<|channel|>analysis<|message|>I need the weather of two cities.<|end|>"
                            + "<|start|>assistant<|channel|>commentary<|message|>I look at both.<|end|>"
                            + "<|start|>assistant<|channel|>commentary to=functions.get_weather <|constrain|>json<|message|>"
                            + "{\"city\":\"Paris\"}<|end|>"
                            + "<|start|>assistant<|channel|>commentary to=functions.get_weather <|constrain|>json<|message|>"
                            + "{\"city\":\"Rome\"}<|call|>",
                    call("Rome is better. What time is it?", "functions.get_time", "{\"zone\":\"Europe/Rome\"}"),
                    answer("I know all.", "Go to Rome: it is noon and sunny.")),
            // what a schema of {"city": string, "degrees": number} asks for
            "json",
            List.of(answer("JSON is wanted.", "{\"city\":\"Paris\",\"degrees\":21.5}")),
            // an answer with characters of several tokens
            "emoji",
            List.of(answer("Smile.", "naïve 🧑‍🚀 日本語 e\u0301")),
            // arguments that are no JSON
            "wrong",
            List.of(
                    call("I try.", "functions.get_weather", "{\"city\": Paris"),
                    answer("It failed.", "I could not look it up.")),
            // a free-form call
            "shell",
            List.of(
                    call("I list the files.", "functions.shell", "{\"input\":\"ls -l\"}"),
                    answer("I see.", "There is one file.")),
            // what Codex offers: commands in its working folder, and a tool in a namespace
            "codex",
            List.of(
                    call("I make a file.", "functions.exec_command", "{\"cmd\":\"echo made by harmony > made.txt\"}"),
                    call("I read it.", "functions.exec_command", "{\"cmd\":\"cat made.txt\"}"),
                    call("I close an agent.", "multi_agent_v1.close_agent", "{\"target\":\"nobody\"}"),
                    answer("It is there.", "I have made a file.")));

    static final String MODEL = "scripted";

    private ScriptedServer() {}

    /** Starts a server that answers with {@link #PLAYS}. */
    static HarmonyServer start(ServerOptions options) {
        return HarmonyServer.start(options).serve(model(new ScriptedGenerator(PLAYS), 8192));
    }

    static ServedModel model(ScriptedGenerator generator, int contextTokens) {
        return new ServedModel(MODEL, generator, contextTokens).withAliases("org/scripted-20b");
    }

    public static void main(String[] settings) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        ServerOptions options =
                ServerOptions.DEFAULT.withPort(0).withParallel(16).withAccessLog(out::println);
        int context = 8192;
        boolean isLoading = false;
        for (String setting : settings) {
            String name = setting.substring(0, setting.indexOf('='));
            String text = setting.substring(name.length() + 1);
            int number = text.matches("\\d+") ? Integer.parseInt(text) : -1;
            Duration time = Duration.ofMillis(number);
            switch (name) {
                case "port" -> options = options.withPort(number);
                case "key" -> options = options.withKey(text);
                case "parallel" -> options = options.withParallel(number);
                case "queue" -> options = options.withQueueLength(number);
                case "queue-time" -> options = options.withQueueTime(time);
                case "answer-time" -> options = options.withAnswerTime(time);
                case "keep-alive" -> options = options.withKeepAliveTime(time);
                case "stall" -> options = options.withStallTime(time);
                case "body" -> options = options.withBodyLength(number);
                case "cors" -> options = options.withCorsOrigins(List.of(text.split(",")));
                case "context" -> context = number;
                case "loading" -> isLoading = Boolean.parseBoolean(text);
                default -> throw new IllegalArgumentException("expected a setting but found \"" + setting + "\"");
            }
        }
        HarmonyServer server = HarmonyServer.start(options);
        out.println(server.url());
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        if (isLoading) {
            System.in.read();
        }
        server.serve(model(new ScriptedGenerator(PLAYS), context));
        while (System.in.read() >= 0) {
            // until the parent process ends
        }
        System.exit(0);
    }
}
