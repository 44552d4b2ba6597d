import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * JTokkit as an implementation under test, for a JDK 17: {@code java -cp JTOKKIT.jar:JACKSON.jar JTokkit.java}.
 *
 * <p>It has o200k_base, and throws at special tokens in a text, or takes them for ordinary text; it never encodes them.
 */
final class JTokkit {
    private static final Encoding ENCODING = Encodings.newDefaultEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    private static final JsonMapper JSON = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build());

    private JTokkit() {}

    public static void main(String[] arguments) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            JsonNode request = JSON.readTree(line);
            if (request.path("cmd").asText().equals("stop")) {
                return;
            }
            ObjectNode answer = JSON.createObjectNode();
            answer.set("seq", request.get("seq"));
            try {
                answer(request, answer);
            } catch (RuntimeException | StackOverflowError e) {
                answer.putObject("error").put("kind", "exception").put("message", e.toString());
            }
            out.print(JSON.writeValueAsString(answer) + "\n");
            out.flush();
        }
    }

    private static void answer(JsonNode request, ObjectNode answer) {
        String command = request.path("cmd").asText();
        switch (command) {
            case "hello" -> {
                answer.put("protocol", 1);
                answer.putObject("implementation")
                        .put("name", "JTokkit")
                        .put("version", version())
                        .put("language", "Java " + Runtime.version().feature())
                        .put("homepage", "https://github.com/knuddelsgmbh/jtokkit");
                answer.putArray("capabilities").add("tokenize").add("detokenize");
            }
            case "tokenize" -> {
                JsonNode special = request.path("special");
                if (special.isMissingNode() || special.asText().equals("none") || special.isArray() && special.isEmpty()) {
                    putTokens(answer, ENCODING.encodeOrdinary(request.path("text").textValue()));
                } else {
                    answer.put("skipped", "JTokkit encodes no special tokens");
                }
            }
            case "detokenize" -> {
                IntArrayList tokens = new IntArrayList();
                request.path("tokens").forEach(token -> tokens.add(token.intValue()));
                try {
                    answer.put("base64", Base64.getEncoder().encodeToString(ENCODING.decodeBytes(tokens)));
                    answer.put("text", ENCODING.decode(tokens));
                } catch (IllegalArgumentException e) {
                    answer.removeAll();
                    answer.set("seq", request.get("seq"));
                    answer.putObject("error").put("kind", "argument").put("message", e.getMessage());
                }
            }
            default -> answer.put("skipped", "no command " + command);
        }
    }

    /** Returns the version in the name of JTokkit's jar: nothing in it has another. */
    private static String version() {
        String jar = Encodings.class.getProtectionDomain().getCodeSource().getLocation().getPath();
        return jar.replaceFirst(".*jtokkit-", "").replaceFirst("\\.jar$", "");
    }

    private static void putTokens(ObjectNode answer, IntArrayList tokens) {
        var ids = answer.putArray("tokens");
        for (int i = 0; i < tokens.size(); i++) {
            ids.add(tokens.get(i));
        }
    }
}
