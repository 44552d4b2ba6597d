package io.harmony4j.openai;

import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the tokens that a piece of text comes from. A parser may show a token's text later than it reads the token, because it may
 * be a half character, or the words of a header; so the bytes of tokens wait here until their text is shown. Belongs to one stream.
 */
final class LogProbabilities {
    /** What stands for the logarithm of 0, as in OpenAI's answers: JSON has no infinity. */
    private static final double LEAST = -9999;

    private final Tokenizer tokenizer;
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    /** The bytes of the waiting tokens. */
    private final ByteArrayOutputStream waitingBytes = new ByteArrayOutputStream();

    /**
     * A token whose text is not shown yet, or not all of it.
     *
     * @param token the token; null if its entry has been given out
     * @param length how many of the bytes are its
     */
    private record Waiting(@Nullable GeneratedToken token, int length) {}

    /**
     * A token of a text.
     *
     * @param at where in the text it begins, in UTF-16 code units
     * @param token the token
     */
    record Entry(int at, GeneratedToken token) {}

    LogProbabilities(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /** Takes a token before it is parsed. */
    void add(GeneratedToken token) {
        if (tokenizer.isToken(token.id())) {
            byte[] more = tokenizer.decodeBytes(token.id());
            waitingBytes.writeBytes(more);
            waiting.add(new Waiting(token, more.length));
        }
    }

    /** Forgets the tokens that were not shown before a special token: they are a header's. */
    void forget() {
        waiting.clear();
        waitingBytes.reset();
    }

    /**
     * Returns the tokens that a text comes from, in order; only those that have a log-probability. A token whose text is shown in
     * two pieces is in the first.
     *
     * @param text what the parser shows now
     * @param isFirst whether it is the first of its message, so that words of a header may stand before it
     */
    List<Entry> of(String text, boolean isFirst) {
        byte[] shown = text.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = waitingBytes.toByteArray();
        int found = isFirst ? afterHeader(bytes, shown) : indexOf(bytes, shown);
        boolean isKnown = found >= 0; // not if bytes that are no characters were replaced
        int begin = isKnown ? found : 0;
        int end = isKnown ? begin + shown.length : bytes.length;
        List<Entry> entries = new ArrayList<>();
        int at = 0;
        while (!waiting.isEmpty() && at < end) {
            Waiting next = waiting.remove();
            int nextEnd = at + next.length;
            if (nextEnd > begin
                    && next.token != null
                    && next.token.logProbability().isPresent()) {
                int offset = isKnown ? characters(shown, Math.max(0, at - begin)) : 0;
                entries.add(new Entry(offset, next.token));
            }
            if (nextEnd > end) {
                waiting.addFirst(new Waiting(null, nextEnd - end));
                break;
            }
            at = nextEnd;
        }
        waitingBytes.reset();
        waitingBytes.write(bytes, end, bytes.length - end);
        return entries;
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        int at = 0;
        while (at + part.length <= bytes.length) {
            if (isAt(at, bytes, part)) {
                return at;
            }
            at++;
        }
        return -1;
    }

    /** Returns where the first text of a message is: at the end; else, if the end is held back, at the beginning or after a header. */
    private static int afterHeader(byte[] bytes, byte[] part) {
        int at = bytes.length - part.length;
        if (at < 0 || isAt(at, bytes, part)) {
            return at;
        }
        if (isAt(0, bytes, part)) {
            return 0;
        }
        while (at >= 0 && !isAt(at, bytes, part)) {
            at--;
        }
        return at;
    }

    private static boolean isAt(int at, byte[] bytes, byte[] part) {
        return Arrays.equals(bytes, at, at + part.length, part, 0, part.length);
    }

    /** Returns where in a text the character is whose bytes include the one at the given index, in UTF-16 code units. */
    private static int characters(byte[] utf8, int index) {
        int begin = index;
        while (begin > 0 && begin < utf8.length && (utf8[begin] & 0xC0) == 0x80) {
            begin--;
        }
        return new String(utf8, 0, begin, StandardCharsets.UTF_8).length();
    }

    /** Returns a token's entry in an answer. */
    JsonObject json(GeneratedToken token) {
        List<JsonObject> top = token.alternatives().stream()
                .map(other -> fields(other.id(), other.logProbability()).build())
                .toList();
        return fields(token.id(), token.logProbability().orElseThrow())
                .put("top_logprobs", JsonArray.of(top))
                .build();
    }

    private JsonObject.Builder fields(int id, double logProbability) {
        byte[] utf8 = bytes(tokenizer, id);
        List<JsonValue> numbers = new ArrayList<>();
        for (byte b : utf8) {
            numbers.add(JsonValue.of(Byte.toUnsignedInt(b)));
        }
        return JsonObject.builder()
                .put("token", text(utf8))
                .put("logprob", finite(logProbability))
                .put("bytes", JsonArray.of(numbers));
    }

    /** Returns the logarithm of a probability as JSON can have it. */
    static double finite(double logProbability) {
        return Math.max(LEAST, logProbability);
    }

    /** Returns a token's text, as answers show it. */
    static String text(Tokenizer tokenizer, int id) {
        return text(bytes(tokenizer, id));
    }

    private static byte[] bytes(Tokenizer tokenizer, int id) {
        return tokenizer.isToken(id) ? tokenizer.decodeBytes(id) : new byte[0];
    }

    /** Returns a token's text; if it is not whole characters, its bytes as OpenAI writes them: {@code \xf0\x9f}. */
    private static String text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder();
        for (byte b : bytes) {
            escaped.append(String.format("\\x%02x", b));
        }
        return escaped.toString();
    }
}
