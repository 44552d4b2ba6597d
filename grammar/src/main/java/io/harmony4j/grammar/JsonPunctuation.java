package io.harmony4j.grammar;

/**
 * The punctuation of JSON with the white space that may stand beside it. What has a beginning of white space in common is one expression, so that its readings
 * are not followed one by one.
 */
record JsonPunctuation(
        Regex space, Regex openArray, Regex openObject, Regex comma, Regex colon, Regex closeArray, Regex closeObject) {
    /** The most white space in one place, in characters. */
    private static final int MAX_SPACE = 20;

    static JsonPunctuation of(Regexes regexes, SchemaOptions.WhiteSpace whiteSpace) {
        Regex space = regexes.repeat(
                regexes.bytes(ByteSet.of(' ')
                        .or(ByteSet.of('\t'))
                        .or(ByteSet.of('\n'))
                        .or(ByteSet.of('\r'))),
                0,
                MAX_SPACE);
        return switch (whiteSpace) {
            case COMPACT -> around(regexes, regexes.empty(), "");
            case SPACED -> around(regexes, regexes.empty(), " ");
            case FLEXIBLE -> around(regexes, space, "");
        };
    }

    /**
     * @param space what may stand anywhere
     * @param after what stands after a comma and after a colon
     */
    private static JsonPunctuation around(Regexes regexes, Regex space, String after) {
        return new JsonPunctuation(
                space,
                regexes.literal("["),
                regexes.literal("{"),
                regexes.sequence(space, regexes.literal("," + after), space),
                regexes.sequence(space, regexes.literal(":" + after), space),
                regexes.sequence(space, regexes.literal("]")),
                regexes.sequence(space, regexes.literal("}")));
    }
}
