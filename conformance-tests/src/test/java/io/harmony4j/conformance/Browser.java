package io.harmony4j.conformance;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Chromium with one page, driven through its debugging port as a person would: it clicks and types. */
final class Browser implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final Map<String, Integer> KEY_CODES =
            Map.of("Tab", 9, "Enter", 13, "Escape", 27, "ArrowUp", 38, "ArrowDown", 40);
    private static final String LISTENING = "DevTools listening on ";

    /** Far more than anything here takes; a browser that hangs must not hang the build. */
    private static final int PATIENCE_SECONDS = 120;

    private final Process process;
    private final WebSocket page;
    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();

    /** The addresses that the page has asked for, and the errors of its scripts. */
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();

    private final Queue<String> errors = new ConcurrentLinkedQueue<>();

    private Browser(Process process, URI address) {
        this.process = process;
        this.page = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, new Listener())
                .join();
    }

    /** Returns the browser's program, if it is installed. */
    static Optional<Path> find() {
        return Stream.of(System.getenv("PATH").split(System.getProperty("path.separator")))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts a browser with an empty page; its files go to a folder. */
    static Browser start(Path program, Path folder) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--headless=new",
                        "--no-sandbox", // in containers there is no other
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--window-size=1400,1000",
                        "--remote-debugging-port=0",
                        "--remote-allow-origins=*",
                        "--user-data-dir=" + folder,
                        "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader log =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        String line = log.readLine();
        while (line != null && !line.startsWith(LISTENING)) {
            line = log.readLine();
        }
        assertThat(line).as("what the browser says at its start").isNotNull();
        Thread drain = new Thread(() -> log.lines().forEach(unused -> {}), "browser-log");
        drain.setDaemon(true);
        drain.start();
        int port = URI.create(line.substring(LISTENING.length()).strip()).getPort();
        HttpResponse<String> targets = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        for (JsonValue target : Json.parseAny(targets.body()).elements()) {
            if (target.get("type").text().equals("page")) {
                Browser browser = new Browser(
                        process, URI.create(target.get("webSocketDebuggerUrl").text()));
                Stream.of("Page", "Runtime", "Network")
                        .forEach(domain -> browser.send(domain + ".enable", JsonObject.EMPTY));
                return browser;
            }
        }
        process.destroyForcibly();
        throw new AssertionError("expected a page but found " + targets.body());
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean isLast) {
            text.append(part);
            if (isLast) {
                receive(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }
    }

    private void receive(String message) {
        JsonObject json = (JsonObject) Json.parseAny(message);
        if (json.has("id")) {
            CompletableFuture<JsonObject> answer = answers.remove(json.get("id").intValue());
            if (answer != null) {
                answer.complete(json);
            }
            return;
        }
        JsonValue params = json.get("params");
        switch (json.get("method").text()) {
            case "Network.requestWillBeSent" ->
                requests.add(params.get("request").get("url").text());
            case "Runtime.exceptionThrown" -> errors.add(params.toString());
            default -> {}
        }
    }

    private JsonValue send(String method, JsonObject parameters) {
        int id = lastId.incrementAndGet();
        JsonObject message = JsonObject.builder()
                .put("id", id)
                .put("method", method)
                .put("params", parameters)
                .build();
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        answers.put(id, answer);
        page.sendText(message.toString(), true).join();
        JsonObject json = answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        assertThat(json.has("error")).as(json.toString()).isFalse();
        return json.get("result");
    }

    /** Opens an address, and waits until it is shown. */
    void open(URI address) throws InterruptedException {
        send("Page.navigate", JsonObject.of("url", JsonValue.of("about:blank")));
        send("Page.navigate", JsonObject.of("url", JsonValue.of(address.toString())));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!evaluate("location.protocol + document.readyState").text().equals("file:complete")) {
            assertThat(System.nanoTime()).as("the time until the page is shown").isLessThan(end);
            Thread.sleep(50);
        }
    }

    /** Returns the value of an expression in the page. */
    JsonValue evaluate(String expression) {
        JsonValue result = send(
                "Runtime.evaluate",
                JsonObject.builder()
                        .put("expression", expression)
                        .put("returnByValue", true)
                        .build());
        assertThat(result.members()).as(expression).doesNotContainKey("exceptionDetails");
        return result.get("result").get("value");
    }

    /** Returns the text of the first element of a selector, as it is shown. */
    String text(String selector) {
        return evaluate("document.querySelector(" + JsonValue.of(selector) + ").innerText")
                .text();
    }

    /** Returns how many elements there are of a selector. */
    int count(String selector) {
        return evaluate("document.querySelectorAll(" + JsonValue.of(selector) + ").length")
                .intValue();
    }

    /** Clicks in the middle of the first element of a selector. */
    void click(String selector) {
        JsonValue middle = evaluate("(() => { const e = document.querySelector(" + JsonValue.of(selector)
                + "); e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect();"
                + " return [r.x + r.width / 2, r.y + r.height / 2]; })()");
        for (String type : List.of("mousePressed", "mouseReleased")) {
            send(
                    "Input.dispatchMouseEvent",
                    JsonObject.builder()
                            .put("type", type)
                            .put("x", middle.elements().get(0).doubleValue())
                            .put("y", middle.elements().get(1).doubleValue())
                            .put("button", "left")
                            .put("clickCount", 1)
                            .build());
        }
    }

    /** Makes the window so wide and high as that of a phone. */
    void resizeToPhone(int width, int height) {
        send(
                "Emulation.setDeviceMetricsOverride",
                JsonObject.builder()
                        .put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", true)
                        .build());
    }

    /** Presses a key: Tab, Enter, Escape, or an arrow, as in ArrowDown. */
    void press(String key) {
        int code = requireNonNull(KEY_CODES.get(key), key);
        JsonObject.Builder down = JsonObject.builder()
                .put("type", "keyDown")
                .put("key", key)
                .put("code", key)
                .put("windowsVirtualKeyCode", code);
        if (key.equals("Enter")) {
            down.put("text", "\r");
        }
        send("Input.dispatchKeyEvent", down.build());
        send(
                "Input.dispatchKeyEvent",
                JsonObject.builder()
                        .put("type", "keyUp")
                        .put("key", key)
                        .put("code", key)
                        .put("windowsVirtualKeyCode", code)
                        .build());
    }

    /** Types a text where the cursor is. */
    void type(String text) {
        send("Input.insertText", JsonObject.of("text", JsonValue.of(text)));
    }

    /** Returns the addresses that have been asked for. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** Returns the errors of scripts. */
    List<String> errors() {
        return List.copyOf(errors);
    }

    @Override
    public void close() {
        page.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly()
                .onExit()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
