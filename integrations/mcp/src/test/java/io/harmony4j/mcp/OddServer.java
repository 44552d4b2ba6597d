package io.harmony4j.mcp;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** An MCP server that does what the SDK's does not, as a program of its own: the first argument says what. */
final class OddServer {
    private OddServer() {}

    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            JsonValue request = Json.parseAny(line);
            if (request.get("id").isNull()) {
                continue;
            }
            String result = switch (request.get("method").text()) {
                case "initialize" ->
                    "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{\"tools\":{}},\"serverInfo\":{\"name\":\"odd\",\"version\":\"1\"}}";
                case "tools/list" ->
                    page(args[0], request.get("params").get("cursor").textOrNull());
                default -> answer(args[0]);
            };
            System.out.println("{\"jsonrpc\":\"2.0\",\"id\":" + request.get("id") + "," + result(result) + "}");
            System.out.flush();
        }
    }

    private static String result(String result) {
        return result.startsWith("!") ? "\"error\":" + result.substring(1) : "\"result\":" + result;
    }

    private static String page(String kind, @Nullable String cursor) {
        return switch (kind) {
            case "pages" ->
                cursor == null ? onePage("a", "2") : cursor.equals("2") ? onePage("b", "3") : onePage("c", null);
            case "endless" -> onePage("a" + System.nanoTime(), "again");
            case "twins" -> onePage("a", cursor == null ? "2" : null);
            case "spaces" -> onePage("read file", null);
            default -> onePage("odd", null);
        };
    }

    private static String onePage(String tool, @Nullable String next) {
        JsonObject.Builder page = JsonObject.builder()
                .put(
                        "tools",
                        Json.parse("[{\"name\":\"" + tool + "\",\"title\":\"Tool " + tool
                                + "\",\"inputSchema\":{\"type\":\"object\"}}]"));
        return (next == null ? page : page.put("nextCursor", next)).build().toString();
    }

    private static String answer(String kind) {
        return switch (kind) {
            case "noise" -> "\nwhat a nice day";
            case "shapeless" -> "{\"content\":7}";
            case "empty" -> "{\"content\":[]}";
            case "refusing" -> "!{\"code\":-32602,\"message\":\"no such tool\"}";
            default -> "{\"content\":[{\"type\":\"text\",\"text\":\"fine\"}]}";
        };
    }
}
