package io.harmony4j.parser;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.JsonObject;
import java.util.Locale;

/**
 * One repair that RECOVER made.
 *
 * @param code what was wrong
 * @param position where it was noticed: the index of the token, from 0, or of the UTF-16 code unit if text was read; their number
 *     if it was the end
 * @param text the text concerned; where the repair drops text, all of it, but for what is beyond the limits of {@link ParseLimits}
 */
public record Diagnostic(Code code, long position, String text) {
    public Diagnostic {
        requireNonNull(code, "code");
        requireNonNull(text, "text");
    }

    /** Returns how much the repair may matter. */
    public Severity severity() {
        return code.severity;
    }

    /** Returns what was wrong and what was done about it, for human readers. */
    public String message() {
        return text.isEmpty() ? code.description : code.description + ": \"" + text + '"';
    }

    /** Returns code, severity, position, text and message as JSON. */
    public JsonObject toJsonObject() {
        return JsonObject.builder()
                .put("code", code.name())
                .put("severity", severity().name().toLowerCase(Locale.ROOT))
                .put("position", position)
                .put("text", text)
                .put("message", message())
                .build();
    }

    /** How much a repair may matter. */
    public enum Severity {
        /** The meaning was clear. */
        INFO,
        /** The meaning had to be guessed; no text was left out. */
        WARNING,
        /** The text concerned is in no message. */
        LOSS
    }

    /** What can be wrong. */
    public enum Code {
        /** A message began without {@code <|start|>}; its header was read all the same. */
        MISSING_START(Severity.INFO, "read a header that begins without <|start|>"),
        /** {@code <|start|>} stood where the header was open already; the header began again. */
        REPEATED_START(Severity.INFO, "began the header again at <|start|>"),
        /** A control token stood where it means nothing; it was ignored. */
        STRAY_TOKEN(Severity.INFO, "ignored a control token that means nothing here"),
        /** Text stood between two messages; it became one without a channel. */
        TEXT_BETWEEN_MESSAGES(Severity.WARNING, "read text between two messages as a message"),
        /** Text stood where a header should, or in one that had no {@code <|message|>}; it became the content of a message. */
        UNFINISHED_HEADER(Severity.WARNING, "read text in the place of a header as content"),
        /** Words of a header stood without their control tokens; they were read as the header. */
        MISSING_MARKERS(Severity.WARNING, "read words without their control tokens as a header"),
        /** A header ended without {@code <|message|>} and had no content; it was left out. */
        EMPTY_HEADER(Severity.LOSS, "left out a header without <|message|>"),
        /** Text came after the {@code <|return|>} that ended a completion; it is in no message. */
        AFTER_RETURN(Severity.LOSS, "left out what came after <|return|>"),
        /** Another message began before the content ended; the content was ended there. */
        MISSING_END(Severity.INFO, "ended a message where the next one begins"),
        /** The id is not in the vocabulary; it was ignored. */
        UNKNOWN_TOKEN(Severity.LOSS, "ignored an id that is not in the vocabulary"),
        /** The header was not UTF-8; what was wrong became U+FFFD. */
        MALFORMED_UTF8(Severity.WARNING, "replaced what is not UTF-8 in a header by U+FFFD"),
        /** No channel stood after {@code <|channel|>}; the marker was ignored. */
        EMPTY_CHANNEL(Severity.INFO, "ignored <|channel|> without a channel"),
        /** The header had several channels; the last one that is known was taken. */
        SEVERAL_CHANNELS(Severity.LOSS, "left out a further channel"),
        /** A known channel was spelled differently; it was read as that one. */
        CHANNEL_SPELLING(Severity.INFO, "read the channel as the known one"),
        /** A tool's name stood where the role should; it was read as that tool. */
        TOOL_AS_ROLE(Severity.INFO, "read a tool's name in place of a role as the tool"),
        /** The role stood in the header twice; it was read once. */
        REPEATED_ROLE(Severity.INFO, "read the role once that stood there twice"),
        /** A role had a name after a colon; it was read as the author's. */
        NAMED_ROLE(Severity.INFO, "read the word after the role as the author's name"),
        /** A recipient stood where the channel should; it was read as one. */
        RECIPIENT_AS_CHANNEL(Severity.INFO, "read a recipient in place of the channel"),
        /** The channel is none that models know, nor almost one; its message stays on it. */
        UNKNOWN_CHANNEL(Severity.WARNING, "kept a channel that is not known"),
        /** The header named no role; it was read as the expected one. */
        MISSING_ROLE(Severity.INFO, "read a header without a role as the assistant's"),
        /** The word is no role; it was read as the assistant. */
        UNKNOWN_ROLE(Severity.LOSS, "read an unknown role as the assistant"),
        /** The header had several recipients; the first was taken. */
        SEVERAL_RECIPIENTS(Severity.LOSS, "left out a further recipient"),
        /** A recipient without {@code to=} was read as one. */
        BARE_RECIPIENT(Severity.INFO, "read a word without to= as the recipient"),
        /** The recipient was not spelled as declared; it was read as the declared tool. */
        RECIPIENT_SPELLING(Severity.INFO, "read the recipient as a declared tool"),
        /** A content type stood where openai/harmony reads a recipient; it was read as the content type. */
        CONTENT_TYPE_ONLY(Severity.INFO, "read the only word as the content type"),
        /** A channel stood in a header without {@code <|channel|>} before it; it was read as one. */
        BARE_CHANNEL(Severity.INFO, "read a word without <|channel|> as the channel"),
        /** Recipient and content type stood in an unusual order or among other words. */
        UNUSUAL_ADDRESS(Severity.INFO, "looked for recipient and content type among all words"),
        /** Text in a header looks like a control token; it stayed text. */
        MARKER_TEXT(Severity.WARNING, "kept as text what looks like a control token"),
        /** Further words stood in a header; they were left out. */
        UNEXPECTED_WORDS(Severity.LOSS, "left out words of a header"),
        /** A call had no arguments yet when another message began; they were found at the end of that one. */
        INTERRUPTED_CALL(Severity.WARNING, "took the end of a message as the arguments of the call before it"),
        /** A call had no arguments when another message began, and none came; it was left out. */
        EMPTY_CALL(Severity.LOSS, "left out a call without arguments"),
        /** The header is longer than {@link ParseLimits#headerLength()}; the rest was read as content. */
        HEADER_TOO_LONG(Severity.WARNING, "read the rest of a header that is too long as content"),
        /** The content is longer than {@link ParseLimits#messageLength()}; the rest was left out. */
        MESSAGE_TOO_LONG(Severity.LOSS, "left out the rest of a message that is too long"),
        /** There are more messages than {@link ParseLimits#messages()}; the parser keeps no further ones. */
        TOO_MANY_MESSAGES(Severity.INFO, "keeps no further messages; their events go on"),
        /** There were more repairs than are reported. */
        TOO_MANY_DIAGNOSTICS(Severity.WARNING, "reports no further repairs");

        private final Severity severity;
        private final String description;

        Code(Severity severity, String description) {
            this.severity = severity;
            this.description = description;
        }
    }
}
