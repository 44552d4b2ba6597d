package io.harmony4j.training;

/** What the rows of a data set look like. */
public enum RowShape {
    /** The JSON of a conversation, as Harmony4J and openai/harmony write it. */
    HARMONY("harmony");

    private final String wireName;

    RowShape(String wireName) {
        this.wireName = wireName;
    }

    /** Returns the word for this shape on the command line, as in {@code chat}. */
    public String wireName() {
        return wireName;
    }
}
