package io.harmony4j.cli;

import io.harmony4j.Role;
import io.harmony4j.grammar.ExportFormat;
import io.harmony4j.grammar.SchemaOptions;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.Dialect;
import io.harmony4j.renderer.LossMask;
import io.harmony4j.training.DatasetOptions;
import io.harmony4j.training.Layout;
import io.harmony4j.training.RowShape;
import io.harmony4j.training.SampleOptions;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Converts a word on the command line to the constant that has this word.
 *
 * @param <E> what the constant is one of
 */
final class WordConverter<E extends Enum<E>> implements ITypeConverter<E> {
    private final Function<String, E> meaning;

    private WordConverter(Function<String, E> meaning) {
        this.meaning = meaning;
    }

    /** Lets all options of a command and its subcommands have the words of the library. */
    static void register(CommandLine command) {
        command.registerConverter(Role.class, new WordConverter<>(Role::of))
                .registerConverter(AnalysisPolicy.class, new WordConverter<>(AnalysisPolicy::of))
                .registerConverter(Dialect.class, new WordConverter<>(Dialect::of))
                .registerConverter(RowShape.class, new WordConverter<>(RowShape::of));
        register(command, ExportFormat.class, ExportFormat::wireName);
        register(command, SchemaOptions.WhiteSpace.class, space -> space.name().toLowerCase(Locale.ROOT));
        register(command, Layout.class, Layout::wireName);
        register(command, DatasetOptions.Column.class, DatasetOptions.Column::wireName);
        register(command, SampleOptions.TurnChoice.class, SampleOptions.TurnChoice::wireName);
        register(command, SampleOptions.TooLong.class, SampleOptions.TooLong::wireName);
        register(command, LossMask.Messages.class, LossMask.Messages::wireName);
        register(command, LossMask.From.class, LossMask.From::wireName);
        register(command, LossMask.EarlierAnswers.class, LossMask.EarlierAnswers::wireName);
    }

    private static <E extends Enum<E>> void register(CommandLine command, Class<E> type, Function<E, String> wireName) {
        E[] constants = type.getEnumConstants();
        command.registerConverter(
                type,
                new WordConverter<>(word -> Arrays.stream(constants)
                        .filter(constant -> wireName.apply(constant).equals(word))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("expected one of "
                                + Arrays.stream(constants).map(wireName).collect(Collectors.joining(", "))
                                + " but found '" + word + "'"))));
    }

    @Override
    public E convert(String word) {
        try {
            return meaning.apply(word);
        } catch (IllegalArgumentException unknown) {
            throw new TypeConversionException(unknown.getMessage());
        }
    }
}
