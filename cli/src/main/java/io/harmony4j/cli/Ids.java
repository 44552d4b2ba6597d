package io.harmony4j.cli;

import com.fasterxml.jackson.databind.node.TextNode;
import io.harmony4j.Json;
import java.io.PrintWriter;

/** The forms in which token ids are printed, without a text of them all in memory. */
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
        out.print(Json.write(TextNode.valueOf(text)));
        out.print("}");
    }
}
