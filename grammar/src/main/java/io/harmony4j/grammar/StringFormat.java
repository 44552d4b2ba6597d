package io.harmony4j.grammar;

import java.util.Arrays;
import java.util.List;

/**
 * The formats of JSON Schema's vocabulary, as sets of strings. Those that are built are exact but for two things. A host name has no label with hyphens at its
 * third and fourth place: such labels are Punycode, and whether that stands for a valid name is not regular. An email address has at most 64 characters before
 * its {@code @}, and a domain of at most 255, as RFC 5321, 4.5.3.1, has it.
 *
 * <p>See JSON Schema 2020-12 Validation, 7.3.
 */
enum StringFormat {
    DATE_TIME("date-time", Kind.ASSERTED),
    DATE("date", Kind.ASSERTED),
    TIME("time", Kind.ASSERTED),
    DURATION("duration", Kind.ASSERTED),
    EMAIL("email", Kind.ASSERTED),
    HOSTNAME("hostname", Kind.ASSERTED),
    IPV4("ipv4", Kind.ASSERTED),
    IPV6("ipv6", Kind.ASSERTED),
    UUID("uuid", Kind.ASSERTED),
    URI("uri", Kind.ASSERTED),
    URI_REFERENCE("uri-reference", Kind.ASSERTED),
    JSON_POINTER("json-pointer", Kind.ASSERTED),
    RELATIVE_JSON_POINTER("relative-json-pointer", Kind.ASSERTED),
    IDN_EMAIL("idn-email", Kind.NOT_BUILT),
    IDN_HOSTNAME("idn-hostname", Kind.NOT_BUILT),
    IRI("iri", Kind.NOT_BUILT),
    IRI_REFERENCE("iri-reference", Kind.NOT_BUILT),
    URI_TEMPLATE("uri-template", Kind.NOT_BUILT),
    REGEX("regex", Kind.NOT_BUILT),

    /** Any word that is not in the vocabulary. */
    OTHER("", Kind.ANNOTATION);

    private static final int MAX_LOCAL_PART = 64;
    private static final int MAX_MAIL_DOMAIN = 255;
    private static final int MAX_HOSTNAME = 253;

    /** What comes of a format. */
    enum Kind {
        /** Strings must have it. */
        ASSERTED,
        /** It is in the vocabulary, but no set of strings has been built for it. */
        NOT_BUILT,
        /** It says nothing about strings. */
        ANNOTATION
    }

    private final String word;
    private final Kind kind;

    StringFormat(String word, Kind kind) {
        this.word = word;
        this.kind = kind;
    }

    /** Returns the format of a word. */
    static StringFormat of(String word) {
        return Arrays.stream(values())
                .filter(format -> format != OTHER && format.word.equals(word))
                .findFirst()
                .orElse(OTHER);
    }

    Kind kind() {
        return kind;
    }

    /**
     * Returns the contents of the strings that have this format.
     *
     * @throws IllegalStateException if it is not built
     */
    Regex content(StringText strings) {
        return switch (this) {
            case DATE_TIME -> dateTime(strings);
            case DATE -> whole(strings, FormatPatterns.DATE);
            case TIME -> time(strings);
            case DURATION -> whole(strings, FormatPatterns.DURATION);
            case EMAIL -> email(strings);
            case HOSTNAME -> upTo(strings, MAX_HOSTNAME, FormatPatterns.HOSTNAME);
            case IPV4 -> whole(strings, FormatPatterns.IPV4);
            case IPV6 -> whole(strings, FormatPatterns.IPV6);
            case UUID -> whole(strings, FormatPatterns.UUID);
            case URI -> whole(strings, FormatPatterns.URI);
            case URI_REFERENCE -> whole(strings, FormatPatterns.URI + "|" + FormatPatterns.RELATIVE_URI);
            case JSON_POINTER -> whole(strings, FormatPatterns.JSON_POINTER);
            case RELATIVE_JSON_POINTER -> whole(strings, FormatPatterns.RELATIVE_JSON_POINTER);
            case IDN_EMAIL, IDN_HOSTNAME, IRI, IRI_REFERENCE, URI_TEMPLATE, REGEX, OTHER ->
                throw new IllegalStateException("expected a format that is built but found " + this);
        };
    }

    private static Regex whole(StringText strings, String pattern) {
        return strings.pattern("^(?:" + pattern + ")$");
    }

    private static Regex dateTime(StringText strings) {
        return strings.regexes().sequence(whole(strings, FormatPatterns.DATE), whole(strings, "[Tt]"), time(strings));
    }

    private static Regex time(StringText strings) {
        Regex leapSecond = strings.regexes().machine(new LeapSecond(), LeapSecond.START);
        return strings.regexes().union(List.of(whole(strings, FormatPatterns.TIME), leapSecond));
    }

    private static Regex email(StringText strings) {
        Regex local = upTo(strings, MAX_LOCAL_PART, FormatPatterns.LOCAL_PART);
        Regex domain = upTo(strings, MAX_MAIL_DOMAIN, FormatPatterns.MAIL_DOMAIN);
        return strings.regexes().sequence(local, strings.content("@"), domain);
    }

    private static Regex upTo(StringText strings, int length, String pattern) {
        return strings.regexes().intersection(List.of(whole(strings, pattern), strings.content(0, length)));
    }
}
