package io.harmony4j.grammar;

/** The grammars of formats as patterns, each of the whole string. */
final class FormatPatterns {
    private FormatPatterns() {}

    // RFC 3339, 5.6

    private static final String LEAP_YEAR =
            "(?:\\d\\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)";

    /** full-date. */
    static final String DATE = "\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])"
            + "|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)"
            + "|02-(?:0[1-9]|1\\d|2[0-8]))"
            + ("|" + LEAP_YEAR + "-02-29");

    private static final String MINUTE = "(?:[01]\\d|2[0-3]):[0-5]\\d";

    /** full-time, but for leap seconds. */
    static final String TIME = MINUTE + ":[0-5]\\d(?:\\.\\d+)?(?:[Zz]|[+-]" + MINUTE + ")";

    // RFC 3339, appendix A

    private static final String DURATION_TIME = "T(?:\\d+H(?:\\d+M(?:\\d+S)?)?|\\d+M(?:\\d+S)?|\\d+S)";
    private static final String DURATION_DATE = "(?:\\d+D|\\d+M(?:\\d+D)?|\\d+Y(?:\\d+M(?:\\d+D)?)?)";

    /** duration. */
    static final String DURATION = "P(?:" + DURATION_DATE + "(?:" + DURATION_TIME + ")?|" + DURATION_TIME + "|\\d+W)";

    // RFC 3986, 3.2.2

    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";

    /** IPv4address. */
    static final String IPV4 = OCTET + "(?:\\." + OCTET + "){3}";

    private static final String HEX = "[0-9A-Fa-f]";
    private static final String H16 = HEX + "{1,4}";
    private static final String LS32 = "(?:" + H16 + ":" + H16 + "|" + IPV4 + ")";

    /** IPv6address. */
    static final String IPV6 = ("(?:(?:h16:){6}ls32"
                    + "|::(?:h16:){5}ls32"
                    + "|(?:h16)?::(?:h16:){4}ls32"
                    + "|(?:(?:h16:){0,1}h16)?::(?:h16:){3}ls32"
                    + "|(?:(?:h16:){0,2}h16)?::(?:h16:){2}ls32"
                    + "|(?:(?:h16:){0,3}h16)?::h16:ls32"
                    + "|(?:(?:h16:){0,4}h16)?::ls32"
                    + "|(?:(?:h16:){0,5}h16)?::h16"
                    + "|(?:(?:h16:){0,6}h16)?::)")
            .replace("h16", H16)
            .replace("ls32", LS32);

    // RFC 3986, appendix A

    private static final String PERCENT = "%" + HEX + "{2}";
    private static final String SUB_DELIMS = "!$&'()*+,;=";
    private static final String UNRESERVED = "\\w.~-";
    private static final String USERINFO = "(?:[:" + SUB_DELIMS + UNRESERVED + "]|" + PERCENT + ")*";
    private static final String REG_NAME = "(?:[" + SUB_DELIMS + UNRESERVED + "]|" + PERCENT + ")*";
    private static final String IP_FUTURE = "[Vv]" + HEX + "+\\.[:" + SUB_DELIMS + UNRESERVED + "]+";
    private static final String IP_LITERAL = "\\[(?:" + IPV6 + "|" + IP_FUTURE + ")\\]";
    private static final String AUTHORITY = "(?:" + USERINFO + "@)?(?:" + IP_LITERAL + "|" + REG_NAME + ")(?::\\d*)?";
    private static final String PCHAR = "(?:[:@" + SUB_DELIMS + UNRESERVED + "]|" + PERCENT + ")";
    private static final String NO_COLON = "(?:[@" + SUB_DELIMS + UNRESERVED + "]|" + PERCENT + ")";
    private static final String SEGMENTS = "(?:/" + PCHAR + "*)*";

    /** The ways of hier-part and relative-part that are the same. */
    private static final String HIERARCHY = "//" + AUTHORITY + SEGMENTS + "|/(?:" + PCHAR + "+" + SEGMENTS + ")?|";

    private static final String QUERY_AND_FRAGMENT = "(?:\\?(?:[/?]|" + PCHAR + ")*)?(?:#(?:[/?]|" + PCHAR + ")*)?";

    /** URI. */
    static final String URI =
            "[A-Za-z][A-Za-z0-9+.-]*:(?:" + HIERARCHY + PCHAR + "+" + SEGMENTS + "|)" + QUERY_AND_FRAGMENT;

    /** relative-ref. */
    static final String RELATIVE_URI = "(?:" + HIERARCHY + NO_COLON + "+" + SEGMENTS + "|)" + QUERY_AND_FRAGMENT;

    // RFC 1123, 2.1, without labels of Punycode

    private static final String LETTER_OR_DIGIT = "[A-Za-z0-9]";
    private static final String LETTER_DIGIT_HYPHEN = "[A-Za-z0-9-]";
    private static final String LABEL =
            "x(?:y{0,2}x|y(?:xy|-x)y{0,58}x)?".replace("x", LETTER_OR_DIGIT).replace("y", LETTER_DIGIT_HYPHEN);

    /** Labels that have no hyphens at the third and the fourth place. */
    static final String HOSTNAME = LABEL + "(?:\\." + LABEL + ")*";

    // RFC 5321, 4.1.2 and 4.1.3

    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";

    /** Local-part. */
    static final String LOCAL_PART = ATOM + "(?:\\." + ATOM + ")*|\"(?:[ !#-\\[\\]-~]|\\\\[ -~])*\"";

    private static final String SUB_DOMAIN =
            LETTER_OR_DIGIT + "(?:" + LETTER_DIGIT_HYPHEN + "{0,61}" + LETTER_OR_DIGIT + ")?";

    /** Domain or address-literal. */
    static final String MAIL_DOMAIN =
            SUB_DOMAIN + "(?:\\." + SUB_DOMAIN + ")*" + ("|\\[(?:" + IPV4 + "|[Ii][Pp][Vv]6:" + IPV6 + ")\\]");

    /** RFC 4122, 3, and RFC 9562, 4. */
    static final String UUID = "xxxx(?:-xx){3}-xxxxxx".replace("xx", HEX + "{4}");

    /** RFC 6901, 3. */
    static final String JSON_POINTER = "(?:/(?:[^~/]|~[01])*)*";

    /** Relative JSON Pointers (draft-bhutton-relative-json-pointer-00), 3. */
    static final String RELATIVE_JSON_POINTER = "(?:0|[1-9]\\d*)(?:[+-](?:[1-9]\\d*))?(?:#|" + JSON_POINTER + ")";
}
