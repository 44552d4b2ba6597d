package io.harmony4j.cli.bench;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Documents in a file, for programs in any language: of each one its length in bytes, in four bytes of which the first is the
 * highest, and its text in UTF-8.
 */
final class DocumentFile {
    private DocumentFile() {}

    static void write(Path file, List<String> documents) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            for (String document : documents) {
                byte[] utf8 = document.getBytes(StandardCharsets.UTF_8);
                out.writeInt(utf8.length);
                out.write(utf8);
            }
        }
    }
}
