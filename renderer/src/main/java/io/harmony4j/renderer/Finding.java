package io.harmony4j.renderer;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.JsonObject;
import java.util.Locale;

/**
 * Something in a conversation that may not be meant as it is.
 *
 * @param code what it is
 * @param pointer where it is, as a JSON pointer (RFC 6901) into the conversation's JSON, as in {@code /messages/3/recipient}
 * @param message what is there, for human readers
 * @param suggestion what to do about it, likewise
 */
public record Finding(Code code, String pointer, String message, String suggestion) {
    public Finding {
        requireNonNull(code, "code");
        requireNonNull(pointer, "pointer");
        requireNonNull(message, "message");
        requireNonNull(suggestion, "suggestion");
    }

    /** Returns how much it may matter. */
    public Severity severity() {
        return code.severity;
    }

    /** Returns the JSON of this finding. */
    public JsonObject toJsonObject() {
        return JsonObject.builder()
                .put("code", code.name())
                .put("severity", severity().wireName())
                .put("pointer", pointer)
                .put("message", message)
                .put("suggestion", suggestion)
                .build();
    }

    /** How much a finding may matter. */
    public enum Severity {
        /** The conversation cannot be rendered. */
        ERROR,
        /** The model is likely to read something else than was meant. */
        WARNING,
        /** Good to know. */
        INFO;

        /** Returns the word for this severity in JSON, as in {@code warning}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What can be found. */
    public enum Code {
        /** A tool's message without the tool's name. */
        TOOL_WITHOUT_NAME(Severity.ERROR),
        /** A tool's result that no call before it waits for. */
        RESULT_WITHOUT_CALL(Severity.WARNING),
        /** A call after which the user or an answer comes before its result. */
        CALL_WITHOUT_RESULT(Severity.WARNING),
        /** A call of {@code get_weather} where {@code functions.get_weather} is declared. */
        RECIPIENT_WITHOUT_NAMESPACE(Severity.WARNING),
        /** A result of {@code get_weather} where {@code functions.get_weather} was called. */
        RESULT_WITHOUT_NAMESPACE(Severity.WARNING),
        /** A call of a tool that nobody declares. */
        UNKNOWN_RECIPIENT(Severity.WARNING),
        /** A message of the assistant to {@code all}: the header does not say so, yet it ends as a call does. */
        RECIPIENT_ALL(Severity.WARNING),
        /** A result that is not addressed to the assistant. */
        RESULT_WITHOUT_RECIPIENT(Severity.INFO),
        /** Functions are declared, and the system message does not have the channel of their calls. */
        FUNCTIONS_WITHOUT_COMMENTARY(Severity.WARNING),
        /** A namespace whose name is not its key. */
        NAMESPACE_KEY_DIFFERS(Severity.WARNING),
        /** Two tools of one name in a namespace. */
        DUPLICATE_TOOL(Severity.WARNING),
        /** A tool whose name is no identifier, as in {@code get-weather}. */
        TOOL_NAME_NOT_IDENTIFIER(Severity.WARNING),
        /** A function's call on another channel than commentary. */
        CALL_NOT_ON_COMMENTARY(Severity.WARNING),
        /** A built-in tool's call on another channel than analysis. */
        BUILTIN_NOT_ON_ANALYSIS(Severity.INFO),
        /** An assistant's message without a channel. */
        CHANNEL_MISSING(Severity.WARNING),
        /** An assistant's message on a channel that the system message does not have. */
        UNKNOWN_CHANNEL(Severity.WARNING),
        /** A function's call without a content type. */
        CONTENT_TYPE_MISSING(Severity.INFO),
        /** A content type with white space, as in {@code <|constrain|> json}: it does not parse back. */
        CONTENT_TYPE_SPACE(Severity.WARNING),
        /** Another content type than {@code json} and {@code code}. */
        CONTENT_TYPE_UNKNOWN(Severity.WARNING),
        /** Analysis that calls nothing, with a content type. */
        CONTENT_TYPE_ON_TEXT(Severity.INFO),
        /** Arguments that are to be JSON and are not. */
        ARGUMENTS_NOT_JSON(Severity.WARNING),
        /** Arguments that are JSON, and not an object. */
        ARGUMENTS_NOT_OBJECT(Severity.WARNING),
        /** Arguments in a JSON string. */
        ARGUMENTS_DOUBLE_ENCODED(Severity.WARNING),
        /** Analysis that the policy leaves out. */
        ANALYSIS_DROPPED(Severity.INFO),
        /** Analysis of a turn that has its answer, which {@link AnalysisPolicy#REFERENCE} keeps. */
        OLD_ANALYSIS_KEPT(Severity.INFO),
        /** A result whose call the policy leaves out. */
        ORPHANED_BY_POLICY(Severity.WARNING),
        /** Analysis right after the answer of the same turn. */
        ANALYSIS_AFTER_FINAL(Severity.WARNING),
        /** A field of a chat client's JSON or of another format, which is ignored. */
        FOREIGN_FIELD(Severity.WARNING),
        /** A field whose name is almost that of another, and which is ignored. */
        MISSPELT_FIELD(Severity.WARNING),
        /** Any other field that is ignored. */
        UNKNOWN_FIELD(Severity.WARNING),
        /** A special token as text: the model reads its characters. */
        CONTROL_TEXT(Severity.WARNING),
        /** An assistant's content that is a rendered message. */
        RENDERED_IN_CONTENT(Severity.WARNING),
        /** A second system message. */
        SEVERAL_SYSTEM(Severity.WARNING),
        /** A system message that is not the first. */
        SYSTEM_NOT_FIRST(Severity.WARNING),
        /** A system message of plain text: those are instructions, whose place is the developer message. */
        SYSTEM_AS_TEXT(Severity.WARNING),
        /** No system message. */
        NO_SYSTEM(Severity.INFO),
        /** A second developer message. */
        SEVERAL_DEVELOPER(Severity.INFO),
        /** A system message without a date. */
        DATE_MISSING(Severity.INFO),
        /** A date that is not written as in {@code 2026-01-31}. */
        DATE_FORMAT(Severity.INFO),
        /** Another identity than the one that the models were trained with. */
        IDENTITY_CHANGED(Severity.INFO),
        /** A message of no characters. */
        EMPTY_MESSAGE(Severity.INFO),
        /** Several texts in one message: nothing stands between them. */
        PARTS_JOINED(Severity.INFO),
        /** A prompt whose last message is the assistant's. */
        ENDS_WITH_ASSISTANT(Severity.INFO),
        /** A sample to train on in which the assistant says nothing. */
        NOTHING_TO_LEARN(Severity.WARNING),
        /** A keyword of a schema that the prompt does not show. */
        SCHEMA_LOSSY(Severity.WARNING),
        /** Parameters that are not of the type object: the prompt shows {@code any}. */
        PARAMETERS_NOT_OBJECT(Severity.WARNING),
        /** A schema whose TypeScript is none, as that of a name with a hyphen. */
        TYPESCRIPT_BREAKS(Severity.WARNING),
        /** A list of one of several types, whose TypeScript means something else: {@code "a" | "b"[]}. */
        ARRAY_OF_UNION(Severity.WARNING);

        private final Severity severity;

        Code(Severity severity) {
            this.severity = severity;
        }

        /** Returns how much it may matter. */
        public Severity severity() {
            return severity;
        }
    }
}
