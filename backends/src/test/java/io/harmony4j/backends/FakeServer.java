package io.harmony4j.backends;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A server on loopback that answers each connection's request by a script, byte for byte, and keeps what it was asked. */
final class FakeServer implements AutoCloseable {
    private final ServerSocket socket;
    private final Queue<Script> scripts = new ArrayDeque<>();
    private final List<Request> requests = new ArrayList<>();
    private final List<Socket> connections = new ArrayList<>();

    FakeServer(Script... answers) {
        scripts.addAll(List.of(answers));
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "fake server");
        thread.setDaemon(true);
        thread.start();
    }

    /** Answers one request. */
    interface Script {
        void answer(Connection connection) throws IOException;
    }

    /** What a client has sent. */
    record Request(String line, Map<String, String> headers, String body) {
        JsonValue json() {
            return Json.parse(body);
        }
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Answers whole, in one piece. */
    static Script whole(int status, String type, String body) {
        return connection -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            connection.write("HTTP/1.1 " + status + " X\r\nContent-Type: " + type + "\r\nContent-Length: "
                    + bytes.length + "\r\nConnection: close\r\n\r\n");
            connection.write(bytes);
        };
    }

    /** Answers with a stream, a chunk for each piece. */
    static Script stream(List<byte[]> pieces) {
        return connection -> {
            connection.beginStream();
            for (byte[] piece : pieces) {
                connection.chunk(piece);
            }
            connection.endStream();
        };
    }

    static Script stream(String body) {
        return stream(List.of(body.getBytes(StandardCharsets.UTF_8)));
    }

    private void serve() {
        while (true) {
            try {
                Socket accepted = socket.accept();
                accepted.setTcpNoDelay(true);
                Thread thread = new Thread(() -> converse(accepted), "fake connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void converse(Socket accepted) {
        synchronized (this) {
            connections.add(accepted);
        }
        try (accepted) {
            InputStream in = new BufferedInputStream(accepted.getInputStream());
            Request request = read(in);
            Script script;
            synchronized (this) {
                requests.add(request);
                script = scripts.size() > 1 ? scripts.remove() : scripts.element();
            }
            script.answer(new Connection(in, accepted.getOutputStream()));
        } catch (IOException e) {
            // the client has gone
        }
    }

    private static Request read(InputStream in) throws IOException {
        String line = readLine(in);
        Map<String, String> headers = new HashMap<>();
        for (String header = readLine(in); !header.isEmpty(); header = readLine(in)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Request(line, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("closed");
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    @Override
    public synchronized void close() {
        try {
            socket.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A connection whose request has been read. */
    static final class Connection {
        private final InputStream in;
        private final OutputStream out;

        Connection(InputStream in, OutputStream out) {
            this.in = in;
            this.out = out;
        }

        void write(String text) throws IOException {
            write(text.getBytes(StandardCharsets.UTF_8));
        }

        void write(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        void beginStream() throws IOException {
            write("""
                    HTTP/1.1 200 OK\r
                    Content-Type: text/event-stream\r
                    Transfer-Encoding: chunked\r
                    Connection: close\r
                    \r
                    """);
        }

        void chunk(byte[] bytes) throws IOException {
            if (bytes.length > 0) {
                write(Integer.toHexString(bytes.length) + "\r\n");
                write(bytes);
                write("\r\n");
            }
        }

        void chunk(String text) throws IOException {
            chunk(text.getBytes(StandardCharsets.UTF_8));
        }

        void endStream() throws IOException {
            write("0\r\n\r\n");
        }

        /** Waits until the client has closed the connection, and says so. */
        void awaitClosed(CompletableFuture<Boolean> closed) {
            try {
                closed.complete(in.read() < 0);
            } catch (IOException e) {
                closed.complete(true);
            }
        }
    }

    static boolean within(CompletableFuture<Boolean> closed, int seconds) throws Exception {
        return closed.get(seconds, TimeUnit.SECONDS);
    }
}
