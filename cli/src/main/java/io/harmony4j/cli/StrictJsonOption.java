package io.harmony4j.cli;

import io.harmony4j.Conversation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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

    boolean isStrict() {
        return isStrict;
    }

    /**
     * Returns the conversation that a text holds, and prints warnings on standard error.
     *
     * @param place where the text is, for the warnings
     * @throws IllegalArgumentException if it is not a conversation, or has fields that are refused
     */
    Conversation read(String json, String place) {
        return read(json, place, spec.commandLine().getErr()::println);
    }

    /** As {@link #read(String, String)}, where something else prints the lines of the warnings. */
    Conversation read(String json, String place, Consumer<String> lines) {
        List<String> ignored = new ArrayList<>();
        Conversation conversation = Conversation.fromJson(json, ignored::add);
        if (isStrict && !ignored.isEmpty()) {
            String last = ignored.remove(ignored.size() - 1); // it ends the command, as the error
            ignored.forEach(field -> name("", place, field, lines));
            throw new IllegalArgumentException(last);
        }
        ignored.forEach(field -> name("warning: ", place, field, lines));
        return conversation;
    }

    private void name(String kind, String place, String field, Consumer<String> lines) {
        if (named < MAX_NAMED) {
            lines.accept("harmony: " + kind + ErrorLine.shown(place + ": " + field));
        } else if (named == MAX_NAMED) {
            lines.accept("harmony: " + kind + "there are more such fields; the first " + MAX_NAMED + " are named");
        }
        named++;
    }
}
