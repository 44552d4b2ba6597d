package io.harmony4j.bench;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A program outside of this JVM that measures itself and answers in JSON: a tokenizer that encodes the documents of a file, or
 * an engine. {@code
 * docs/benchmarks.md} has the protocol.
 *
 * @param name as the tables show it
 * @param command the program and its first arguments
 */
public record Peer(String name, List<String> command) {
    private static final String ENCODE = "encode";
    private static final String UNSEEN = "unseen";
    private static final String TOKENS = "tokens";
    private static final int MAX_COMPLAINT = 200;

    public Peer {
        command = List.copyOf(command);
    }

    /**
     * Returns the peer of {@code NAME=COMMAND}; the command is divided at spaces.
     *
     * @throws IllegalArgumentException if name or command is missing
     */
    public static Peer of(String definition) {
        int equals = definition.indexOf('=');
        String command = definition.substring(equals + 1).strip();
        if (equals < 1 || command.isEmpty()) {
            throw new IllegalArgumentException("expected NAME=COMMAND but found \"" + definition + "\"");
        }
        return new Peer(definition.substring(0, equals).strip(), List.of(command.split(" +")));
    }

    /** A peer that did not answer as the protocol says. */
    static final class Failure extends Exception {
        private static final long serialVersionUID = 1;

        Failure(String message) {
            super(message);
        }

        Failure(@Nullable String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * What a peer has measured.
     *
     * @param hash the {@link TokenHash} of the tokens of all documents, one after the other
     */
    record Answer(long hash, Samples samples) {}

    /**
     * Writes documents as peers read them: for each one its length in bytes, as four bytes in big-endian order, and then its
     * text in UTF-8.
     */
    static void write(Path file, List<String> documents) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            for (String document : documents) {
                byte[] utf8 = document.getBytes(StandardCharsets.UTF_8);
                out.writeInt(utf8.length);
                out.write(utf8);
            }
        }
    }

    /** Has the documents encoded again and again for so long. */
    Answer encode(Path documents, double seconds) throws IOException, InterruptedException, Failure {
        return answer(run(ENCODE, documents.toString(), seconds(seconds)));
    }

    /** Has the second half of the documents timed, each time after the others and the first half. */
    Answer encodeUnseen(Path documents, double seconds, Path others) throws IOException, InterruptedException, Failure {
        return answer(run(UNSEEN, documents.toString(), seconds(seconds), others.toString()));
    }

    /** Returns the tokens of each document. */
    List<int[]> tokens(Path documents) throws IOException, InterruptedException, Failure {
        try (Stream<String> lines = run(TOKENS, documents.toString()).lines()) {
            return lines.map(line -> Stream.of(line.strip().split(" "))
                            .filter(id -> !id.isEmpty())
                            .mapToInt(Integer::parseInt)
                            .toArray())
                    .toList();
        } catch (NumberFormatException e) {
            throw new Failure("expected token ids but found " + e.getMessage(), e);
        }
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }

    /** Runs the program; returns what it printed. */
    String run(String... arguments) throws IOException, InterruptedException, Failure {
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of(arguments));
        Path complaints = Files.createTempFile("peer", ".err");
        try {
            Process process = start(new ProcessBuilder(line).redirectError(complaints.toFile()));
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new Failure("exit code " + process.exitValue() + ": "
                        + shortened(Files.readString(complaints, StandardCharsets.ISO_8859_1)));
            }
            return output;
        } finally {
            Files.delete(complaints);
        }
    }

    private static Process start(ProcessBuilder program) throws Failure {
        try {
            return program.start();
        } catch (IOException e) {
            throw new Failure(e.getMessage(), e);
        }
    }

    private static Answer answer(String output) throws Failure {
        try {
            JsonValue answer = Json.parse(output.strip());
            long bytes = answer.get("bytes").longValue();
            List<JsonValue> cpu = answer.get("cpu_ns").elements();
            List<JsonValue> wall = answer.get("wall_ns").elements();
            if (cpu.isEmpty() || cpu.size() != wall.size()) {
                throw new IllegalArgumentException("expected as many cpu_ns as wall_ns, at least one, but found "
                        + cpu.size() + " and " + wall.size());
            }
            Samples samples = new Samples();
            for (int i = 0; i < cpu.size(); i++) {
                samples.add(new Samples.Sample(bytes, nanos(cpu.get(i)), nanos(wall.get(i))));
            }
            return new Answer(Long.parseUnsignedLong(answer.get("fnv1a64").text(), 16), samples);
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    "expected an answer in JSON but found " + shortened(output) + " (" + e.getMessage() + ")", e);
        }
    }

    /** Returns a time, which may have a fraction. */
    private static long nanos(JsonValue time) {
        return Math.round(time.doubleValue());
    }

    static String shortened(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= MAX_COMPLAINT ? line : line.substring(0, MAX_COMPLAINT) + " ...";
    }
}
