package io.harmony4j.cli;

import io.harmony4j.Channel;
import io.harmony4j.parser.Header;
import io.harmony4j.parser.ParseEvent;
import java.io.PrintWriter;

/** Prints messages as they come, for human readers: a line with the header, then the content, in the colour of the channel. */
final class Transcript {
    private static final String RESET = "\u001B[0m";
    private static final String BOLD = "\u001B[1m";
    private static final String GREY = "\u001B[90m";
    private static final String YELLOW = "\u001B[33m";
    private static final String GREEN = "\u001B[32m";
    private static final String CYAN = "\u001B[36m";
    private static final String DEFAULT = "\u001B[39m";

    private final PrintWriter out;
    private final boolean hasColor;

    /** The colour of the message that is being written. */
    private String color = DEFAULT;

    Transcript(PrintWriter out, boolean hasColor) {
        this.out = out;
        this.hasColor = hasColor;
    }

    void accept(ParseEvent event) {
        if (event instanceof ParseEvent.MessageStarted started) {
            color = color(started.header());
            out.println(colored(BOLD + color, describe(started.header())));
        } else if (event instanceof ParseEvent.ContentDelta delta) {
            out.print(colored(color, visible(delta.text())));
        } else if (event instanceof ParseEvent.MessageEnded) {
            out.println();
            out.println();
        }
        out.flush();
    }

    /** Shows what a tool answered. */
    void toolAnswer(String tool, String text) {
        out.println(colored(BOLD + CYAN, visible("tool " + tool)));
        out.println(colored(CYAN, visible(text)));
        out.println();
        out.flush();
    }

    private static String color(Header header) {
        if (header.isToolCall()) {
            return YELLOW;
        }
        Channel channel = header.channel();
        return Channel.ANALYSIS.equals(channel) ? GREY : Channel.FINAL.equals(channel) ? GREEN : DEFAULT;
    }

    /** Returns a header as in {@code assistant, analysis} or {@code assistant to functions.f, commentary, json}. */
    private static String describe(Header header) {
        StringBuilder text = new StringBuilder(header.author().role().wireName());
        if (header.author().name() != null) {
            text.append(' ').append(header.author().name());
        }
        if (header.recipient() != null) {
            text.append(" to ").append(header.recipient());
        }
        if (header.channel() != null) {
            text.append(", ").append(header.channel());
        }
        if (header.contentType() != null) {
            text.append(", ").append(header.contentType().name());
        }
        return visible(text.toString());
    }

    private static String visible(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.chars().forEach(c -> shown.append(c == '\n' ? '\n' : Terminal.visible((char) c)));
        return shown.toString();
    }

    private String colored(String code, String text) {
        return hasColor ? code + text + RESET : text;
    }
}
