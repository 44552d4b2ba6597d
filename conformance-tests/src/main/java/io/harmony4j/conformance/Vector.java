package io.harmony4j.conformance;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One vector of the suite: a request of the driver protocol, and what is expected of the answer.
 *
 * @param id its permanent name, as in {@code parse-0006}
 * @param category what it is about, as in {@code parse-variant}
 * @param description what it shows, in one line
 * @param level how binding it is
 * @param source where the expectation comes from
 * @param features the capabilities that an implementation needs to be asked: the command, and others
 * @param given the request, without {@code seq}
 * @param every for which parts of the request it stands, or null if for the whole request alone
 * @param expectation what is expected of the answer
 */
public record Vector(
        String id,
        String category,
        String description,
        Level level,
        String source,
        List<String> features,
        ObjectNode given,
        @Nullable Every every,
        Expectation expectation) {
    private static final String COMMAND = "cmd";
    private static final String TOKENS = "tokens";
    private static final String TEXT = "text";
    private static final String CHUNKS = "chunks";
    private static final Set<String> RENDERING = Set.of("render", "render_message", "schema");

    /** What the names of dialects begin with, as capabilities. */
    static final String DIALECT = "dialect:";

    static final String DEFAULT_DIALECT = "openai-0.0.8";

    public Vector {
        requireNonNull(id, "id");
        requireNonNull(category, "category");
        requireNonNull(description, "description");
        requireNonNull(level, "level");
        requireNonNull(source, "source");
        requireNonNull(expectation, "expectation");
        features = List.copyOf(features);
        given = given.deepCopy();
    }

    /** How binding a vector is, in the sense of RFC 2119; the most binding first. */
    public enum Level {
        MUST,
        SHOULD,
        MAY
    }

    /** How a vector stands for many cases. */
    public enum Every {
        /** One case for the first n tokens, for each n. */
        PREFIX,
        /** One case for each place where the text can be divided in two chunks. */
        SPLIT
    }

    /**
     * Reads a vector of a file of the given category.
     *
     * @throws IllegalArgumentException if a field is missing or wrong
     */
    static Vector of(String category, JsonNode vector) {
        if (!(vector.path("given") instanceof ObjectNode given)
                || !given.path(COMMAND).isTextual()) {
            throw new IllegalArgumentException("expected a vector whose given has a cmd but found " + vector);
        }
        String every = vector.path("every").asText();
        return new Vector(
                text(vector, "id"),
                category,
                text(vector, "description"),
                Level.valueOf(text(vector, "level")),
                text(vector, "source"),
                features(given, vector),
                given,
                every.isEmpty() ? null : Every.valueOf(every.toUpperCase(Locale.ROOT)),
                Expectation.of(vector));
    }

    private static String text(JsonNode vector, String field) {
        String text = vector.path(field).textValue();
        if (text == null) {
            throw new IllegalArgumentException("expected a vector with the field " + field + " but found " + vector);
        }
        return text;
    }

    private static List<String> features(ObjectNode given, JsonNode vector) {
        List<String> features = new ArrayList<>();
        features.add(given.path(COMMAND).textValue());
        if (given.has(CHUNKS) || vector.path("every").asText().equals("split")) {
            features.add(CHUNKS);
        }
        if (RENDERING.contains(given.path(COMMAND).textValue())) {
            features.add(DIALECT + given.path("dialect").asText(DEFAULT_DIALECT));
        }
        vector.path("features").forEach(feature -> features.add(feature.textValue()));
        return features;
    }

    /** Returns the id of the vector that this is a case of; its own, if it is whole. */
    String wholeId() {
        int slash = id.indexOf('/');
        return slash < 0 ? id : id.substring(0, slash);
    }

    @Override
    public ObjectNode given() {
        return given.deepCopy();
    }

    /** Returns the request to send: what is given, where a text may stand as a range of code points, written out. */
    public ObjectNode request() {
        ObjectNode request = given();
        JsonNode range = request.remove(CodePointBlock.FIELD);
        if (range != null) {
            request.put(TEXT, CodePointBlock.of(range).text());
        }
        return request;
    }

    /**
     * Returns the cases that the vector stands for: itself, or one for each prefix of its tokens or each division of its text,
     * called {@code ID/n} by the number of tokens or UTF-16 code units of the first part.
     */
    public List<Vector> cases() {
        if (every == null) {
            return List.of(this);
        }
        return switch (every) {
            case PREFIX -> prefixes();
            case SPLIT -> splits();
        };
    }

    private List<Vector> prefixes() {
        JsonNode tokens = given.path(TOKENS);
        List<Vector> cases = new ArrayList<>();
        for (int n = 0; n <= tokens.size(); n++) {
            ObjectNode request = given();
            ArrayNode prefix = request.putArray(TOKENS);
            for (int i = 0; i < n; i++) {
                prefix.add(tokens.get(i));
            }
            cases.add(part(n, request, expectation.after(n)));
        }
        return cases;
    }

    private List<Vector> splits() {
        String text = given.path(TEXT).textValue();
        List<Vector> cases = new ArrayList<>();
        for (int at = 0; at <= text.length(); at = at == text.length() ? at + 1 : text.offsetByCodePoints(at, 1)) {
            ObjectNode request = given();
            request.remove(TEXT);
            request.putArray(CHUNKS).add(text.substring(0, at)).add(text.substring(at));
            cases.add(part(at, request, expectation));
        }
        return cases;
    }

    private Vector part(int n, ObjectNode request, Expectation expected) {
        return new Vector(id + "/" + n, category, description, level, source, features, request, null, expected);
    }
}
