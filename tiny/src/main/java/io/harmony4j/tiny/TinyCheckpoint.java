package io.harmony4j.tiny;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/**
 * The tiny model's checkpoint: {@code config.json} and {@code model.safetensors} in OpenAI's original layout, with MXFP4
 * experts, BF16 elsewhere, and all 201,088 rows of the vocabulary. docs/tiny-model.md is its model card.
 *
 * <p>The jar holds only what is not zero. An engine maps a file into memory, so the checkpoint has to be one: {@link #path()}
 * writes it once for each user, which takes some hundredths of a second and about 10 MB of disk.
 */
public final class TinyCheckpoint {
    /** The name of the file with the tensors. */
    public static final String TENSORS = "model.safetensors";

    static final String CONFIG = "config.json";
    static final String PACKED = TENSORS + ".sparse";
    static final String CHECKSUM = TENSORS + ".sha256";
    private static final int NAME_DIGITS = 16;

    private TinyCheckpoint() {}

    /**
     * Returns the directory with the checkpoint. It is in the user's cache, {@code $XDG_CACHE_HOME} or {@code ~/.cache}, and
     * made when it is first asked for; where that cannot be written, it is a new temporary directory, which is deleted when
     * the virtual machine ends.
     *
     * @throws IOException if no directory can be written
     */
    public static Path path() throws IOException {
        String name = "tiny-" + sha256().substring(0, NAME_DIGITS);
        try {
            return cached(cache(), name);
        } catch (FileSystemException e) {
            return temporary(name);
        }
    }

    /**
     * Writes the checkpoint's two files.
     *
     * @param directory where to; made if it does not exist
     * @throws IOException if a file exists already or cannot be written
     */
    public static void unpack(Path directory) throws IOException {
        Files.createDirectories(directory);
        try (InputStream config = open(CONFIG)) {
            Files.copy(config, directory.resolve(CONFIG));
        }
        SparseFile.unpack(open(PACKED), directory.resolve(TENSORS));
    }

    /** Returns the SHA-256 of {@code model.safetensors}, in hexadecimal digits. */
    public static String sha256() {
        try (InputStream checksum = open(CHECKSUM)) {
            return new String(checksum.readAllBytes(), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            throw new IllegalStateException("expected " + CHECKSUM + " in the jar but cannot read it", e);
        }
    }

    private static Path cache() {
        String home = System.getenv("XDG_CACHE_HOME");
        Path cache =
                home == null || home.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(home);
        return cache.resolve("harmony4j");
    }

    /** The directory appears under its name when it is complete, so that processes that start together do not meet. */
    static Path cached(Path cache, String name) throws IOException {
        Path directory = cache.resolve(name);
        if (Files.isDirectory(directory)) {
            return directory;
        }
        Files.createDirectories(cache);
        Path unfinished = Files.createTempDirectory(cache, name + ".");
        try {
            unpack(unfinished);
            Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            delete(unfinished);
            if (!Files.isDirectory(directory)) { // otherwise another process was quicker
                throw e;
            }
        }
        return directory;
    }

    private static Path temporary(String name) throws IOException {
        Path directory = Files.createTempDirectory("harmony4j-" + name + ".");
        directory.toFile().deleteOnExit(); // last, after its files: the order is reversed
        directory.resolve(CONFIG).toFile().deleteOnExit();
        directory.resolve(TENSORS).toFile().deleteOnExit();
        unpack(directory);
        return directory;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(directory);
    }

    private static InputStream open(String name) {
        return requireNonNull(TinyCheckpoint.class.getResourceAsStream(name), name);
    }
}
