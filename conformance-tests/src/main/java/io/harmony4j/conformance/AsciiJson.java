package io.harmony4j.conformance;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.util.HexFormat;

/** JSON in ASCII: vectors hold unpaired surrogates, which UTF-8 cannot write. */
final class AsciiJson {
    private static final int MAX_ASCII = 0x7F;

    private AsciiJson() {}

    /** Returns a value's text on one line, with an escape for each UTF-16 code unit beyond ASCII. */
    static String write(JsonValue value) {
        String json = Json.write(value);
        if (json.chars().allMatch(c -> c <= MAX_ASCII)) {
            return json;
        }
        StringBuilder ascii = new StringBuilder(2 * json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c <= MAX_ASCII) {
                ascii.append(c);
            } else {
                // it is within a string: nowhere else does JSON have such characters
                ascii.append("\\u").append(HexFormat.of().toHexDigits(c));
            }
        }
        return ascii.toString();
    }
}
