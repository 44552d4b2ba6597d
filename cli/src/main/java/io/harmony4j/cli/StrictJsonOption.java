package io.harmony4j.cli;

import io.harmony4j.Conversation;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How a command reads conversations: fields that the format does not have are named on standard error, or refused. */
final class StrictJsonOption {
    /** How many fields are named: a file may have millions. */
    private static final int MAX_NAMED = 100;

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--strict-json",
            description = "Refuse fields that the format's JSON does not have; else they are ignored, with a warning.")
    private boolean isStrict;

    private int named;

    /**
     * Returns the conversation that a text holds.
     *
     * @param place where the text is, for the warnings
     * @throws IllegalArgumentException if it is not a conversation, or has fields that are refused
     */
    Conversation read(String json, String place) {
        List<String> ignored = new ArrayList<>();
        Conversation conversation = Conversation.fromJson(json, ignored::add);
        if (isStrict && !ignored.isEmpty()) {
            String last = ignored.remove(ignored.size() - 1); // it ends the command, as the error
            ignored.forEach(field -> name("", place, field));
            throw new IllegalArgumentException(last);
        }
        ignored.forEach(field -> name("warning: ", place, field));
        return conversation;
    }

    private void name(String kind, String place, String field) {
        PrintWriter err = spec.commandLine().getErr();
        if (named < MAX_NAMED) {
            err.println("harmony: " + kind + ErrorLine.shown(place + ": " + field));
        } else if (named == MAX_NAMED) {
            err.println("harmony: " + kind + "there are more such fields; the first " + MAX_NAMED + " are named");
        }
        named++;
    }
}
