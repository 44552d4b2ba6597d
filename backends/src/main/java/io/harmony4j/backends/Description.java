package io.harmony4j.backends;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Where a runtime is, and the parameters of its description. Immutable. */
final class Description {
    private static final List<String> PARAMETERS =
            List.of("model", "key_file", "connect_seconds", "idle_seconds", "retries", "num_ctx");
    private static final int MAX_SECONDS = 7 * 24 * 3600;

    private final String text;
    private final URI base;
    private final Map<String, String> parameters;

    private Description(String text, URI base, Map<String, String> parameters) {
        this.text = text;
        this.base = base;
        this.parameters = parameters;
    }

    /**
     * Reads the part after a runtime's name.
     *
     * @param text the whole description, for errors
     */
    static Description of(String text, String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw error("an URL that begins with http:// or https://", text, e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https")) || uri.getHost() == null) {
            throw error("an URL that begins with http:// or https://", text, null);
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw error("an URL without a user and without #; a key goes into a file, ?key_file=PATH", text, null);
        }
        String path = (uri.getRawPath() == null ? "" : uri.getRawPath()).replaceFirst("(/v1)?/*$", "");
        URI base = URI.create(scheme + "://" + uri.getRawAuthority() + path);
        return new Description(text, base, parameters(text, uri.getRawQuery()));
    }

    private static Map<String, String> parameters(String text, @Nullable String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : query == null || query.isEmpty() ? List.<String>of() : List.of(query.split("&", -1))) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            if (!PARAMETERS.contains(name) || equals < 0) {
                throw error("parameters NAME=VALUE with the names " + String.join(", ", PARAMETERS), text, null);
            }
            // a plus is a plus here, as in the name of a model
            String value = parameter.substring(equals + 1).replace("+", "%2B");
            parameters.put(name, URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
        return parameters;
    }

    /** Returns the URL of a path, as in {@code /completion}. */
    URI resolve(String path) {
        return URI.create(base + path);
    }

    /** Returns the model's name, or null. */
    @Nullable
    String model() {
        return parameters.get("model");
    }

    /** Returns the server's key, or null. */
    @Nullable
    String key() {
        String file = parameters.get("key_file");
        if (file == null) {
            return null;
        }
        try {
            String key = Files.readString(Path.of(file)).strip();
            if (key.isEmpty() || key.chars().anyMatch(c -> c <= ' ' || c > '~')) {
                throw new IllegalArgumentException("expected one key in the file " + file + " but found other text");
            }
            return key;
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException("cannot read the key file " + file + ": " + e, e);
        }
    }

    Duration connectLimit() {
        return Duration.ofSeconds(number("connect_seconds", 1, MAX_SECONDS).orElse(10));
    }

    Duration idleLimit() {
        return Duration.ofSeconds(number("idle_seconds", 1, MAX_SECONDS).orElse(300));
    }

    int retries() {
        return number("retries", 0, 100).orElse(4);
    }

    OptionalInt contextLength() {
        return number("num_ctx", 1, Integer.MAX_VALUE);
    }

    private OptionalInt number(String name, int least, int most) {
        String value = parameters.get(name);
        if (value == null) {
            return OptionalInt.empty();
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return OptionalInt.of(number);
            }
        } catch (NumberFormatException e) {
            // says the same
        }
        throw error("a whole number from " + least + " to " + most + " as " + name, text, null);
    }

    private static IllegalArgumentException error(String expected, String text, @Nullable Throwable cause) {
        return new IllegalArgumentException("expected " + expected + " but found \"" + text + "\"", cause);
    }
}
