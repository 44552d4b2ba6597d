package io.harmony4j.cli;

import io.harmony4j.Role;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a role's word on the command line. */
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
