package io.harmony4j.jmh;

import io.harmony4j.bench.Corpus;
import io.harmony4j.bench.CorpusFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The texts that are measured. With the system property {@code corpora} set to a folder they are its texts, otherwise those of
 * {@link MadeText}.
 */
final class Corpora {
    private static final String FOLDER_PROPERTY = "corpora";

    private Corpora() {}

    /**
     * Returns the names of the texts.
     *
     * @throws UncheckedIOException if the folder cannot be read
     * @throws IllegalArgumentException if it has no texts
     */
    static List<String> names() {
        CorpusFolder folder = folder();
        try {
            return folder == null
                    ? Arrays.stream(MadeText.values()).map(MadeText::toString).toList()
                    : folder.names();
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
        CorpusFolder folder = folder();
        try {
            return folder == null ? Corpus.of(name, MadeText.named(name).text()) : folder.load(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable CorpusFolder folder() {
        String folder = System.getProperty(FOLDER_PROPERTY);
        return folder == null ? null : new CorpusFolder(Path.of(folder));
    }
}
