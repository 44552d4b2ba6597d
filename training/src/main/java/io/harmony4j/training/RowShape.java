package io.harmony4j.training;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the rows of a data set look like. */
public enum RowShape {
    /** The JSON of a conversation, as Harmony4J and openai/harmony write it. */
    HARMONY("harmony"),

    /** A row of HuggingFaceH4/Multilingual-Thinking: {@code messages} with {@code thinking}, or {@code user}, {@code analysis} and {@code final}. */
    HF_THINKING("hf-thinking"),

    /** Messages as clients of Chat Completions send them: in {@code messages}, or as a list without an object around it. */
    CHAT("chat"),

    /** {@code prompt} and {@code completion}, each of them messages or a text. */
    PROMPT_COMPLETION("prompt-completion"),

    /** {@code conversations} of {@code from} and {@code value}. */
    SHAREGPT("sharegpt"),

    /** {@code instruction}, {@code input} and {@code output}. */
    ALPACA("alpaca"),

    /** Items as clients of Responses send them, in {@code input} or {@code items}. */
    RESPONSES("responses"),

    /** A document in {@code text}, which is no conversation. */
    TEXT("text");

    /** Fields that only Harmony's messages have. */
    private static final Set<String> HARMONY_FIELDS = Set.of("channel", "recipient");

    /** Parts that only Harmony's messages have. */
    private static final Set<String> HARMONY_PARTS = Set.of("system_content", "developer_content");

    private static final int MAX_KEYS_SHOWN = 20;

    private final String wireName;

    RowShape(String wireName) {
        this.wireName = wireName;
    }

    /** Returns the word for this shape on the command line, as in {@code chat}. */
    public String wireName() {
        return wireName;
    }

    /** Returns the shape with the given word, if there is one; words are case-sensitive. */
    public static Optional<RowShape> find(String wireName) {
        requireNonNull(wireName, "wireName");
        return Arrays.stream(values())
                .filter(shape -> shape.wireName.equals(wireName))
                .findFirst();
    }

    /**
     * Returns the shape with the given word.
     *
     * @throws IllegalArgumentException if no shape has this word; words are case-sensitive
     */
    public static RowShape of(String wireName) {
        return find(wireName)
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected a shape of rows (" + words() + ") but found \"" + wireName + "\""));
    }

    private static String words() {
        return Arrays.stream(values()).map(RowShape::wireName).collect(Collectors.joining(", "));
    }

    /**
     * Returns the shape that the keys of a row tell: the first that fits, in the order of docs/training-data.md. A key whose value is null
     * counts only if no other tells a shape, since tables have all columns in all rows.
     *
     * @throws RowException if they tell none
     */
    public static RowShape detect(JsonValue row) {
        if (requireNonNull(row, "row").isArray()) {
            return CHAT;
        }
        if (!(row instanceof JsonObject object)) {
            throw RowField.root(row).wrong("an object or a list of messages");
        }
        return find(object, name -> !object.get(name).isNull())
                .or(() -> find(object, object::has))
                .orElseThrow(() -> new RowException(
                        "",
                        "expected the keys of a known shape (messages, prompt and completion, conversations, instruction and output,"
                                + " user and final, input, items or text) but found " + keys(object)));
    }

    private static Optional<RowShape> find(JsonObject row, Predicate<String> has) {
        RowShape shape = null;
        if (has.test("prompt") && has.test("completion")) {
            shape = PROMPT_COMPLETION;
        } else if (has.test("messages")) {
            shape = isHarmony(row.get("messages"))
                    ? HARMONY
                    : has.test("analysis") || has.test("final") ? HF_THINKING : CHAT;
        } else if (has.test("conversations") || has.test("conversation")) {
            shape = SHAREGPT;
        } else if (has.test("instruction") && has.test("output")) {
            shape = ALPACA;
        } else if (has.test("user") && has.test("final")) {
            shape = HF_THINKING;
        } else if (has.test("input") || has.test("items")) {
            shape = RESPONSES;
        } else if (has.test("text")) {
            shape = TEXT;
        }
        return Optional.ofNullable(shape);
    }

    private static boolean isHarmony(JsonValue messages) {
        for (JsonValue message : messages.elements()) {
            if (HARMONY_FIELDS.stream().anyMatch(name -> !message.get(name).isNull())) {
                return true;
            }
            for (JsonValue part : message.get("content").elements()) {
                String type = part.get("type").textOrNull();
                if (type != null && HARMONY_PARTS.contains(type)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String keys(JsonObject row) {
        Set<String> keys = row.members().keySet();
        String shown = keys.stream().limit(MAX_KEYS_SHOWN).map(RowField::shown).collect(Collectors.joining(", "));
        int more = keys.size() - MAX_KEYS_SHOWN;
        return keys.isEmpty() ? "none" : more > 0 ? shown + " and " + more + " more" : shown;
    }
}
