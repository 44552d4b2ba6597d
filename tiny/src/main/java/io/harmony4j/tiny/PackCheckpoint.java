package io.harmony4j.tiny;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Puts a checkpoint where the jar takes it from:
 *
 * <pre>
 * PackCheckpoint CHECKPOINT-DIRECTORY RESOURCE-DIRECTORY
 * </pre>
 */
final class PackCheckpoint {
    private PackCheckpoint() {}

    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            System.err.println(
                    "expected CHECKPOINT-DIRECTORY RESOURCE-DIRECTORY but found " + args.length + " arguments");
            System.exit(2);
        }
        Path from = Path.of(args[0]);
        Path to = Files.createDirectories(Path.of(args[1]));
        byte[] tensors = Files.readAllBytes(from.resolve(TinyCheckpoint.TENSORS));
        Path packed = to.resolve(TinyCheckpoint.PACKED);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(packed))) {
            SparseFile.pack(tensors, out);
        }
        Files.writeString(to.resolve(TinyCheckpoint.CHECKSUM), sha256(tensors) + "\n");
        Files.copy(
                from.resolve(TinyCheckpoint.CONFIG),
                to.resolve(TinyCheckpoint.CONFIG),
                StandardCopyOption.REPLACE_EXISTING);
        System.out.println(packed + ": " + Files.size(packed) + " bytes for " + tensors.length);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("expected SHA-256, which every JDK has", e);
        }
    }
}
