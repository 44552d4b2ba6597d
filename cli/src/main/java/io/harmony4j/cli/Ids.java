package io.harmony4j.cli;

import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.io.PrintWriter;

/** Prints token ids, one by one: the text of them all is never in memory. */
final class Ids {
    private Ids() {}

    /** Prints ids with a separator between them. */
    static void print(PrintWriter out, int[] ids, String separator) {
        for (int i = 0; i < ids.length; i++) {
            if (i > 0) {
                out.print(separator);
            }
            out.print(ids[i]);
        }
    }

    /** Prints ids and their text as JSON on one line: {@code {"tokens":[13225],"text":"Hello"}}. */
    static void printJson(PrintWriter out, int[] ids, String text) {
        printJson(out, ids, text, JsonObject.builder().build());
    }

    /** Prints ids, their text and more members as JSON on one line. */
    static void printJson(PrintWriter out, int[] ids, String text, JsonObject more) {
        out.print("{\"tokens\":[");
        print(out, ids, ",");
        out.print("],\"text\":");
        out.print(JsonValue.of(text));
        more.members().forEach((name, value) -> out.print("," + JsonValue.of(name) + ":" + value));
        out.print("}");
    }
}
