package io.harmony4j.parser;

/** What a parser is waiting for. */
public enum ParserState {
    /** The start token of a message, or the end of the stream. */
    EXPECT_START,
    /** The rest of a header, up to the message token. */
    HEADER,
    /** More content, or an end token. */
    CONTENT
}
