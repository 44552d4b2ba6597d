package io.harmony4j.server;

import static java.util.Objects.requireNonNull;

import io.harmony4j.ToolNamespace;
import io.harmony4j.openai.ApiOptions;
import io.harmony4j.openai.InMemoryResponseStore;
import io.harmony4j.openai.ResponseStore;
import io.harmony4j.openai.ToolRunner;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where and how a server serves. Start with {@link #DEFAULT} and change what should be different. Immutable.
 *
 * <pre>{@code
 * ServerOptions.DEFAULT.withPort(0).withKey("secret").withParallel(8)
 * }</pre>
 */
public final class ServerOptions {
    private static final ToolRunner NO_TOOLS = (tool, input) -> {
        throw new IllegalArgumentException("there is no " + tool.name() + " here");
    };

    /**
     * Port 8080 of the loopback address, no key, 4 generations at a time and 64 requests that wait for at most 30 seconds, an answer in
     * at most 30 minutes, bodies of at most 10 MB, responses kept in memory, no log.
     */
    public static final ServerOptions DEFAULT = new ServerOptions();

    private String host = "127.0.0.1";
    private int port = 8080;
    private @Nullable String key;
    private boolean isInsecure;
    private List<String> corsOrigins = List.of();
    private int parallel = 4;
    private int queueLength = 64;
    private Duration queueTime = Duration.ofSeconds(30);
    private Duration answerTime = Duration.ofMinutes(30);
    private Duration headerTime = Duration.ofSeconds(15);
    private Duration bodyTime = Duration.ofSeconds(60);
    private Duration keepAliveTime = Duration.ofSeconds(15);
    private Duration stallTime = Duration.ofSeconds(10);
    private Duration shutdownTime = Duration.ofSeconds(30);
    private int bodyLength = 10_000_000;
    private int streamLength = 512 * 1024;
    private int connections = 4096;
    private long memory = Runtime.getRuntime().maxMemory() / 16;
    private Supplier<? extends ResponseStore> responseStore = InMemoryResponseStore::new;
    private ApiOptions apiOptions = ApiOptions.DEFAULT;
    private Consumer<String> accessLog = line -> {};
    private List<ToolNamespace> builtInTools = List.of();
    private ToolRunner toolRunner = NO_TOOLS;

    private ServerOptions() {}

    private ServerOptions with(Consumer<ServerOptions> change) {
        ServerOptions copy = new ServerOptions();
        copy.host = host;
        copy.port = port;
        copy.key = key;
        copy.isInsecure = isInsecure;
        copy.corsOrigins = corsOrigins;
        copy.parallel = parallel;
        copy.queueLength = queueLength;
        copy.queueTime = queueTime;
        copy.answerTime = answerTime;
        copy.headerTime = headerTime;
        copy.bodyTime = bodyTime;
        copy.keepAliveTime = keepAliveTime;
        copy.stallTime = stallTime;
        copy.shutdownTime = shutdownTime;
        copy.bodyLength = bodyLength;
        copy.streamLength = streamLength;
        copy.connections = connections;
        copy.memory = memory;
        copy.responseStore = responseStore;
        copy.apiOptions = apiOptions;
        copy.accessLog = accessLog;
        copy.builtInTools = builtInTools;
        copy.toolRunner = toolRunner;
        change.accept(copy);
        return copy;
    }

    /** Returns a copy that listens at another address, as in {@code 0.0.0.0} for all of this machine's. */
    public ServerOptions withHost(String address) {
        requireNonNull(address, "address");
        return with(options -> options.host = address);
    }

    /**
     * Returns a copy that listens at another port.
     *
     * @param number the port, 1 to 65535; 0 for any that is free
     */
    public ServerOptions withPort(int number) {
        require(number >= 0 && number <= 65535, "a port from 0 to 65535", number);
        return with(options -> options.port = number);
    }

    /**
     * Returns a copy that answers only who has a key; null for everyone.
     *
     * @param secret printable ASCII without spaces, at least one character
     */
    public ServerOptions withKey(@Nullable String secret) {
        if (secret != null && !secret.matches("[!-~]+")) {
            throw new IllegalArgumentException(
                    "expected a key of printable ASCII without spaces, because HTTP headers take nothing else");
        }
        return with(options -> options.key = secret);
    }

    /** Returns a copy that may listen at addresses other than the loopback without a key: everyone who reaches it may use it. */
    public ServerOptions withInsecure(boolean allowed) {
        return with(options -> options.isInsecure = allowed);
    }

    /**
     * Returns a copy that answers pages of these origins. Pages that this machine's own servers deliver at loopback addresses may ask
     * anyway as long as the server listens at the loopback.
     *
     * @param origins origins as browsers send them, {@code https://app.example.com} for instance; {@code *} for all
     */
    public ServerOptions withCorsOrigins(List<String> origins) {
        List<String> known = List.copyOf(requireNonNull(origins, "origins"));
        return with(options -> options.corsOrigins = known);
    }

    /** Returns a copy with another number of generations at a time, at least 1. */
    public ServerOptions withParallel(int generations) {
        require(generations >= 1, "at least 1 generation at a time", generations);
        return with(options -> options.parallel = generations);
    }

    /** Returns a copy with another number of requests that may wait; others are refused with 429. */
    public ServerOptions withQueueLength(int requests) {
        require(requests >= 0, "at least 0 requests that wait", requests);
        return with(options -> options.queueLength = requests);
    }

    /** Returns a copy whose requests wait for another time at most; after that they are refused with 503. */
    public ServerOptions withQueueTime(Duration limit) {
        return with(options -> options.queueTime = positive(limit, "queueTime"));
    }

    /** Returns a copy whose answers may take another time; after that they end with an error. */
    public ServerOptions withAnswerTime(Duration limit) {
        return with(options -> options.answerTime = positive(limit, "answerTime"));
    }

    /** Returns a copy whose clients may take another time for the headers of their first request. */
    public ServerOptions withHeaderTime(Duration limit) {
        return with(options -> options.headerTime = positive(limit, "headerTime"));
    }

    /** Returns a copy whose clients may take another time to send a body. */
    public ServerOptions withBodyTime(Duration limit) {
        return with(options -> options.bodyTime = positive(limit, "bodyTime"));
    }

    /** Returns a copy that sends a comment in a stream that has been silent for another time, so that proxies keep it open. */
    public ServerOptions withKeepAliveTime(Duration silence) {
        return with(options -> options.keepAliveTime = positive(silence, "keepAliveTime"));
    }

    /** Returns a copy that waits another time for a client that reads nothing of its answer; after that the connection is closed. */
    public ServerOptions withStallTime(Duration limit) {
        return with(options -> options.stallTime = positive(limit, "stallTime"));
    }

    /** Returns a copy that lets answers go on for another time when it is closed; after that they end with an error. */
    public ServerOptions withShutdownTime(Duration limit) {
        return with(options -> options.shutdownTime = positive(limit, "shutdownTime"));
    }

    /** Returns a copy that takes bodies of another length, in bytes; longer ones are refused with 413. */
    public ServerOptions withBodyLength(int bytes) {
        require(bytes >= 1, "bodies of at least 1 byte", bytes);
        return with(options -> options.bodyLength = bytes);
    }

    /** Returns a copy that keeps another number of bytes for a client that reads its stream slowly. */
    public ServerOptions withStreamLength(int bytes) {
        require(bytes >= 1, "streams of at least 1 byte", bytes);
        return with(options -> options.streamLength = bytes);
    }

    /**
     * Returns a copy whose large requests and answers, those of all clients together, may have another number of bytes at a time; at
     * least two requests of the greatest length have room in any case. Requests for which there is no room are refused with 429; those
     * of less than 64 KiB always have. By default a sixteenth of what the JVM can take.
     */
    public ServerOptions withMemory(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("expected at least 0 bytes but found " + bytes);
        }
        return with(options -> options.memory = bytes);
    }

    /**
     * Returns a copy with another number of connections at a time. Where there are too many, the one is closed that has been without a
     * request for the longest time; if all have one, the new connection.
     */
    public ServerOptions withConnections(int limit) {
        require(limit >= 1, "at least 1 connection", limit);
        return with(options -> options.connections = limit);
    }

    /** Returns a copy that keeps responses elsewhere; {@link ResponseStore#NONE} keeps none. */
    public ServerOptions withResponseStore(ResponseStore store) {
        requireNonNull(store, "store");
        return with(options -> options.responseStore = () -> store);
    }

    /** Returns a copy that reads requests with other options; the models' names are those of the served model in any case. */
    public ServerOptions withApiOptions(ApiOptions newOptions) {
        requireNonNull(newOptions, "newOptions");
        return with(options -> options.apiOptions = newOptions);
    }

    /** Returns a copy whose log goes to the given consumer: a line of JSON for each request, called by one thread at a time. */
    public ServerOptions withAccessLog(Consumer<String> lines) {
        requireNonNull(lines, "lines");
        return with(options -> options.accessLog = lines);
    }

    /**
     * Returns a copy whose server runs built-in tools itself in Responses. Without them, nothing that a model writes is run here.
     *
     * @param runner does the work; who runs code should do so where it can do no harm
     * @param tools {@link ToolNamespace#python()}, {@link ToolNamespace#browser()} or both
     */
    public ServerOptions withTools(ToolRunner runner, ToolNamespace... tools) {
        requireNonNull(runner, "runner");
        List<ToolNamespace> own = List.of(requireNonNull(tools, "tools"));
        return with(options -> {
            options.toolRunner = runner;
            options.builtInTools = own;
        });
    }

    private static void require(boolean condition, String expected, int found) {
        if (!condition) {
            throw new IllegalArgumentException("expected " + expected + " but found " + found);
        }
    }

    private static Duration positive(Duration time, String name) {
        requireNonNull(time, name);
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("expected a time above 0 but found " + time);
        }
        return time;
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    @Nullable
    String key() {
        return key;
    }

    boolean isInsecure() {
        return isInsecure;
    }

    List<String> corsOrigins() {
        return corsOrigins;
    }

    int parallel() {
        return parallel;
    }

    int queueLength() {
        return queueLength;
    }

    Duration queueTime() {
        return queueTime;
    }

    Duration answerTime() {
        return answerTime;
    }

    Duration headerTime() {
        return headerTime;
    }

    Duration bodyTime() {
        return bodyTime;
    }

    Duration keepAliveTime() {
        return keepAliveTime;
    }

    Duration stallTime() {
        return stallTime;
    }

    Duration shutdownTime() {
        return shutdownTime;
    }

    int bodyLength() {
        return bodyLength;
    }

    int streamLength() {
        return streamLength;
    }

    long memory() {
        return memory;
    }

    int connections() {
        return connections;
    }

    /** Returns the store of a server, a new one for each unless the options name one. */
    ResponseStore newResponseStore() {
        return responseStore.get();
    }

    ApiOptions apiOptions() {
        return apiOptions;
    }

    Consumer<String> accessLog() {
        return accessLog;
    }

    List<ToolNamespace> builtInTools() {
        return builtInTools;
    }

    ToolRunner toolRunner() {
        return toolRunner;
    }
}
