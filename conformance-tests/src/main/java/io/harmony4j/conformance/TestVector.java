package io.harmony4j.conformance;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
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
public record TestVector(
        String id,
        String category,
        String description,
        Level level,
        String source,
        List<String> features,
        JsonObject given,
        @Nullable Every every,
        Expectation expectation) {
    private static final String COMMAND = "cmd";
    private static final String TOKENS = "tokens";
    private static final String TEXT = "text";
    private static final String CHUNKS = "chunks";
    private static final Set<String> RENDERING =
            Set.of("render", "render_message", "render_chat", "schema", "span", "mask");

    /** What the names of dialects begin with, as capabilities. */
    static final String DIALECT = "dialect:";

    static final String DEFAULT_DIALECT = "openai";

    public TestVector {
        requireNonNull(id, "id");
        requireNonNull(category, "category");
        requireNonNull(description, "description");
        requireNonNull(level, "level");
        requireNonNull(source, "source");
        requireNonNull(given, "given");
        requireNonNull(expectation, "expectation");
        features = List.copyOf(requireNonNull(features, "features"));
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
    static TestVector of(String category, JsonValue vector) {
        if (!(vector.get("given") instanceof JsonObject given)
                || !given.get(COMMAND).isString()) {
            throw new IllegalArgumentException("expected a vector whose given has a cmd but found " + vector);
        }
        String every = Lenient.text(vector.get("every"));
        return new TestVector(
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

    private static String text(JsonValue vector, String field) {
        String text = vector.get(field).textOrNull();
        if (text == null) {
            throw new IllegalArgumentException("expected a vector with the field " + field + " but found " + vector);
        }
        return text;
    }

    private static List<String> features(JsonObject given, JsonValue vector) {
        List<String> features = new ArrayList<>();
        String command = given.get(COMMAND).text();
        features.add(command);
        if (given.has(CHUNKS) || Lenient.text(vector.get("every")).equals("split")) {
            features.add(CHUNKS);
        }
        if (RENDERING.contains(command)) {
            features.add(DIALECT + Lenient.text(given.get("dialect"), DEFAULT_DIALECT));
        }
        vector.get("features").elements().forEach(feature -> features.add(feature.text()));
        return features;
    }

    /** Returns the id of the vector that this is a case of; its own, if it is whole. */
    String wholeId() {
        int slash = id.indexOf('/');
        return slash < 0 ? id : id.substring(0, slash);
    }

    /** Returns the request to send: what is given, where a text may stand as a range of code points, written out. */
    public JsonObject request() {
        if (!given.has(CodePointBlock.FIELD)) {
            return given;
        }
        String text = CodePointBlock.of(given.get(CodePointBlock.FIELD)).text();
        return given.without(CodePointBlock.FIELD).toBuilder().put(TEXT, text).build();
    }

    /**
     * Returns the cases that the vector stands for: itself, or one for each prefix of its tokens or each division of its text,
     * called {@code ID/n} by the number of tokens or UTF-16 code units of the first part.
     */
    public List<TestVector> cases() {
        if (every == null) {
            return List.of(this);
        }
        return switch (every) {
            case PREFIX -> prefixes();
            case SPLIT -> splits();
        };
    }

    private List<TestVector> prefixes() {
        List<JsonValue> tokens = given.get(TOKENS).elements();
        List<TestVector> cases = new ArrayList<>();
        for (int n = 0; n <= tokens.size(); n++) {
            JsonArray prefix = JsonArray.of(tokens.subList(0, n));
            JsonObject request = given.toBuilder().put(TOKENS, prefix).build();
            cases.add(part(n, request, expectation.after(n)));
        }
        return cases;
    }

    private List<TestVector> splits() {
        String text = given.get(TEXT).text();
        List<TestVector> cases = new ArrayList<>();
        for (int at = 0; at <= text.length(); at = at == text.length() ? at + 1 : text.offsetByCodePoints(at, 1)) {
            JsonArray chunks = JsonArray.ofTexts(List.of(text.substring(0, at), text.substring(at)));
            JsonObject request =
                    given.without(TEXT).toBuilder().put(CHUNKS, chunks).build();
            cases.add(part(at, request, expectation));
        }
        return cases;
    }

    private TestVector part(int n, JsonObject request, Expectation expected) {
        return new TestVector(id + "/" + n, category, description, level, source, features, request, null, expected);
    }
}
