package io.harmony4j.conformance;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A driver that is this library, broken in one way: a program of its own. A request with the word "poison" in it is what breaks it. */
final class BrokenDriver {
    /** A word in a request that makes the driver do what it does wrong. */
    static final String POISON = "poison";

    /** What standard error says before the id of a process that the driver has started. */
    static final String CHILD = "child ";

    /** What standard error says when there is nothing more to read. */
    static final String NO_MORE_INPUT = "no more input";

    private static final PrintStream OUT = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    private static final int BATCH = 8;
    private static final int FLOOD_LINES = 100_000;
    /** In lines: more than it takes to ask each suspect of a crash again, with a hello after it. */
    private static final int CRASH_AFTER = 200;

    private static final int END = 200007;
    private static final int CALL = 200012;

    /** What is wrong with it. */
    enum Fault {
        NONE,
        DROPS_RECIPIENTS,
        SWAPS_TOKENS,
        HANGS,
        CRASHES,
        CRASHES_AFTER_ANSWERING,
        PRINTS_GARBAGE,
        PRINTS_GARBAGE_AFTER_ANSWERING,
        PRINTS_WITHOUT_END,
        CLOSES_OUTPUT,
        ANSWERS_OUT_OF_ORDER,
        ANSWERS_TWICE,
        ANSWERS_MORE_THAN_ASKED,
        ANSWERS_WHAT_NOBODY_ASKED,
        ANSWERS_WITH_A_HUGE_SEQ,
        ANSWERS_WITHOUT_END,
        FLOODS_STANDARD_ERROR,
        CRASHES_AT_START,
        CRASHES_AT_START_AND_LEAVES_A_CHILD,
        CRASHES_NOW_AND_THEN,
        LEAVES_A_CHILD,
        DOES_NOT_STOP,
        ECHOES,
        HANGS_AT_START,
        GREETS_PEOPLE
    }

    private BrokenDriver() {}

    /** Returns the command that runs it. */
    static List<String> command(Fault fault) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                BrokenDriver.class.getName(),
                fault.name());
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Fault fault = Fault.valueOf(args[0]);
        switch (fault) {
            case CRASHES_AT_START -> {
                System.err.println("no model here");
                System.exit(4);
            }
            case CRASHES_AT_START_AND_LEAVES_A_CHILD -> {
                leaveAChild();
                Runtime.getRuntime().halt(4);
            }
            case LEAVES_A_CHILD -> leaveAChild();
            case HANGS_AT_START -> hang();
            case GREETS_PEOPLE -> OUT.println("Loading, please wait");
            case FLOODS_STANDARD_ERROR -> {
                for (int i = 0; i < FLOOD_LINES; i++) {
                    System.err.println("a line of a log that nobody will ever read to its end, number " + i);
                }
            }
            default -> {}
        }
        answer(fault);
    }

    /** Starts a process that never ends by itself and holds this one's output open, and says which. */
    private static void leaveAChild() throws IOException {
        Process child = new ProcessBuilder(command(Fault.HANGS_AT_START))
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        System.err.println(CHILD + child.pid());
        System.err.flush();
    }

    private static void answer(Fault fault) throws IOException, InterruptedException {
        Driver driver = new Driver();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        List<String> batch = new ArrayList<>();
        int lines = 0;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (fault == Fault.ECHOES) {
                OUT.println(line);
                OUT.flush();
                continue;
            }
            if (fault == Fault.CRASHES_NOW_AND_THEN && ++lines == CRASH_AFTER) {
                Runtime.getRuntime().halt(6);
            }
            boolean isPoison = line.contains(POISON);
            JsonValue request = Json.parseAny(line);
            if (request.get("cmd").text().equals("stop") && fault != Fault.DOES_NOT_STOP) {
                return;
            }
            if (isPoison) {
                before(fault);
            }
            JsonObject answer = spoiled(fault, request, driver.answer(request));
            batch.add(line(fault, answer));
            if (fault != Fault.ANSWERS_OUT_OF_ORDER || batch.size() == BATCH || !in.ready()) {
                Collections.reverse(batch);
                batch.forEach(OUT::println);
                OUT.flush();
                batch.clear();
            }
            if (isPoison) {
                after(fault, answer);
            }
        }
        System.err.println(NO_MORE_INPUT);
    }

    private static void before(Fault fault) throws InterruptedException {
        switch (fault) {
            case HANGS -> hang();
            case LEAVES_A_CHILD -> Runtime.getRuntime().halt(7);
            case CRASHES -> {
                System.err.println("segmentation fault, or so");
                System.err.flush();
                Runtime.getRuntime().halt(3);
            }
            case PRINTS_GARBAGE -> OUT.println("DEBUG: {\"seq\"");
            case PRINTS_WITHOUT_END -> {
                byte[] block = new byte[1 << 20];
                Arrays.fill(block, (byte) 'a');
                while (!OUT.checkError()) {
                    OUT.write(block, 0, block.length);
                }
            }
            case CLOSES_OUTPUT -> {
                OUT.close();
                hang();
            }
            case ANSWERS_WHAT_NOBODY_ASKED -> OUT.println("{\"seq\":987654321}");
            case ANSWERS_WITH_A_HUGE_SEQ -> OUT.println("{\"seq\":18446744073709551617}"); // 1 in 64 bits
            case ANSWERS_WITHOUT_END -> OUT.println("{\"seq\":1,\"tokens\":" + "[".repeat(100_000));
            default -> {}
        }
    }

    private static void after(Fault fault, JsonObject answer) {
        switch (fault) {
            case CRASHES_AFTER_ANSWERING -> Runtime.getRuntime().halt(5);
            case PRINTS_GARBAGE_AFTER_ANSWERING -> {
                OUT.println("done.");
                OUT.flush();
            }
            case ANSWERS_TWICE -> {
                OUT.println(answer);
                OUT.flush();
            }
            default -> {}
        }
    }

    private static JsonObject spoiled(Fault fault, JsonValue request, JsonObject answer) {
        if (fault == Fault.DROPS_RECIPIENTS) {
            JsonObject spoiled = JsonEdits.withoutInElements(answer, "messages", "recipient");
            return JsonEdits.withElements(
                    spoiled,
                    "steps",
                    step -> ((JsonObject) step)
                            .toBuilder().put("recipient", JsonValue.ofNull()).build());
        }
        if (fault == Fault.SWAPS_TOKENS && request.get("cmd").text().startsWith("render")) {
            return JsonEdits.withElements(answer, "tokens", token -> JsonValue.of(swapped(token.intValue())));
        }
        return answer;
    }

    /** Unpaired surrogates, numbers that no double holds, and many levels are JSON too. */
    private static String line(Fault fault, JsonObject answer) {
        String line = answer.toString();
        return fault == Fault.ANSWERS_MORE_THAN_ASKED
                ? line.substring(0, line.length() - 1) + ",\"more\":[\"\\ud800\",1e999," + "[".repeat(500)
                        + "]".repeat(500) + "]}"
                : line;
    }

    private static int swapped(int token) {
        return token == END ? CALL : token == CALL ? END : token;
    }

    private static void hang() throws InterruptedException {
        while (true) {
            Thread.sleep(1000);
        }
    }
}
