package io.harmony4j.cli;

import io.harmony4j.ToolNamespace;
import io.harmony4j.openai.ApiOptions;
import io.harmony4j.openai.InMemoryResponseStore;
import io.harmony4j.openai.ResponseStore;
import io.harmony4j.server.HarmonyServer;
import io.harmony4j.server.ServedModel;
import io.harmony4j.server.ServerOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Serves OpenAI's APIs until the process is told to end. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Serve OpenAI's Chat Completions and Responses, and a page to see Harmony with.",
            "The model is one in this process (--model; by default the tiny one) or a runtime elsewhere (--backend).",
            "The log is on standard output, a line of JSON for each request; what people read is on standard error.",
        },
        footer = {
            "",
            "Examples:",
            "  harmony serve",
            "  harmony serve --model gpt-oss-20b --port 9000",
            "  harmony serve --backend llama-server:http://127.0.0.1:8081 --name gpt-oss-120b",
            "  harmony serve --host 0.0.0.0 --key-file key.txt",
            "",
            "Then:",
            "  curl http://127.0.0.1:8080/v1/chat/completions -H 'content-type: application/json' \\",
            "      -d '{\"messages\":[{\"role\":\"user\",\"content\":\"What is 17 * 23?\"}]}'",
        })
final class ServeCommand implements Callable<Integer> {
    /** The context of gpt-oss. */
    private static final int GPT_OSS_CONTEXT = 131_072;

    /** Far more than the tiny model was trained with: beyond that it repeats itself, up to the limit. */
    private static final int TINY_CONTEXT = 8192;

    /** How many generations a runtime elsewhere is asked for at a time; it may make its own queue of them. */
    private static final int PARALLEL_ELSEWHERE = 64;

    private static final int PARALLEL_HERE = 4;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOrBackend source;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Where to listen; default ${DEFAULT-VALUE}. Any other address needs --key-file.")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "The port; 0 for any that is free. Default ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            split = ",",
            description = "Names of the model, the first of which answers have; default: gpt-oss, and the model's own.")
    private List<String> names = List.of();

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "A file with the key that clients must have, on its first line.")
    private @Nullable Path keyFile;

    @Option(names = "--insecure", description = "Listen at an address that others can reach without a key.")
    private boolean isInsecure;

    @Option(
            names = "--cors-origin",
            paramLabel = "ORIGIN",
            split = ",",
            description =
                    "Pages of these origins may ask, as in https://app.example.com; * for all. Without a key, a server"
                            + " at the loopback lets pages of this machine ask.")
    private List<String> origins = List.of();

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "Generations at a time; default " + PARALLEL_HERE + ", and " + PARALLEL_ELSEWHERE
                    + " with --backend.")
    private @Nullable Integer parallel;

    @Option(
            names = "--queue",
            paramLabel = "N",
            defaultValue = "64",
            description = "Requests that may wait; others are refused with 429. Default ${DEFAULT-VALUE}.")
    private int queue;

    @Option(
            names = "--queue-seconds",
            paramLabel = "N",
            defaultValue = "30",
            description = "How long a request may wait; default ${DEFAULT-VALUE}.")
    private int queueSeconds;

    @Option(
            names = "--answer-seconds",
            paramLabel = "N",
            defaultValue = "1800",
            description = "How long an answer may take; default ${DEFAULT-VALUE}.")
    private int answerSeconds;

    @Option(
            names = "--shutdown-seconds",
            paramLabel = "N",
            defaultValue = "30",
            description = "How long answers may go on when the process is told to end; default ${DEFAULT-VALUE}.")
    private int shutdownSeconds;

    @Option(
            names = "--max-body",
            paramLabel = "BYTES",
            defaultValue = "10000000",
            description = "The longest request; default ${DEFAULT-VALUE}.")
    private int maxBody;

    @Option(
            names = "--context",
            paramLabel = "TOKENS",
            description = "How many tokens prompt and answer can have together; default: the model's, " + TINY_CONTEXT
                    + " for the tiny model, and " + GPT_OSS_CONTEXT + " with --backend.")
    private @Nullable Integer context;

    @Option(
            names = "--responses",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many responses are kept, for an hour; 0 for none. Default ${DEFAULT-VALUE}.")
    private int responses;

    @Option(
            names = "--python",
            paramLabel = "COMMAND",
            description = {
                "What runs the code that the model writes for its tool python, in Responses that ask for code_interpreter: it"
                        + " has the code on its standard input, and prints the result. It should do so where that can do no"
                        + " harm, as in 'docker run --rm -i --network none python:3.12 python -'.",
                "Without it, nothing that a model writes is run.",
            })
    private @Nullable String python;

    @Option(
            names = "--python-seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "How long that may take; default ${DEFAULT-VALUE}.")
    private int pythonSeconds;

    @Option(names = "--date", paramLabel = "YYYY-MM-DD", description = "The date in prompts; default today, in UTC.")
    private @Nullable LocalDate date;

    @Mixin
    private FaithfulOption schemas;

    @Option(
            names = "--grammar",
            negatable = true,
            description = {
                "Bind what the model writes by a grammar: a call that a request demands, strict tools, formats of the"
                        + " answer. With --no-grammar a call that is demanded is put into the model's mouth, and the rest is"
                        + " only asked for.",
                "Default: --grammar for a model in this process, llama-server and sglang; --no-grammar for ollama and"
                        + " tensorrt-llm, which take none, and for vllm, which heeds one only if it was started with"
                        + " enable_in_reasoning in its --structured-outputs-config.",
            })
    private @Nullable Boolean hasGrammar;

    @Option(names = "--no-log", description = "Print no line for each request.")
    private boolean hasNoLog;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        HarmonyServer server = start(options());
        CountDownLatch end = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.close();
            end.countDown();
        }));
        err.println("Harmony4J listens at " + server.url() + "; loading the model …");
        Waiting waiting = new Waiting(err);
        try (ModelOrBackend.Opened opened = source.open(parallel())) {
            ServedModel model = model(opened);
            waiting.end();
            server.serve(model);
            err.println("Serving " + model.name() + " at " + server.url() + "/v1 (playground: " + server.url() + "/); "
                    + opened.description());
            end.await();
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        return 0;
    }

    private HarmonyServer start(ServerOptions options) {
        try {
            return HarmonyServer.start(options);
        } catch (IllegalArgumentException e) { // others could reach it, and it has no key
            throw new ParameterException(spec.commandLine(), e.getMessage() + ": --key-file FILE, or --insecure", e);
        }
    }

    /** Says now and then that the model is still being loaded. */
    private static final class Waiting {
        private static final int SECONDS = 10;

        private final Timer timer = new Timer("harmony-loading", true);

        Waiting(PrintWriter err) {
            long start = System.nanoTime();
            TimerTask line = new TimerTask() {
                @Override
                public void run() {
                    err.println("still loading after " + (System.nanoTime() - start) / 1_000_000_000 + " s …");
                }
            };
            timer.schedule(line, 1000L * SECONDS, 1000L * SECONDS);
        }

        void end() {
            timer.cancel();
        }
    }

    private ServedModel model(ModelOrBackend.Opened opened) {
        List<String> all = names.isEmpty() ? List.of("gpt-oss", source.modelName()) : names;
        return new ServedModel(all.get(0), opened.generator(), contextTokens(opened))
                .withAliases(all.stream().skip(1).distinct().toArray(String[]::new))
                .withAnalysisPolicy(source.analysisPolicy())
                .withFaithfulTypeScript(schemas.areFaithful())
                .withGrammars(hasGrammar != null ? hasGrammar : source.obeysGrammars());
    }

    private int contextTokens(ModelOrBackend.Opened opened) {
        if (context != null) {
            return context;
        }
        if (opened.model() == null) {
            return GPT_OSS_CONTEXT;
        }
        int most = opened.model().config().contextLength();
        return source.isTiny() ? Math.min(TINY_CONTEXT, most) : most;
    }

    private ServerOptions options() {
        PrintWriter out = spec.commandLine().getOut();
        ServerOptions options = ServerOptions.DEFAULT
                .withHost(host)
                .withPort(port)
                .withKey(key())
                .withInsecure(isInsecure)
                .withCorsOrigins(origins)
                .withParallel(parallel())
                .withQueueLength(queue)
                .withQueueTime(Duration.ofSeconds(queueSeconds))
                .withAnswerTime(Duration.ofSeconds(answerSeconds))
                .withShutdownTime(Duration.ofSeconds(shutdownSeconds))
                .withBodyLength(maxBody)
                .withResponseStore(store())
                .withApiOptions(ApiOptions.DEFAULT.withDate(date));
        if (python != null) {
            options = options.withTools(
                    new ToolCommand(python, Duration.ofSeconds(pythonSeconds)), ToolNamespace.python());
        }
        return hasNoLog
                ? options
                : options.withAccessLog(line -> {
                    out.println(line);
                    out.flush();
                });
    }

    int parallel() {
        return parallel != null ? parallel : source.isElsewhere() ? PARALLEL_ELSEWHERE : PARALLEL_HERE;
    }

    private ResponseStore store() {
        return responses == 0
                ? ResponseStore.NONE
                : new InMemoryResponseStore(responses, Duration.ofHours(1), 256_000_000, Clock.systemUTC());
    }

    private @Nullable String key() {
        if (keyFile == null) {
            return null;
        }
        try {
            String key =
                    Files.readAllLines(keyFile).stream().findFirst().orElse("").strip();
            if (key.isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--key-file: expected a key on the first line of " + keyFile + " but found none");
            }
            return key;
        } catch (IOException e) {
            throw new ParameterException(
                    spec.commandLine(), "--key-file: cannot read " + keyFile + ": " + e.getMessage(), e);
        }
    }
}
