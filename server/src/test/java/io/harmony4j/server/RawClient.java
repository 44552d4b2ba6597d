package io.harmony4j.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A connection that sends what it is told and nothing else, for clients that behave as no library would. Not thread-safe. */
final class RawClient implements AutoCloseable {
    private static final int READ_MILLIS = 20_000;

    private final Socket socket = new Socket();
    private final InputStream in;
    private boolean isInChunks;

    /** How many bytes are left of the chunk. */
    private int left;

    RawClient(HarmonyServer server) throws IOException {
        this(server, 0);
    }

    /**
     * Connects.
     *
     * @param receiveBuffer how many bytes the system may take before this reads them; 0 for what is usual
     */
    RawClient(HarmonyServer server, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        URI url = server.url();
        socket.connect(new InetSocketAddress(url.getHost(), url.getPort()));
        socket.setSoTimeout(READ_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** What the server said. */
    record Answer(int status, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** Returns a request of JSON with its length. */
    static String post(String path, String json) {
        return head("POST", path) + "content-type: application/json\r\ncontent-length: "
                + json.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + json;
    }

    /** Returns a request without a body. */
    static String get(String path) {
        return head("GET", path) + "\r\n";
    }

    /** Returns the beginning of a request, to which headers can be added. */
    static String head(String method, String path) {
        return method + " " + path + " HTTP/1.1\r\nhost: localhost\r\n";
    }

    /** Returns a request of chat. */
    static String chat(String text, boolean isStream) {
        return post("/v1/chat/completions", chatBody(text, isStream));
    }

    static String chatBody(String text, boolean isStream) {
        return "{\"stream\":" + isStream + ",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}";
    }

    RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Tells the server that nothing more comes, and stays to read. */
    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Reads the head of an answer in chunks, whose lines can be read then as if there were no chunks. */
    RawClient stream() throws IOException {
        while (!line().isEmpty()) {
            // a header
        }
        isInChunks = true;
        return this;
    }

    /** Reads a whole answer. */
    Answer answer() throws IOException {
        return answer(true);
    }

    /** Reads the answer to HEAD. */
    Answer answerToHead() throws IOException {
        return answer(false);
    }

    private Answer answer(boolean hasBody) throws IOException {
        String statusLine = line();
        if (!statusLine.startsWith("HTTP/")) {
            throw new IOException("expected HTTP but found \"" + statusLine + "\"");
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        StringBuilder body = new StringBuilder();
        if (!hasBody) {
            // it is said to be of some length, and does not come
        } else if ("chunked".equals(headers.get("transfer-encoding"))) {
            for (String chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
                body.append(chunk);
            }
        } else {
            body.append(text(Integer.parseInt(headers.getOrDefault("content-length", "0"))));
        }
        return new Answer(Integer.parseInt(statusLine.substring(9, 12)), headers, body.toString());
    }

    /** Reads a chunk of a body; empty for the last one. */
    private String chunk() throws IOException {
        String chunk = text(Integer.parseInt(line(), 16));
        line();
        return chunk;
    }

    private String text(int bytes) throws IOException {
        byte[] text = in.readNBytes(bytes);
        if (text.length < bytes) {
            throw new IOException("expected " + bytes + " bytes but found " + text.length + ", and then the end");
        }
        return new String(text, StandardCharsets.UTF_8);
    }

    /** Reads a line. */
    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = read(); b != '\n'; b = read()) {
            if (b < 0) {
                throw new IOException("expected a line but found the end after \"" + line + "\"");
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    private int read() throws IOException {
        if (isInChunks && left == 0) {
            isInChunks = false;
            left = Integer.parseInt(line(), 16) + 2; // with the end of its line
            isInChunks = true;
        }
        int b = in.read();
        if (isInChunks && --left == 2) {
            in.skipNBytes(2);
            left = 0;
        }
        return b;
    }

    /** Reads lines until one that begins so. */
    String lineWith(String beginning) throws IOException {
        String line = line();
        while (!line.startsWith(beginning)) {
            line = line();
        }
        return line;
    }

    /** Reads until the server closes the connection; returns how many bytes that were. */
    long drain() throws IOException {
        byte[] bytes = new byte[65536];
        long count = 0;
        try {
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                count += n;
            }
        } catch (java.net.SocketException e) {
            // closed with bytes on their way to it
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
