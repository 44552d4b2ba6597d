package io.harmony4j.server;

import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.openai.ApiException;
import io.harmony4j.openai.ResponseStore;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which endpoint answers what, and what goes for all of them: ids, keys, errors, the log. */
final class Routes {
    private static final String EXCHANGE = "exchange";

    private final Vertx vertx;
    private final ServerOptions options;
    private final Metrics metrics;
    private final AccessLog log;
    private final Access access;
    private final Sockets sockets;
    private final Budget budget;
    private final RequestBody bodies;
    private final ResponseStore store;
    private final Router router;

    /** The methods of each path, for those who use another. */
    private final Map<String, Set<String>> methods = new TreeMap<>();

    /** The paths that everyone may ask for: whether the server is there, and the page, which asks for the key. */
    private final Set<String> open = new HashSet<>();

    private final AtomicReference<@Nullable Service> service = new AtomicReference<>();

    Routes(Vertx vertx, ServerOptions options, Slots slots, Metrics metrics, AccessLog log, Sockets sockets) {
        this.vertx = vertx;
        this.options = options;
        this.metrics = metrics;
        this.log = log;
        this.sockets = sockets;
        this.access = new Access(options);
        this.budget = new Budget(Math.max(2L * options.bodyLength(), options.memory()));
        metrics.watch(budget);
        this.bodies = new RequestBody(vertx, options.bodyLength(), options.bodyTime());
        this.store = options.newResponseStore();
        this.router = Router.router(vertx);
        router.route().handler(this::begin);
        CompletionsEndpoint completions = new CompletionsEndpoint(slots);
        ResponsesEndpoint responses = new ResponsesEndpoint(new ResponseRuns(slots, store));
        addApi("/v1", completions, responses);
        addApi("", completions, responses);
        HarmonyRender render = new HarmonyRender(options.apiOptions(), store);
        HarmonyParse parse = new HarmonyParse(options.apiOptions());
        route("POST", "/harmony/render", (routing, exchange, body) -> exchange.answer(200, render.answer(body)));
        route("POST", "/harmony/parse", (routing, exchange, body) -> parse(parse, exchange, body));
        addText("/metrics", "text/plain; version=0.0.4; charset=utf-8", () -> bytes(metrics.text()));
        addFile("/", Playground.INDEX);
        Playground.files().forEach(file -> addFile("/" + file, file));
        router.errorHandler(404, routing -> exchange(routing).refuse(unknown(routing.request())));
        router.errorHandler(405, this::refuseMethod);
        router.errorHandler(
                400, routing -> exchange(routing).refuse(new ApiException(400, null, null, "Invalid URL.")));
        router.errorHandler(500, routing -> exchange(routing).defect(routing.failure()));
    }

    private void addApi(String prefix, CompletionsEndpoint completions, ResponsesEndpoint responses) {
        add("POST", prefix + "/chat/completions", completions::chat);
        add("POST", prefix + "/completions", completions::text);
        add("POST", prefix + "/responses", responses::post);
        add("POST", prefix + "/responses/input_tokens", responses::countInput);
        add("GET", prefix + "/responses/:id", responses::get);
        add("DELETE", prefix + "/responses/:id", responses::delete);
        add("POST", prefix + "/responses/:id/cancel", responses::cancel);
        add("GET", prefix + "/responses/:id/input_items", responses::inputItems);
        add(
                "GET",
                prefix + "/models",
                call -> call.answer(call.service().models().list()));
        add(
                "GET",
                prefix + "/models/*",
                call -> call.answer(call.service().models().get(call.rest())));
        add("POST", prefix + "/tokenize", TokenEndpoint::tokenize);
        add("POST", prefix + "/detokenize", TokenEndpoint::detokenize);
        add("GET", prefix + "/health", Routes::health);
        open.add(prefix + "/health");
    }

    /** Returns what answers all requests. */
    Router router() {
        return router;
    }

    /** Answers requests with a model from now on. */
    void serve(ServedModel model) {
        service.set(new Service(model, options, store, metrics));
    }

    // ---- adding endpoints -----------------------------------------------------------------------------------------

    /** Adds an endpoint that needs a model; what answers GET answers HEAD, too. */
    private void add(String method, String path, Consumer<Call> endpoint) {
        route(
                method,
                path,
                (routing, exchange, body) ->
                        endpoint.accept(new Call(exchange, body, service(), routing, options, vertx)));
    }

    /** Adds a text that is there without a model. */
    private void addText(String path, String contentType, Supplier<byte[]> text) {
        route("GET", path, (routing, exchange, body) -> exchange.answer(200, contentType, text.get()));
    }

    private void addFile(String path, String file) {
        open.add(path);
        route("GET", path, (routing, exchange, body) -> {
            exchange.onEventLoop(() -> Playground.secure(exchange.response()));
            exchange.answer(200, Playground.contentType(file), Playground.bytes(file));
        });
    }

    private interface Handler {
        void handle(RoutingContext routing, Exchange exchange, String body);
    }

    /** Lets an endpoint do its part on a worker thread when the body has been read. */
    private void route(String method, String path, Handler handler) {
        List<String> all = method.equals("GET") ? List.of("GET", "HEAD") : List.of(method);
        methods.computeIfAbsent(path, key -> new TreeSet<>()).addAll(all);
        for (String each : all) {
            router.route(HttpMethod.valueOf(each), path).handler(routing -> {
                Exchange exchange = exchange(routing);
                exchange.note(Exchange.ENDPOINT, JsonValue.of(path));
                bodies.read(
                        exchange,
                        body -> vertx.executeBlocking(
                                () -> {
                                    handle(handler, routing, exchange, body);
                                    return true;
                                },
                                false));
            });
        }
    }

    private static void handle(Handler handler, RoutingContext routing, Exchange exchange, byte[] body) {
        try {
            handler.handle(routing, exchange, RequestBody.text(body));
        } catch (ApiException e) {
            exchange.refuse(e);
        } catch (RuntimeException | Error e) { // the client gets an answer in any case
            exchange.defect(e);
        }
    }

    private Service service() {
        Service model = service.get();
        if (model == null) {
            throw new ApiException(503, null, "model_not_ready", "The model is being loaded. Please try again in 2s.");
        }
        return model;
    }

    private void parse(HarmonyParse parse, Exchange exchange, String body) {
        HarmonyParse.Request request = parse.request(body);
        if (!request.isStream()) {
            exchange.answer(200, parse.answer(request));
            return;
        }
        EventStream events = new EventStream(vertx, exchange, options);
        parse.stream(request, event -> {
            events.awaitRoom();
            events.send(event.get("event").textOrNull(), event.toString());
        });
        events.end();
    }

    private static void health(Call call) {
        call.answer(JsonObject.builder()
                .put("status", "ok")
                .put("model", call.service().model().name())
                .build());
    }

    // ---- what goes for all ----------------------------------------------------------------------------------------

    private void begin(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        Exchange exchange = begun(request);
        routing.put(EXCHANGE, exchange);
        try {
            access.checkOrigin(request, request.response());
            if (request.method().equals(HttpMethod.OPTIONS)) {
                Access.allowMethods(request, request.response());
                exchange.answer(204, null, new byte[0]);
                return;
            }
            if (!open.contains(String.valueOf(request.path()))) {
                access.checkKey(request);
            }
            if (sockets.isClosing()) {
                throw Slots.closing();
            }
        } catch (ApiException e) {
            exchange.refuse(e);
            return;
        }
        routing.next();
    }

    private Exchange begun(HttpServerRequest request) {
        return new Exchange(Vertx.currentContext(), request, options.stallTime(), budget, sockets, this::ended);
    }

    private void ended(Exchange exchange) {
        metrics.request(exchange.endpoint(), exchange.response().getStatusCode());
        log.add(exchange.logLine());
    }

    private static ApiException unknown(HttpServerRequest request) {
        return new ApiException(404, null, null, "Invalid URL (" + request.method() + " " + request.path() + ")");
    }

    private void refuseMethod(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        Set<String> allowed = new TreeSet<>(List.of("OPTIONS"));
        methods.forEach((path, known) -> {
            if (matches(path, String.valueOf(request.path()))) {
                allowed.addAll(known);
            }
        });
        request.response().putHeader(HttpHeaders.ALLOW, String.join(", ", allowed));
        exchange(routing)
                .refuse(new ApiException(
                        405, null, null, "Invalid method for URL (" + request.method() + " " + request.path() + ")"));
    }

    private static boolean matches(String route, String path) {
        String[] expected = route.split("/", -1);
        String[] found = path.split("/", -1);
        for (int i = 0; i < expected.length && i < found.length; i++) {
            if (expected[i].equals("*")) {
                return true;
            }
            if (!expected[i].startsWith(":") && !expected[i].equals(found[i])) {
                return false;
            }
        }
        return expected.length == found.length;
    }

    /** Answers what is not HTTP. */
    void invalid(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        int status = cause instanceof TooLongHttpLineException
                ? 414
                : cause instanceof TooLongHttpHeaderException ? 431 : 400;
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        begun(request)
                .refuse(new ApiException(
                        status, null, null, "Expected a request of HTTP/1.1 but: " + cause.getMessage()));
    }

    private Exchange exchange(RoutingContext routing) {
        Exchange exchange = routing.get(EXCHANGE);
        return exchange == null ? begun(routing.request()) : exchange;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
