package io.harmony4j.cli;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
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
        out.print("{\"tokens\":[");
        print(out, ids, ",");
        out.print("],\"text\":");
        out.print(JsonValue.of(text));
        out.print("}");
    }

    /** Prints ids, their text and more members as JSON on one line. */
    static void printJson(PrintWriter out, int[] ids, String text, JsonObject more) {
        JsonObject.Builder all =
                JsonObject.builder().put("tokens", JsonArray.ofIntegers(ids)).put("text", text);
        more.members().forEach(all::put);
        out.print(Json.write(all.build()));
    }
}
