package io.harmony4j.cli;

import io.harmony4j.openai.ApiException;
import io.harmony4j.openai.ApiOptions;
import io.harmony4j.openai.ResponseStore;
import io.harmony4j.openai.Shape;
import io.harmony4j.openai.Source;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What the input of a command is: a conversation as the format has it, or what programs say to OpenAI's APIs. */
final class FromOption {
    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--from",
            paramLabel = "FORM",
            description = {
                "What the input is: ${COMPLETION-CANDIDATES}; default auto.",
                "harmony: a conversation ({\"messages\":[...]} with channels). chat, responses: a request of Chat"
                        + " Completions or Responses, or an answer of theirs.",
                "auto: as the fields say; standard error has a line if it is not harmony.",
            })
    private @Nullable Form form;

    @Option(
            names = "--date",
            paramLabel = "YYYY-MM-DD",
            description = "The date in the prompt of a request; default today, in UTC.")
    private @Nullable LocalDate date;

    /** The shapes that have been named, and the inputs that have them: a file may have millions of requests. */
    private final Set<String> said = new HashSet<>();

    /** What the input is. */
    enum Form {
        auto,
        harmony,
        chat,
        responses
    }

    /** Returns whether one of the options is given. */
    boolean isGiven() {
        return form != null || date != null;
    }

    /**
     * Returns what a text holds, and prints on standard error what it was read as, and warnings about a conversation.
     *
     * @param place where the text is
     * @throws IllegalArgumentException if it is refused
     */
    Source read(String json, Input place, StrictJsonOption strictJson) {
        return read(
                json, place.toString(), place, strictJson, spec.commandLine().getErr()::println);
    }

    /** As {@link #read(String, Input, StrictJsonOption)}, for one text of several in an input, where something else prints the lines. */
    Source read(String json, String place, Input input, StrictJsonOption strictJson, Consumer<String> lines) {
        Shape shape = shape(json, strictJson);
        note(shape, place, input, lines);
        if (date != null && !shape.isRequest()) {
            throw new IllegalArgumentException("expected a request with --date but found " + shape.phrase());
        }
        try {
            return shape == Shape.HARMONY
                    ? Source.of(strictJson.read(json, place, lines))
                    : Source.read(json, shape, options(), ResponseStore.NONE);
        } catch (ApiException e) {
            throw new IllegalArgumentException(ErrorLine.describe(e), e);
        }
    }

    /**
     * Returns whether a text is a request to Chat Completions, and prints on standard error that it is read as one.
     *
     * @param place where the text is
     */
    boolean isChatRequest(String json, Input place, StrictJsonOption strictJson) {
        Shape shape = shape(json, strictJson);
        if (shape != Shape.CHAT_REQUEST) {
            return false;
        }
        note(shape, place.toString(), place, spec.commandLine().getErr()::println);
        return true;
    }

    /** Says what a text is read as, if nobody said it. */
    private void note(Shape shape, String place, Input input, Consumer<String> lines) {
        boolean isGuess = form == null || form == Form.auto;
        if (isGuess && shape != Shape.HARMONY && said.add(shape + " " + input)) {
            lines.accept("harmony: note: "
                    + ErrorLine.shown(place + ": read as " + shape.phrase() + "; --from overrides this"));
        }
    }

    /** Returns the date in the prompt of a request. */
    LocalDate date() {
        return date == null ? LocalDate.now(ZoneOffset.UTC) : date;
    }

    /** Returns the shape of a text, as the options say, or as it looks. */
    Shape shape(String json, StrictJsonOption strictJson) {
        Form asked = form == null ? Form.auto : form;
        return switch (asked) {
            case auto -> strictJson.isStrict() ? Shape.HARMONY : Shape.of(json);
            case harmony -> Shape.HARMONY;
            case chat -> Shape.of(json) == Shape.CHAT_ANSWER ? Shape.CHAT_ANSWER : Shape.CHAT_REQUEST;
            case responses ->
                Shape.of(json) == Shape.RESPONSES_ANSWER ? Shape.RESPONSES_ANSWER : Shape.RESPONSES_REQUEST;
        };
    }

    private ApiOptions options() {
        return ApiOptions.DEFAULT.withDate(date).withMaxLength(Integer.MAX_VALUE);
    }
}
