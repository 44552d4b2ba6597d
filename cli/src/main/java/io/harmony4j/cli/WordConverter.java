package io.harmony4j.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Converts a word on the command line to a constant: its name in lower case, with hyphens.
 *
 * @param <E> what the constant is one of
 */
abstract class WordConverter<E extends Enum<E>> implements ITypeConverter<E> {
    private final E[] constants;

    WordConverter(Class<E> type) {
        this.constants = type.getEnumConstants();
    }

    @Override
    public E convert(String word) {
        return Arrays.stream(constants)
                .filter(constant -> word(constant).equals(word))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("expected one of "
                        + Arrays.stream(constants).map(WordConverter::word).collect(Collectors.joining(", "))
                        + " but found '" + word + "'"));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
