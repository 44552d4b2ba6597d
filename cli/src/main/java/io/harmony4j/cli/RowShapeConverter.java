package io.harmony4j.cli;

import io.harmony4j.training.RowShape;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts a word on the command line to a shape of rows. */
final class RowShapeConverter implements ITypeConverter<RowShape> {
    @Override
    public RowShape convert(String word) {
        try {
            return RowShape.of(word);
        } catch (IllegalArgumentException unknown) {
            throw new TypeConversionException(unknown.getMessage());
        }
    }
}
