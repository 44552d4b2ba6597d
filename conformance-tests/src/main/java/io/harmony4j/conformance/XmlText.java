package io.harmony4j.conformance;

/** Text of other programs, made fit for XML 1.0. */
final class XmlText {
    private XmlText() {}

    /** Returns a text with U+FFFD in place of the code points that XML has no way to write. */
    static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().map(c -> isXml(c) ? c : '\uFFFD').forEach(printable::appendCodePoint);
        return printable.toString();
    }

    /** Returns a printable text as it may stand in an element or between double quotes. */
    static String escaped(String text) {
        return printable(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static boolean isXml(int c) {
        return c >= ' '
                ? (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) && c != 0xFFFE && c != 0xFFFF
                : c == '\t' || c == '\n' || c == '\r';
    }
}
