import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * JTokkit as an implementation under test, for a JDK 17: {@code java -cp JTOKKIT.jar:HARMONY-JSON.jar:JACKSON-CORE.jar
 * JTokkit.java}.
 *
 * <p>It has o200k_base, and throws at special tokens in a text, or takes them for ordinary text; it never encodes them.
 */
final class JTokkit {
    private static final Encoding ENCODING = Encodings.newDefaultEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

    private JTokkit() {}

    public static void main(String[] arguments) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            JsonValue request = Json.parseAny(line);
            if (command(request).equals("stop")) {
                return;
            }
            JsonObject answer;
            try {
                answer = answer(request);
            } catch (RuntimeException | StackOverflowError e) {
                answer = error("exception", e.toString());
            }
            JsonObject.Builder numbered = JsonObject.builder().put("seq", request.get("seq"));
            answer.members().forEach(numbered::put);
            out.print(numbered.build() + "\n");
            out.flush();
        }
    }

    private static String command(JsonValue request) {
        String command = request.get("cmd").textOrNull();
        return command == null ? "" : command;
    }

    private static JsonObject answer(JsonValue request) {
        return switch (command(request)) {
            case "hello" -> hello();
            case "tokenize" -> tokenize(request);
            case "detokenize" -> detokenize(request);
            default -> skipped("no command " + command(request));
        };
    }

    private static JsonObject hello() {
        return JsonObject.builder()
                .put("protocol", 1)
                .put("implementation", JsonObject.builder()
                        .put("name", "JTokkit")
                        .put("version", version())
                        .put("language", "Java " + Runtime.version().feature())
                        .put("homepage", "https://github.com/knuddelsgmbh/jtokkit")
                        .build())
                .put("capabilities", JsonArray.ofTexts(List.of("tokenize", "detokenize")))
                .build();
    }

    private static JsonObject tokenize(JsonValue request) {
        JsonValue special = request.get("special");
        boolean isNone = special.isNull()
                || "none".equals(special.textOrNull())
                || special.isArray() && special.elements().isEmpty();
        if (!isNone) {
            return skipped("JTokkit encodes no special tokens");
        }
        int[] tokens = ENCODING.encodeOrdinary(request.get("text").text()).toArray();
        return JsonObject.of("tokens", JsonArray.ofIntegers(tokens));
    }

    private static JsonObject detokenize(JsonValue request) {
        IntArrayList tokens = new IntArrayList();
        request.get("tokens").elements().forEach(token -> tokens.add(token.intValue()));
        try {
            return JsonObject.builder()
                    .put("base64", Base64.getEncoder().encodeToString(ENCODING.decodeBytes(tokens)))
                    .put("text", ENCODING.decode(tokens))
                    .build();
        } catch (IllegalArgumentException e) {
            return error("argument", e.getMessage());
        }
    }

    private static JsonObject skipped(String reason) {
        return JsonObject.of("skipped", JsonValue.of(reason));
    }

    private static JsonObject error(String kind, String message) {
        return JsonObject.of(
                "error", JsonObject.builder().put("kind", kind).put("message", message).build());
    }

    /** Returns the version in the name of JTokkit's jar: nothing in it has another. */
    private static String version() {
        String jar = Encodings.class.getProtectionDomain().getCodeSource().getLocation().getPath();
        return jar.replaceFirst(".*jtokkit-", "").replaceFirst("\\.jar$", "");
    }
}
