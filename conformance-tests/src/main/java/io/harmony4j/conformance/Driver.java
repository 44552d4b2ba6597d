package io.harmony4j.conformance;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.harmony4j.Json;
import io.harmony4j.parse.HarmonyFormatException;
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

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Operations operations = new Operations();

    /** Creates a driver. */
    public Driver() {}

    /** Answers requests until the input ends or a request says {@code stop}. */
    public void run(InputStream requests, OutputStream answers) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(requests, StandardCharsets.UTF_8));
        Writer out = new BufferedWriter(new OutputStreamWriter(answers, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.isBlank()) {
                continue;
            }
            ObjectNode answer;
            boolean stops = false;
            try {
                JsonNode request = read(line);
                stops = request.path("cmd").asText().equals("stop");
                answer = stops ? reply(request) : answer(request);
            } catch (JsonProcessingException malformed) {
                answer = error(
                        JSON.createObjectNode().putNull("seq"),
                        "argument",
                        "expected a JSON object on one line but found: " + malformed.getOriginalMessage());
            }
            out.write(JSON.writeValueAsString(answer));
            out.write('\n');
            out.flush();
            if (stops) {
                return;
            }
        }
    }

    /** Reads a request: as the format's JSON, whose numbers matter in schemas, or else with unpaired surrogates as well. */
    private static JsonNode read(String line) throws JsonProcessingException {
        try {
            return Json.parse(line);
        } catch (IllegalArgumentException notOfTheFormat) {
            return JSON.readTree(line);
        }
    }

    /** Returns the answer to one request; never throws. */
    public ObjectNode answer(JsonNode request) {
        ObjectNode reply = reply(requireNonNull(request, "request"));
        try {
            return operations.perform(new Request(request), reply);
        } catch (HarmonyFormatException e) {
            return error(reply(request), "format", message(e));
        } catch (IllegalArgumentException e) {
            return error(reply(request), "argument", message(e));
        } catch (RuntimeException | StackOverflowError e) {
            return error(reply(request), "exception", e.toString());
        }
    }

    private static ObjectNode reply(JsonNode request) {
        ObjectNode reply = JSON.createObjectNode();
        JsonNode seq = request.get("seq");
        if (seq != null) {
            reply.set("seq", seq);
        }
        return reply;
    }

    private static ObjectNode error(ObjectNode reply, String kind, String message) {
        reply.putObject("error").put("kind", kind).put("message", message);
        return reply;
    }

    private static String message(RuntimeException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
