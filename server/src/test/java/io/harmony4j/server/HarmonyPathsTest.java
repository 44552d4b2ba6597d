package io.harmony4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Harmony's own paths and the files of the playground, over HTTP. */
class HarmonyPathsTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** What loads another file of the page. */
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([a-z.]+)\"|from \"\\./([a-z.]+)\"");

    @SuppressWarnings("NullAway.Init")
    private static HarmonyServer server;

    @BeforeAll
    static void start() {
        server = HarmonyServer.start(ServerOptions.DEFAULT.withPort(0)); // it has no model
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(server.url() + path))
                        .POST(BodyPublishers.ofString(body.replace('\'', '"')))
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(server.url() + path)).build(), BodyHandlers.ofString());
    }

    @Test
    void aConversationIsRenderedThoughThereIsNoModelYet() throws Exception {
        HttpResponse<String> answer = post("/harmony/render", "{'any':{'messages':[]}}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("{\"tokens\":[200006,173781],\"count\":2,");
        assertThat(post("/harmony/render", "{}").statusCode()).isEqualTo(400);
    }

    @Test
    void whatAModelWroteIsReadWholeOrEventByEvent() throws Exception {
        String output = "{'text':'<|channel|>final<|message|>Hi<|return|>'";

        assertThat(post("/harmony/parse", output + "}").body()).contains("\"finish_reason\":\"stop\"");
        HttpResponse<String> stream = post("/harmony/parse", output + ",'stream':true}");
        assertThat(stream.headers().firstValue("content-type")).contains("text/event-stream; charset=utf-8");
        assertThat(stream.body())
                .startsWith("event: message_started\ndata: {\"event\":\"message_started\",")
                .contains("\n\nevent: content_delta\ndata: {\"event\":\"content_delta\",\"text\":\"Hi\"}\n\n");
    }

    @Test
    void aStrictStreamEndsWithItsError() throws Exception {
        assertThat(post("/harmony/parse", "{'text':'Hi','mode':'strict','stream':true}")
                        .body())
                .startsWith("data: {\"error\":{\"message\":\"expected");
    }

    @Test
    void everyFileOfThePageIsThereAndLoadsOnlyThose() throws Exception {
        for (String file : Playground.files()) {
            HttpResponse<String> answer = get("/" + file);
            assertThat(answer.statusCode()).as(file).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-security-policy").orElse(""))
                    .contains("script-src 'self'");
            Matcher link = LINK.matcher(answer.body());
            while (link.find()) {
                assertThat(Playground.files()).contains(link.group(1) == null ? link.group(2) : link.group(1));
            }
        }
        assertThat(get("/").body()).isEqualTo(get("/index.html").body());
    }

    @Test
    void everyFileOfThePageIsServed() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/io/harmony4j/server/playground"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Playground.files());
        }
    }
}
