package io.harmony4j.cli;

import io.harmony4j.backends.BackendException;
import io.harmony4j.openai.ApiException;
import io.harmony4j.parser.HarmonyFormatException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ParameterException;

/** What standard error says about a failure: one line, whatever text from the input is in it. */
final class ErrorLine {
    /** How many characters are shown of the start of a long message: what was expected and found. */
    private static final int MAX_START = 400;

    /** How many are shown of its end: where it was. */
    private static final int MAX_END = 200;

    /** What begins a line, or shows the characters of a line in another order: separators and bidirectional controls. */
    private static final String LINE_CHANGING =
            "\u2028\u2029\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069";

    private static final char REPLACEMENT = 0xFFFD;
    private static final long MEGABYTE = 1_000_000;

    private ErrorLine() {}

    static String of(Throwable failure) {
        return shown(describe(failure));
    }

    /** Returns whether the failure is a defect of this program. */
    static boolean isDefect(Throwable failure) {
        return failure instanceof RuntimeException
                && !(failure instanceof HarmonyFormatException
                        || failure instanceof ApiException
                        || failure instanceof BackendException
                        || failure instanceof IllegalArgumentException
                        || failure instanceof UncheckedIOException
                        || failure instanceof ParameterException);
    }

    /** Returns what failed, in words. */
    static String describe(Throwable failure) {
        if (failure instanceof ApiException refused) {
            return refused.getMessage() + labels(refused);
        }
        if (failure instanceof NoSuchFileException) {
            return "expected a file or folder but found none at " + failure.getMessage();
        }
        if (failure instanceof AccessDeniedException) {
            return "expected a readable file but may not read " + failure.getMessage();
        }
        if (failure instanceof OutOfMemoryError) {
            return "expected input that fits into a heap of "
                    + Runtime.getRuntime().maxMemory() / MEGABYTE
                    + " MB but found more; for a larger one set JDK_JAVA_OPTIONS=-Xmx8g";
        }
        return isDefect(failure)
                ? "this is a defect of harmony, please report it: " + failure
                : String.valueOf(failure.getMessage());
    }

    /** Returns what programs read of a refusal, as in {@code  (param messages[0].role, code invalid_value)}. */
    private static String labels(ApiException refused) {
        List<String> labels = new ArrayList<>();
        if (refused.param() != null) {
            labels.add("param " + refused.param());
        }
        if (refused.code() != null) {
            labels.add("code " + refused.code());
        }
        return labels.isEmpty() ? "" : " (" + String.join(", ", labels) + ")";
    }

    /** Returns a message without line breaks and other control characters, and without its middle if it is long. */
    static String shown(String message) {
        String visible = message.length() <= MAX_START + MAX_END
                ? message
                : message.substring(0, MAX_START) + " ... " + message.substring(message.length() - MAX_END);
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < visible.length(); i++) {
            char c = visible.charAt(i);
            if (c == '\n') {
                line.append("\\n");
            } else if (LINE_CHANGING.indexOf(c) >= 0) {
                line.append(REPLACEMENT);
            } else {
                line.append(Terminal.visible(c));
            }
        }
        return line.toString();
    }
}
