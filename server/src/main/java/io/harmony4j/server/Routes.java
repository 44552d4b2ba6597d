package io.harmony4j.server;

import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.openai.ApiException;
import io.harmony4j.openai.ResponseStore;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Which endpoint answers what, and what goes for all of them: ids, keys, errors, the log. */
final class Routes {
    private static final String EXCHANGE = "exchange";
    private static final List<String> PREFIXES = List.of("/v1", "");

    private final Vertx vertx;
    private final ServerOptions options;
    private final Metrics metrics;
    private final AccessLog log;
    private final Access access;
    private final RequestBody bodies;
    private final ChatEndpoint chat;
    private final ResponsesEndpoint responses;
    private final AtomicReference<@Nullable Service> service = new AtomicReference<>();
    private final ResponseStore store;
    private final long created = Instant.now().getEpochSecond();
    private volatile boolean isClosing;

    Routes(Vertx vertx, ServerOptions options, Slots slots, Metrics metrics, AccessLog log) {
        this.vertx = vertx;
        this.options = options;
        this.metrics = metrics;
        this.log = log;
        this.access = new Access(options);
        this.bodies = new RequestBody(vertx, options.bodyLength(), options.bodyTime());
        this.store = options.newResponseStore();
        this.chat = new ChatEndpoint(slots);
        this.responses = new ResponsesEndpoint(new ResponseRuns(slots, store), store);
    }

    /** Answers requests with a model from now on. */
    void serve(ServedModel model) {
        service.set(new Service(model, options, store));
    }

    /** Refuses requests from now on. */
    void close() {
        isClosing = true;
    }

    Router router() {
        Router router = Router.router(vertx);
        router.route().handler(this::begin);
        for (String prefix : PREFIXES) {
            post(
                    router,
                    prefix + "/chat/completions",
                    (model, call) ->
                            chat.post(model, turns(model), call.exchange(), call.body(), events(call.exchange())));
            post(
                    router,
                    prefix + "/responses",
                    (model, call) ->
                            responses.post(model, turns(model), call.exchange(), call.body(), events(call.exchange())));
            post(
                    router,
                    prefix + "/responses/input_tokens",
                    (model, call) -> responses.countInput(model, call.exchange(), call.body()));
            String response = prefix + "/responses/:id";
            get(
                    router,
                    response,
                    call -> responses.get(
                            call.exchange(),
                            call.parameter("id"),
                            call.query("stream"),
                            call.query("starting_after"),
                            events(call.exchange())));
            route(router, HttpMethod.DELETE, response, call -> responses.delete(call.exchange(), call.parameter("id")));
            route(
                    router,
                    HttpMethod.POST,
                    response + "/cancel",
                    call -> responses.cancel(call.exchange(), call.parameter("id")));
            get(
                    router,
                    response + "/input_items",
                    call -> responses.inputItems(
                            call.exchange(),
                            call.parameter("id"),
                            call.query("limit"),
                            call.query("order"),
                            call.query("after")));
            get(router, prefix + "/models", call -> call.exchange().answer(200, models()));
            getWithRegex(
                    router,
                    prefix + "/models/(?<id>.+)",
                    call -> call.exchange().answer(200, model(call.parameter("id"))));
            post(
                    router,
                    prefix + "/tokenize",
                    (model, call) -> call.exchange().answer(200, TokenEndpoint.tokenize(model, call.body())));
            post(
                    router,
                    prefix + "/detokenize",
                    (model, call) -> call.exchange().answer(200, TokenEndpoint.detokenize(model, call.body())));
            get(router, prefix + "/health", call -> call.exchange().answer(200, health()));
        }
        get(
                router,
                "/metrics",
                call -> call.exchange().answer(200, "text/plain; version=0.0.4; charset=utf-8", bytes(metrics.text())));
        get(router, "/", call -> page(call.exchange(), Playground.INDEX));
        for (String file : Playground.files()) {
            get(router, "/" + file, call -> page(call.exchange(), file));
        }
        router.errorHandler(404, this::notFound);
        router.errorHandler(405, this::notAllowed);
        router.errorHandler(500, this::failed);
        router.errorHandler(400, this::badPath);
        return router;
    }

    // ---- what goes for all ----------------------------------------------------------------------------------------

    /** What an endpoint is given. */
    private record Call(Exchange exchange, String body, RoutingContext routing) {
        /** Returns a part of the path. */
        String parameter(String name) {
            return String.valueOf(routing.pathParam(name));
        }

        /** Returns a parameter behind the question mark, or null. */
        @Nullable
        String query(String name) {
            return exchange.request().getParam(name);
        }
    }

    private interface Handler {
        void handle(Call call);
    }

    private interface ModelHandler {
        void handle(Service service, Call call);
    }

    private void begin(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        Exchange exchange = new Exchange(Vertx.currentContext(), request, this::ended);
        routing.put(EXCHANGE, exchange);
        try {
            access.checkOrigin(request, request.response());
            if (request.method().equals(HttpMethod.OPTIONS)) {
                Access.allowMethods(request, request.response());
                exchange.answer(204, null, new byte[0]);
                return;
            }
            if (!isPublic(request.path())) {
                access.checkKey(request);
            }
            if (isClosing) {
                request.response().putHeader("connection", "close");
                throw Slots.closing();
            }
        } catch (ApiException e) {
            exchange.refuse(e);
            return;
        }
        routing.next();
    }

    /** Returns whether everyone may ask for it: whether the server is there, and the page, which asks for the key. */
    private static boolean isPublic(String path) {
        return path.equals("/health")
                || path.equals("/v1/health")
                || path.equals("/")
                || Playground.files().contains(path.substring(1));
    }

    private void post(Router router, String path, ModelHandler handler) {
        route(router, HttpMethod.POST, path, call -> handler.handle(service(), call));
    }

    private void get(Router router, String path, Handler handler) {
        route(router, HttpMethod.GET, path, handler);
        route(router, HttpMethod.HEAD, path, handler);
    }

    private void getWithRegex(Router router, String path, Handler handler) {
        router.routeWithRegex(HttpMethod.GET, path).handler(routing -> handle(routing, handler));
        router.routeWithRegex(HttpMethod.HEAD, path).handler(routing -> handle(routing, handler));
    }

    private void route(Router router, HttpMethod method, String path, Handler handler) {
        router.route(method, path).handler(routing -> handle(routing, handler));
    }

    /** Reads the body, and lets an endpoint do its part on a worker thread. */
    private void handle(RoutingContext routing, Handler handler) {
        Exchange exchange = routing.get(EXCHANGE);
        exchange.note(
                Exchange.ENDPOINT,
                JsonValue.of(String.valueOf(routing.currentRoute().getPath())));
        bodies.read(
                exchange,
                body -> vertx.executeBlocking(
                        () -> {
                            try {
                                String text = body.text();
                                handler.handle(new Call(exchange, text, routing));
                            } catch (ApiException e) {
                                exchange.refuse(e);
                            } catch (RuntimeException e) {
                                defect(exchange, e);
                            } finally {
                                body.release();
                            }
                            return null;
                        },
                        false));
    }

    private Turns turns(Service model) {
        return new Turns(model, metrics);
    }

    private EventStream events(Exchange exchange) {
        return new EventStream(vertx, exchange, options);
    }

    private Service service() {
        Service model = service.get();
        if (model == null) {
            throw new ApiException(503, null, "model_not_ready", "The model is being loaded. Please try again in 2s.");
        }
        return model;
    }

    private void ended(Exchange exchange) {
        metrics.request(exchange.endpoint(), exchange.response().getStatusCode());
        log.add(exchange.logLine());
    }

    // ---- small endpoints ------------------------------------------------------------------------------------------

    private JsonObject models() {
        return JsonObject.builder()
                .put("object", "list")
                .put(
                        "data",
                        JsonArray.of(service().model().names().stream()
                                .map(this::modelJson)
                                .toList()))
                .build();
    }

    private JsonObject model(String id) {
        if (!service().model().names().contains(id)) {
            throw new ApiException(404, "model", "model_not_found", "The model '" + id + "' does not exist here.");
        }
        return modelJson(id);
    }

    private JsonObject modelJson(String name) {
        return JsonObject.builder()
                .put("id", name)
                .put("object", "model")
                .put("created", created)
                .put("owned_by", "harmony4j")
                .build();
    }

    private JsonObject health() {
        return JsonObject.builder()
                .put("status", "ok")
                .put("model", service().model().name())
                .build();
    }

    private static void page(Exchange exchange, String file) {
        exchange.onEventLoop(() -> Playground.secure(exchange.response()));
        exchange.answer(200, Playground.contentType(file), Playground.bytes(file));
    }

    // ---- errors ---------------------------------------------------------------------------------------------------

    private static ApiException unknown(HttpServerRequest request) {
        return new ApiException(404, null, null, "Invalid URL (" + request.method() + " " + request.path() + ")");
    }

    private void notFound(RoutingContext routing) {
        exchange(routing).refuse(unknown(routing.request()));
    }

    private void notAllowed(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        String allowed = request.response().headers().get("allow");
        exchange(routing)
                .refuse(new ApiException(
                        405,
                        null,
                        null,
                        "Invalid method for URL (" + request.method() + " " + request.path() + ")"
                                + (allowed == null ? "" : "; allowed: " + allowed)));
    }

    private void badPath(RoutingContext routing) {
        exchange(routing)
                .refuse(new ApiException(
                        400,
                        null,
                        null,
                        "The path is not a URL's: " + routing.request().path()));
    }

    private void failed(RoutingContext routing) {
        Throwable failure = routing.failure();
        defect(exchange(routing), failure == null ? new IllegalStateException("unknown") : failure);
    }

    /** Answers what is not HTTP. */
    void invalid(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        int status = cause instanceof TooLongHttpLineException
                ? 414
                : cause instanceof TooLongHttpHeaderException ? 431 : 400;
        new Exchange(Vertx.currentContext(), request, this::ended)
                .refuse(new ApiException(
                        status, null, null, "Expected a request of HTTP/1.1 but: " + cause.getMessage()));
    }

    private Exchange exchange(RoutingContext routing) {
        Exchange exchange = routing.get(EXCHANGE);
        return exchange == null ? new Exchange(Vertx.currentContext(), routing.request(), this::ended) : exchange;
    }

    /** Answers what should not have happened, and tells the log where. */
    private static void defect(Exchange exchange, Throwable e) {
        exchange.note(
                "defect",
                JsonValue.of(e + " at "
                        + List.of(e.getStackTrace()).stream().limit(5).toList()));
        exchange.refuse(new ApiException(
                500, null, null, "The server failed: " + e.getClass().getSimpleName()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
