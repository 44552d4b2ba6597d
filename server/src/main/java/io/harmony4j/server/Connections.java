package io.harmony4j.server;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The open connections: so many at a time, each of which has some time for the headers of its first request, and more for those of the
 * next. All on the event loop.
 */
final class Connections {
    /** Longer than clients keep an idle connection, so that it is they who close it. */
    private static final Duration IDLE_TIME = Duration.ofSeconds(75);

    private final Vertx vertx;
    private final ServerOptions options;

    /** The timers that close connections which do not send a request; -1 while one is being answered. */
    private final Map<HttpConnection, Long> timers = new HashMap<>();

    Connections(Vertx vertx, ServerOptions options) {
        this.vertx = vertx;
        this.options = options;
    }

    /** Takes a connection, or closes it if there are too many. */
    void opened(HttpConnection connection) {
        if (timers.size() >= options.connections()) {
            connection.close();
            return;
        }
        wait(connection, options.headerTime());
        connection.closeHandler(closed -> {
            Long timer = timers.remove(connection);
            if (timer != null) {
                vertx.cancelTimer(timer);
            }
        });
    }

    /** Returns a handler of requests that stops the clock while one is being answered. */
    Handler<HttpServerRequest> watched(Handler<HttpServerRequest> handler) {
        return request -> {
            HttpConnection connection = request.connection();
            Long timer = timers.put(connection, -1L);
            if (timer != null) {
                vertx.cancelTimer(timer);
            }
            handler.handle(request);
            request.response().bodyEndHandler(end -> {
                if (timers.containsKey(connection)) {
                    wait(connection, IDLE_TIME);
                }
            });
        };
    }

    private void wait(HttpConnection connection, Duration time) {
        timers.put(connection, vertx.setTimer(time.toMillis(), timer -> connection.close()));
    }
}
