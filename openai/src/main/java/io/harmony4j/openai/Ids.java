package io.harmony4j.openai;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Supplier;

/**
 * Gives the parts of answers their ids: a prefix that says what they are, and a part that is never the same twice.
 *
 * @param unique gives the second part
 */
record Ids(Supplier<String> unique) {
    static final String CHAT = "chatcmpl-";
    static final String TEXT = "cmpl-";
    static final String RESPONSE = "resp_";

    /** What a tool's result refers to. */
    static final String CALL = "call_";

    /** The length of a random part, in bytes: 128 bits, so that nobody guesses the id of a stored response. */
    private static final int RANDOM_BYTES = 16;

    private static final SecureRandom RANDOM = new SecureRandom();

    Ids {
        requireNonNull(unique, "unique");
    }

    /** Returns a part that nobody guesses: 32 letters and digits. */
    static String randomPart() {
        byte[] bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Returns the prefix of the ids of items of a type. */
    static String prefix(String itemType) {
        return switch (itemType) {
            case "message" -> "msg_";
            case "reasoning" -> "rs_";
            case "function_call", "function_call_output" -> "fc_";
            case "custom_tool_call", "custom_tool_call_output" -> "ctc_";
            case "code_interpreter_call" -> "ci_";
            case "web_search_call" -> "ws_";
            default -> "item_";
        };
    }

    /** Returns the next id with the given prefix. */
    String next(String prefix) {
        return prefix + requireNonNull(unique.get(), "id");
    }
}
