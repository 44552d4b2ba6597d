package io.harmony4j.cli;

import static java.util.Objects.requireNonNull;

import io.harmony4j.bench.ForkedJvm;
import io.harmony4j.bench.NpmPackage;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A program that answers the driver protocol for an implementation, and the npm package that it needs.
 *
 * @param command the program and its arguments
 * @param npmPackage what has to be installed first, or null
 */
record PeerDriver(
        String name, List<String> command, @Nullable NpmPackage npmPackage) {
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    /** The files in the resources: drivers for npm's packages, with what they share, and one for JTokkit. */
    private static final List<String> FILES = List.of(
            "protocol.mjs",
            "harmony-tokens.mjs",
            "openai-harmony.mjs",
            "tiktoken.mjs",
            "gpt-tokenizer.mjs",
            "JTokkit.java");

    /** What openai-harmony would download. */
    private static final String VOCABULARY = "o200k_base.tiktoken";

    private static final int FIRST_SPECIAL_TOKEN = 199_998;

    PeerDriver {
        command = List.copyOf(command);
    }

    /** Returns all drivers, this library's first; their files and packages are in a folder. */
    static List<PeerDriver> all(Path folder) {
        List<String> harmony4j = new ArrayList<>(ForkedJvm.command(JAVA_HOME, HarmonyCommand.class.getName()));
        harmony4j.add("driver");
        String java = JAVA_HOME.resolve("bin").resolve("java").toString();
        String jtokkit = folder.resolve("JTokkit.java").toString();
        return List.of(
                new PeerDriver("Harmony4J", harmony4j, null),
                npm(
                        NpmPackage.OPENAI_HARMONY,
                        folder,
                        folder.resolve(VOCABULARY).toString()),
                npm(NpmPackage.TIKTOKEN, folder),
                npm(NpmPackage.GPT_TOKENIZER, folder),
                new PeerDriver("JTokkit", List.of(java, "-cp", System.getProperty("java.class.path"), jtokkit), null));
    }

    private static PeerDriver npm(NpmPackage npmPackage, Path folder, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add("node");
        command.add(folder.resolve(npmPackage.name() + ".mjs").toString());
        command.addAll(List.of(arguments));
        return new PeerDriver(npmPackage.name(), command, npmPackage);
    }

    /** Writes the drivers' files into a folder, and the vocabulary. */
    static void writeFiles(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String file : FILES) {
            try (InputStream in = requireNonNull(PeerDriver.class.getResourceAsStream("peers/" + file), file)) {
                Files.copy(in, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Tokenizer tokenizer = Tokenizer.o200kBase();
        Base64.Encoder base64 = Base64.getEncoder();
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve(VOCABULARY))) {
            for (int id = 0; id < FIRST_SPECIAL_TOKEN; id++) {
                out.write(base64.encodeToString(tokenizer.decodeBytes(new int[] {id})) + " " + id + "\n");
            }
        }
    }

    /**
     * Installs what the driver needs.
     *
     * @throws IOException if that is not possible
     */
    void install(Path folder) throws IOException, InterruptedException {
        if (npmPackage != null) {
            npmPackage.install(folder);
        }
    }

    /** Returns the command as one line, in which quotes keep words together. */
    String commandLine() {
        return command.stream().map(word -> "\"" + word + "\"").collect(Collectors.joining(" "));
    }
}
