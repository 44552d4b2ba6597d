package io.harmony4j;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The special tokens of o200k_harmony that have a meaning of their own; all others from 199998 to 201088 are reserved.
 *
 * @see <a href="https://cookbook.openai.com/articles/openai-harmony#special-tokens">Harmony: special tokens</a>
 */
public enum SpecialToken {
    START_OF_TEXT("<|startoftext|>", 199998),
    END_OF_TEXT("<|endoftext|>", 199999),
    /** Ends an assistant's last message: the model is done. */
    RETURN("<|return|>", 200002),
    /** Stands before a content type that sampling is constrained to. */
    CONSTRAIN("<|constrain|>", 200003),
    /** Stands before the channel in a header. */
    CHANNEL("<|channel|>", 200005),
    /** Begins a message and its header. */
    START("<|start|>", 200006),
    /** Ends a message. */
    END("<|end|>", 200007),
    /** Ends a header; the content follows. */
    MESSAGE("<|message|>", 200008),
    /** Ends an assistant's message that calls a tool. */
    CALL("<|call|>", 200012);

    /** The tokens by how far their ids are from the first one's; ids between them have none. */
    private static final List<Optional<SpecialToken>> BY_ID = IntStream.rangeClosed(START_OF_TEXT.id, CALL.id)
            .mapToObj(id ->
                    Arrays.stream(values()).filter(token -> token.id == id).findFirst())
            .toList();

    private static final List<Integer> STOP_IDS = List.of(RETURN.id, CALL.id, END_OF_TEXT.id);

    private final String literal;
    private final int id;

    SpecialToken(String literal, int id) {
        this.literal = literal;
        this.id = id;
    }

    /** Returns the text that stands for this token, as in {@code <|start|>}. */
    public String literal() {
        return literal;
    }

    /** Returns the id in o200k_harmony. */
    public int id() {
        return id;
    }

    /** Returns whether this token ends a message: end, return or call. Only the last two are for a sampler to stop at. */
    public boolean endsMessage() {
        return this == END || endsTurn();
    }

    /** Returns whether the model hands over with this token, to a tool or to the user: return or call. */
    public boolean endsTurn() {
        return this == RETURN || this == CALL;
    }

    /**
     * Returns the ids that a runtime is to stop at: {@code <|return|>}, {@code <|call|>} and {@code <|endoftext|>}. Not
     * {@code <|end|>}, which also ends the analysis that comes before an answer.
     */
    public static List<Integer> stopIds() {
        return STOP_IDS;
    }

    /** Returns whether this token has a place in the format: all but those at the edges of a text. */
    public boolean isOfFormat() {
        return this != START_OF_TEXT && this != END_OF_TEXT;
    }

    /** Returns the token with the given id, if it is one of these. */
    public static Optional<SpecialToken> find(int id) {
        int index = id - START_OF_TEXT.id;
        return index >= 0 && index < BY_ID.size() ? BY_ID.get(index) : Optional.empty();
    }

    @Override
    public String toString() {
        return literal;
    }
}
