package io.harmony4j.server;

import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;

/** The files of the playground page, which the jar has. */
final class Playground {
    static final String INDEX = "index.html";

    /** What may be asked for, and of which type it is. */
    private static final Map<String, String> FILES = Map.ofEntries(
            Map.entry(INDEX, "text/html; charset=utf-8"),
            Map.entry("playground.css", "text/css; charset=utf-8"),
            Map.entry("icon.svg", "image/svg+xml"),
            script("playground"),
            script("conversation"),
            script("dom"),
            script("examples"),
            script("output"),
            script("server"),
            script("share"),
            script("speakers"),
            script("tokens"));

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    private Playground() {}

    private static Map.Entry<String, String> script(String name) {
        return Map.entry(name + ".js", "text/javascript; charset=utf-8");
    }

    static Set<String> files() {
        return FILES.keySet();
    }

    static String contentType(String file) {
        return String.valueOf(FILES.get(file));
    }

    static byte[] bytes(String file) {
        try (InputStream in = Playground.class.getResourceAsStream("playground/" + file)) {
            if (in == null) {
                throw new IllegalStateException("expected playground/" + file + " in the jar but it is not there");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets what keeps text from becoming anything else, and other pages out. */
    static void secure(HttpServerResponse response) {
        response.putHeader("content-security-policy", POLICY);
        response.putHeader("x-content-type-options", "nosniff");
        response.putHeader("referrer-policy", "no-referrer");
        response.putHeader("cache-control", "no-cache");
    }
}
