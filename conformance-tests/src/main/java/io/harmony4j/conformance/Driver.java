package io.harmony4j.conformance;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.parser.HarmonyFormatException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * This library as an implementation under test: reads one request per line, a JSON object, and writes one answer per line.
 * A request that fails is answered with an error, and the next one is read.
 *
 * <pre>{@code
 * {"seq":1,"cmd":"tokenize","text":"Hello"}
 * {"seq":1,"tokens":[13225]}
 * }</pre>
 *
 * <p>The errors' kinds: {@code format} for tokens that are not Harmony, {@code argument} for a request that cannot be
 * fulfilled, {@code exception} for a defect of the library. Stateless apart from the stop request; one thread at a time.
 */
public final class Driver {
    /** The version of the protocol. */
    public static final int PROTOCOL = 1;

    /** The request that each conversation with a driver begins with. */
    static final JsonObject HELLO =
            JsonObject.builder().put("cmd", "hello").put("protocol", PROTOCOL).build();

    private final Operations operations = new Operations();

    /** Creates a driver. */
    public Driver() {}

    /** Answers requests until the input ends or a request says {@code stop}. */
    public void run(InputStream requests, OutputStream answers) throws IOException {
        requireNonNull(requests, "requests");
        requireNonNull(answers, "answers");
        BufferedReader in = new BufferedReader(new InputStreamReader(requests, StandardCharsets.UTF_8));
        Writer out = new BufferedWriter(new OutputStreamWriter(answers, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.isBlank()) {
                continue;
            }
            JsonObject answer;
            boolean stops = false;
            try {
                JsonValue request = read(line);
                stops = "stop".equals(request.get("cmd").textOrNull());
                answer = stops ? reply(request).build() : answer(request);
            } catch (IllegalArgumentException malformed) {
                answer = error(
                        JsonObject.builder().put("seq", JsonValue.ofNull()),
                        "argument",
                        "expected a JSON object on one line but found: " + malformed.getMessage());
            }
            out.write(Json.write(answer));
            out.write('\n');
            out.flush();
            if (stops) {
                return;
            }
        }
    }

    /** Reads a request: as the format's JSON, whose numbers matter in schemas, or else with unpaired surrogates as well. */
    private static JsonValue read(String line) {
        try {
            return Json.parse(line);
        } catch (IllegalArgumentException notOfTheFormat) {
            return Json.parseAny(line);
        }
    }

    /** Returns the answer to one request; never throws. */
    public JsonObject answer(JsonValue request) {
        JsonObject.Builder reply = reply(requireNonNull(request, "request"));
        try {
            operations.perform(Request.of(request), reply);
            return reply.build();
        } catch (HarmonyFormatException e) {
            return error(reply(request), "format", message(e));
        } catch (IllegalArgumentException e) {
            return error(reply(request), "argument", message(e));
        } catch (RuntimeException | StackOverflowError e) {
            return error(reply(request), "exception", e.toString());
        }
    }

    private static JsonObject.Builder reply(JsonValue request) {
        JsonObject.Builder reply = JsonObject.builder();
        JsonValue seq = request.members().get("seq");
        return seq == null ? reply : reply.put("seq", seq);
    }

    private static JsonObject error(JsonObject.Builder reply, String kind, String message) {
        JsonObject error =
                JsonObject.builder().put("kind", kind).put("message", message).build();
        return reply.put("error", error).build();
    }

    private static String message(RuntimeException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
