package io.harmony4j.cli.bench;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The tokenizers of npm, installed into a folder with the program that runs them as {@link Peer}s. */
public final class NpmPeers {
    private static final String RUNNER = "npm-peer.mjs";

    /** What is installed, and called as in the runner. */
    private enum Package {
        TIKTOKEN("1.0.22"),
        GPT_TOKENIZER("4.0.0");

        private final String version;

        Package(String version) {
            this.version = version;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private NpmPeers() {}

    /**
     * Installs the packages into a folder, unless they are there, and returns them.
     *
     * @throws IOException if node or npm cannot be run, or cannot install them
     */
    public static List<Peer> install(Path folder) throws IOException, InterruptedException {
        run(folder, "node", "--version");
        List<Peer> peers = new ArrayList<>();
        for (Package name : Package.values()) {
            if (!isInstalled(folder, name)) {
                run(
                        folder,
                        "npm",
                        "install",
                        "--ignore-scripts",
                        "--no-audit",
                        "--no-fund",
                        "--prefix",
                        ".",
                        name + "@" + name.version);
            }
            String title = name + " " + name.version + " (npm)";
            peers.add(new Peer(title, List.of("node", folder.resolve(RUNNER).toString(), name.toString())));
        }
        try (InputStream runner = requireNonNull(NpmPeers.class.getResourceAsStream(RUNNER), RUNNER)) {
            Files.copy(runner, folder.resolve(RUNNER), StandardCopyOption.REPLACE_EXISTING);
        }
        return peers;
    }

    private static boolean isInstalled(Path folder, Package name) throws IOException {
        Path description =
                folder.resolve("node_modules").resolve(name.toString()).resolve("package.json");
        return Files.exists(description)
                && Files.readString(description).contains("\"version\": \"" + name.version + "\"");
    }

    private static void run(Path folder, String... command) throws IOException, InterruptedException {
        Path log = folder.resolve("npm.log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("expected " + String.join(" ", command) + " to succeed but found exit code "
                    + process.exitValue() + ", see " + log);
        }
    }
}
