package io.harmony4j.bench;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Tokenizers from npm, installed into a folder with the program that runs them as {@link Peer}s. */
public final class NpmPeers {
    private static final String RUNNER = "npm-peer.mjs";

    /** What is installed; the runner knows them by these names. */
    private static final List<NpmPackage> TOKENIZERS = List.of(NpmPackage.TIKTOKEN, NpmPackage.GPT_TOKENIZER);

    private NpmPeers() {}

    /**
     * Installs the packages into a folder, unless they are there, and returns them.
     *
     * @throws IOException if node or npm cannot be run, or cannot install them
     */
    public static List<Peer> install(Path folder) throws IOException, InterruptedException {
        List<Peer> peers = new ArrayList<>();
        for (NpmPackage tokenizer : TOKENIZERS) {
            tokenizer.install(folder);
            List<String> command = List.of("node", folder.resolve(RUNNER).toString(), tokenizer.name());
            peers.add(new Peer(tokenizer + " (npm)", command));
        }
        try (InputStream runner = requireNonNull(NpmPeers.class.getResourceAsStream(RUNNER), RUNNER)) {
            Files.copy(runner, folder.resolve(RUNNER), StandardCopyOption.REPLACE_EXISTING);
        }
        return peers;
    }
}
