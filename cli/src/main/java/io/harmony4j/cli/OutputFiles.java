package io.harmony4j.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files that a command is to write, checked before its work: that they cannot be written must not show when it is done. */
final class OutputFiles {
    private OutputFiles() {}

    /**
     * Checks that files can be written, each for itself; what they hold is left as it is.
     *
     * @param files may be null, which is not looked at
     * @throws IOException if one of them cannot be written, or is there twice
     */
    static void check(@Nullable Path... files) throws IOException {
        Set<Path> seen = new HashSet<>();
        for (Path file : files) {
            if (file == null || isDevice(file)) {
                continue;
            }
            if (!seen.add(file.toAbsolutePath().normalize())) {
                throw new IOException("expected a file for each output but found " + file + " twice");
            }
            check(file);
        }
    }

    /** Returns whether a file is a pipe or the like, which can be opened but once. */
    private static boolean isDevice(Path file) {
        return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file) && Files.isWritable(file);
    }

    private static void check(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || Files.isDirectory(file)) {
            throw new IOException("expected a file to write but found a folder at " + file);
        }
        if (!Files.isDirectory(folder)) {
            throw new IOException(
                    "expected a folder to write " + file.getFileName() + " into but found none at " + folder);
        }
        try {
            if (Files.exists(file)) {
                Files.newOutputStream(file, StandardOpenOption.WRITE).close();
            } else if (!Files.isSymbolicLink(file)) {
                Files.newOutputStream(file, StandardOpenOption.CREATE_NEW).close();
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new IOException("expected a file that can be written but found " + file + ": " + reason(e), e);
        }
    }

    /**
     * Makes a folder unless it is there, and checks that files can be written into it.
     *
     * @throws IOException if that is not possible
     */
    static void makeFolder(Path folder) throws IOException {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
            }
            Files.delete(Files.createTempFile(folder, "harmony", null));
        } catch (IOException e) {
            throw new IOException("expected a folder that can be written but found " + folder + ": " + reason(e), e);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "no permission";
        }
        if (e instanceof FileSystemException failed) {
            return failed.getReason() == null ? failed.getFile() + " is in the way" : failed.getReason();
        }
        return String.valueOf(e.getMessage());
    }
}
