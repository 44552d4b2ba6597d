package io.harmony4j.bench;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A folder of texts: its {@code .txt} files, in UTF-8, and in {@code expected.tsv}, if it is there, what their tokens
 * should be.
 */
public record CorpusFolder(Path folder) {
    private static final String EXTENSION = ".txt";
    private static final String EXPECTED = "expected.tsv";
    private static final int COLUMNS = 4;

    /**
     * Returns the names of the texts, sorted: the files' names without {@code .txt}.
     *
     * @throws IllegalArgumentException if there are none
     */
    public List<String> names() throws IOException {
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
        }
    }

    /**
     * Returns the text with a name.
     *
     * @throws IllegalArgumentException if it is not UTF-8
     */
    public Corpus load(String name) throws IOException {
        Path file = folder.resolve(name + EXTENSION);
        try {
            return Corpus.of(name, Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + ": expected UTF-8 but found other bytes", e);
        }
    }

    /**
     * Returns what is known of the tokens of whole texts, by name: nothing if the file is not there.
     *
     * @throws IllegalArgumentException if it has other columns than name, bytes, tokens and the hash in hexadecimal, with tabs
     *     between them and a line of headings
     */
    Map<String, ExpectedTokens> expected() throws IOException {
        Path file = folder.resolve(EXPECTED);
        Map<String, ExpectedTokens> expected = new HashMap<>();
        if (Files.exists(file)) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 1; i < lines.size(); i++) {
                String[] cells = lines.get(i).split("\t", -1);
                try {
                    expected.put(cells[0], expected(cells));
                } catch (NumberFormatException e) {
                    throw new IllegalArgumentException(
                            file + ": expected name, bytes, tokens and hash but found \"" + lines.get(i) + "\" in line "
                                    + (i + 1),
                            e);
                }
            }
        }
        return expected;
    }

    private static ExpectedTokens expected(String[] cells) {
        if (cells.length != COLUMNS) {
            throw new NumberFormatException(cells.length + " columns");
        }
        return new ExpectedTokens(Integer.parseInt(cells[2]), Long.parseUnsignedLong(cells[3], 16));
    }

    /**
     * What the tokens of a text should be.
     *
     * @param hash their {@link TokenHash}
     */
    record ExpectedTokens(int count, long hash) {
        boolean are(int[] tokens) {
            return tokens.length == count && TokenHash.of(tokens) == hash;
        }
    }
}
