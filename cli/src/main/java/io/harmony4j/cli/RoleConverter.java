package io.harmony4j.cli;

import io.harmony4j.Role;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts a word on the command line to a role. */
final class RoleConverter implements ITypeConverter<Role> {
    @Override
    public Role convert(String word) {
        try {
            return Role.of(word);
        } catch (IllegalArgumentException unknown) {
            throw new TypeConversionException(unknown.getMessage());
        }
    }
}
