package weather;

import com.google.adk.web.AdkWebServer;
import io.harmony4j.adk.HarmonyLlm;

/**
 * The same agent in ADK's own web page, at http://localhost:8080/dev-ui or the port of {@code -Dserver.port}: ask it for the weather in
 * Tokyo.
 */
public final class DevUi {
    public static void main(String[] args) {
        AdkWebServer.start(Main.agent().onModelErrorCallback(HarmonyLlm::errorResponse).build());
    }
}
