package io.harmony4j.bench;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.server.HarmonyServer;
import io.harmony4j.server.ServedModel;
import io.harmony4j.server.ServerOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A server with a {@link LoadGenerator}, as a program of its own. Its argument is JSON: {@code parallel}, {@code queue}, and times in
 * milliseconds. It prints its URL; a number on standard input is answered with figures and when the last token of that number was made.
 */
final class LoadServer {
    private static final int HEAP_PAUSE = 20;

    /** The most bytes of the heap that were used when it was looked at, those of garbage included. */
    private static volatile long heapPeak;

    private LoadServer() {}

    public static void main(String[] args) throws IOException {
        JsonValue settings = Json.parse(args[0]);
        LoadGenerator generator = new LoadGenerator();
        HarmonyServer server = HarmonyServer.start(ServerOptions.DEFAULT
                        .withPort(0)
                        .withParallel(settings.get("parallel").intValue())
                        .withQueueLength(settings.get("queue").intValue())
                        .withQueueTime(millis(settings, "queue_time"))
                        .withAnswerTime(millis(settings, "answer_time"))
                        .withBodyTime(millis(settings, "body_time"))
                        .withShutdownTime(millis(settings, "shutdown_time")))
                .serve(new ServedModel("load", generator, 131_072));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        Thread watch = new Thread(LoadServer::watchHeap, "heap");
        watch.setDaemon(true);
        watch.start();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println(server.url());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(figures(generator, Integer.parseInt(line)));
        }
        System.exit(0); // whoever has started it is gone
    }

    private static void watchHeap() {
        try {
            while (true) {
                long used =
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
                heapPeak = Math.max(heapPeak, used);
                Thread.sleep(HEAP_PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration millis(JsonValue settings, String name) {
        return Duration.ofMillis(settings.get(name).longValue());
    }

    private static JsonObject figures(LoadGenerator generator, int number) {
        return JsonObject.builder()
                .put("running", generator.running())
                .put("made", generator.made())
                .put("last_token", generator.lastToken(number))
                .put("heap_peak", heapPeak)
                .put("threads", ManagementFactory.getThreadMXBean().getPeakThreadCount())
                .build();
    }
}
