package io.harmony4j.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A text, cut into documents. With the system property {@code corpora} set to a folder, the texts are its {@code .txt} files
 * (UTF-8), otherwise those of {@link MadeText}. Immutable and thread-safe.
 *
 * @param documents the text, cut at line ends into parts of at least 1,000 bytes each, unless all of it is shorter
 * @param bytes the length of the whole text in UTF-8
 */
record Corpus(List<String> documents, long bytes) {
    static final int MIN_DOCUMENT_BYTES = 1_000;

    private static final String FOLDER_PROPERTY = "corpora";
    private static final String EXTENSION = ".txt";

    Corpus {
        documents = List.copyOf(documents);
    }

    /**
     * Returns the names of the texts there are.
     *
     * @throws UncheckedIOException if the folder cannot be read
     * @throws IllegalArgumentException if it has no texts
     */
    static List<String> names() {
        Path folder = folder();
        return folder == null
                ? Arrays.stream(MadeText.values()).map(MadeText::toString).toList()
                : names(folder);
    }

    static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(EXTENSION))
                    .map(name -> name.substring(0, name.length() - EXTENSION.length()))
                    .sorted()
                    .toList();
            if (names.isEmpty()) {
                throw new IllegalArgumentException(
                        "expected files *" + EXTENSION + " in " + folder + " but found none");
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the text with a name.
     *
     * @throws UncheckedIOException if its file cannot be read
     * @throws IllegalArgumentException if there is no such text
     */
    static Corpus load(String name) {
        Path folder = folder();
        return folder == null ? of(MadeText.named(name).text()) : load(folder, name);
    }

    static Corpus load(Path folder, String name) {
        try {
            return of(Files.readString(folder.resolve(name + EXTENSION)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Path folder() {
        String folder = System.getProperty(FOLDER_PROPERTY);
        return folder == null ? null : Path.of(folder);
    }

    /** Returns a text, cut into documents; the last one has what is too short to be one itself. */
    static Corpus of(String text) {
        List<String> documents = new ArrayList<>();
        int start = 0;
        int bytes = 0; // from start on
        for (int line = 0; line < text.length(); ) {
            int end = text.indexOf('\n', line) + 1;
            int next = end == 0 ? text.length() : end;
            bytes += utf8Length(text.substring(line, next));
            line = next;
            if (bytes >= MIN_DOCUMENT_BYTES) {
                documents.add(text.substring(start, next));
                start = next;
                bytes = 0;
            }
        }
        if (start < text.length()) {
            String rest = text.substring(start);
            int last = documents.size() - 1;
            documents.add(documents.isEmpty() ? rest : documents.remove(last) + rest);
        }
        return new Corpus(documents, utf8Length(text));
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
