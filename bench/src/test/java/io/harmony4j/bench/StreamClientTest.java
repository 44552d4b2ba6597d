package io.harmony4j.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the client finds out about answers: those of a server that answers with a text that is given. */
class StreamClientTest {
    private static final LoadScript SCRIPT = new LoadScript(7, 3, 0);

    /** Asks once, and is given these bytes, in small pieces, after which the connection is closed. */
    private static StreamClient.Exchange ask(String answer) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                LoadLoop loop = new LoadLoop((InetSocketAddress) server.getLocalSocketAddress())) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> serve(server, answer));
            Iterator<LoadScript> scripts = Stream.of(SCRIPT).iterator();
            StreamClient client = new StreamClient(loop, () -> scripts.hasNext() ? scripts.next() : null);
            loop.run(client::isDone, 10);
            served.join();
            assertThat(client.exchanges()).hasSize(1);
            return client.exchanges().get(0);
        }
    }

    private static void serve(ServerSocket server, String answer) {
        try (Socket socket = server.accept()) {
            socket.setTcpNoDelay(true);
            assertThat(socket.getInputStream().read(new byte[10_000])).isPositive();
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < bytes.length; i += 7) {
                socket.getOutputStream().write(bytes, i, Math.min(7, bytes.length - i));
                socket.getOutputStream().flush();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String stream(String text, String end) {
        String events = "data: {\"object\":\"chat.completion.chunk\",\"choices\":[{\"delta\":{\"content\":\"" + text
                + "\"}}]}\n\n" + end;
        return "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n" + Integer.toHexString(events.length()) + "\r\n"
                + events + "\r\n";
    }

    @Test
    void answerWithItsOwnWordsAndItsEndIsAnswered() throws IOException {
        StreamClient.Exchange exchange = ask(stream(SCRIPT.text(), "data: [DONE]\n\n") + "0\r\n\r\n");

        assertThat(exchange.isAnswered()).isTrue();
        assertThat(List.of(exchange.isLost(), exchange.isMixed())).containsOnly(false);
    }

    @Test
    void answerWithoutItsEndIsLost() throws IOException {
        assertThat(ask(stream(SCRIPT.text(), "")).isLost()).isTrue();
        assertThat(ask(stream(SCRIPT.text(), "") + "0\r\n\r\n").isLost()).isTrue();
        assertThat(ask(stream(SCRIPT.text(), "data: [DONE]\n\n")).isLost()).isTrue();
        assertThat(ask("").isLost()).isTrue();
        assertThat(ask("HTTP/1.1 503 Serv").isLost()).isTrue();
    }

    @Test
    void answerWithOtherWordsIsMixed() throws IOException {
        StreamClient.Exchange exchange = ask(stream(new LoadScript(8, 3, 0).text(), "data: [DONE]\n\n") + "0\r\n\r\n");

        assertThat(exchange.isMixed()).isTrue();
        assertThat(exchange.isAnswered()).isFalse();
    }

    @Test
    void refusalIsNotLost() throws IOException {
        StreamClient.Exchange exchange =
                ask("HTTP/1.1 429 Too Many Requests\r\nretry-after: 2\r\ncontent-length: 2\r\n\r\n{}");

        assertThat(exchange.isLost()).isFalse();
        assertThat(exchange.isRetryNamed).isTrue();
        assertThat(exchange.status).isEqualTo(429);
    }

    @Test
    void noTwoNumbersHaveTheSameWords() {
        assertThat(Stream.iterate(1, i -> i + 1).limit(3000).map(i -> new LoadScript(i, 20, 0).text()))
                .doesNotHaveDuplicates();
        assertThat(LoadScript.in("… " + SCRIPT.prompt() + "<|end|>")).contains(SCRIPT);
    }
}
