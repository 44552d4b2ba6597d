package io.harmony4j.server;

import io.harmony4j.json.JsonObject;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;

/** A request whose body has been read, on its way to an endpoint, which answers it now or later. */
final class Call {
    private final Exchange exchange;
    private final String body;
    private final Service service;
    private final RoutingContext routing;
    private final EventStream events;

    Call(Exchange exchange, String body, Service service, RoutingContext routing, ServerOptions options, Vertx vertx) {
        this.exchange = exchange;
        this.body = body;
        this.service = service;
        this.routing = routing;
        this.events = new EventStream(vertx, exchange, options);
    }

    Exchange exchange() {
        return exchange;
    }

    String body() {
        return body;
    }

    /** Returns the model that is to answer. */
    Service service() {
        return service;
    }

    /** Returns the answer as a stream; it begins with its first event. */
    EventStream events() {
        return events;
    }

    /** Answers with JSON. */
    void answer(JsonObject json) {
        exchange.answer(200, json);
    }

    /** Returns the rest of the path, which may have slashes. */
    String rest() {
        return String.valueOf(routing.pathParam("*"));
    }

    /** Returns the part of the path that stands for an id. */
    String id() {
        return String.valueOf(routing.pathParam("id"));
    }

    /** Returns the parameters after the question mark; of several with one name, the first. */
    Map<String, String> query() {
        Map<String, String> query = new HashMap<>();
        routing.queryParams().forEach(query::putIfAbsent);
        return query;
    }
}
