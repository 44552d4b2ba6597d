package io.harmony4j.server;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The open connections: so many at a time, each of which has some time for the headers of its first request, and more for those of the
 * next. Where there are too many, the one that has said nothing for the longest time is closed: those who open connections and are
 * silent do not keep others out. All on the event loop.
 */
final class Connections {
    /** Longer than clients keep an idle connection, so that it is they who close it. */
    private static final Duration IDLE_TIME = Duration.ofSeconds(75);

    private final Vertx vertx;
    private final ServerOptions options;

    /** The connections without a request, the longest first, with the timers that close them. */
    private final Map<HttpConnection, Long> silent = new LinkedHashMap<>();

    /** The connections with a request that is being answered. */
    private final Set<HttpConnection> busy = new HashSet<>();

    Connections(Vertx vertx, ServerOptions options) {
        this.vertx = vertx;
        this.options = options;
    }

    /** Takes a connection, or closes it if there are too many. */
    void opened(HttpConnection connection) {
        if (silent.size() + busy.size() >= options.connections() && !closeSilent()) {
            connection.close();
            return;
        }
        wait(connection, options.headerTime());
        connection.closeHandler(closed -> {
            busy.remove(connection);
            forget(connection);
        });
    }

    /** Returns a handler of requests that stops the clock while one is being answered. */
    Handler<HttpServerRequest> watched(Handler<HttpServerRequest> handler) {
        return request -> {
            HttpConnection connection = request.connection();
            if (!forget(connection) && !busy.contains(connection)) {
                return; // it is closed, or about to be
            }
            busy.add(connection);
            handler.handle(request);
            request.response().bodyEndHandler(end -> {
                if (busy.remove(connection)) {
                    wait(connection, IDLE_TIME);
                }
            });
        };
    }

    private void wait(HttpConnection connection, Duration time) {
        silent.put(connection, vertx.setTimer(time.toMillis(), timer -> connection.close()));
    }

    private boolean forget(HttpConnection connection) {
        Long timer = silent.remove(connection);
        return timer != null && vertx.cancelTimer(timer);
    }

    /** Closes the connection that has been silent for the longest time; returns whether there is one. */
    private boolean closeSilent() {
        Iterator<HttpConnection> oldest = silent.keySet().iterator();
        if (!oldest.hasNext()) {
            return false;
        }
        HttpConnection connection = oldest.next();
        forget(connection);
        connection.close();
        return true;
    }
}
