package io.harmony4j.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Has peers encode texts, one after the other, and compares their tokens with ours. */
final class PeerContest {
    private static final int SHOWN = 40; // UTF-16 code units of text before and after a difference

    private final List<Peer> peers;
    private final Path work;
    private final double seconds;
    private final Results results;

    /**
     * @param work a folder for the files that they read
     * @param seconds how long each is timed on each text
     */
    PeerContest(List<Peer> peers, Path work, double seconds, Results results) {
        this.peers = peers;
        this.work = work;
        this.seconds = seconds;
        this.results = results;
    }

    /**
     * Returns the speeds of the peers in a section by name: of those that could do it.
     *
     * @param others what is encoded before text that is to be new
     */
    Map<String, Speed> run(Section section, Corpus corpus, List<String> others)
            throws IOException, InterruptedException {
        Map<String, Speed> speeds = new LinkedHashMap<>();
        if (peers.isEmpty() || !takesPart(section)) {
            return speeds;
        }
        List<String> documents = (section == Section.WHOLE ? corpus.whole() : corpus).documents();
        Path file = work.resolve("documents");
        DocumentFile.write(file, documents);
        Path otherFile = work.resolve("others");
        DocumentFile.write(otherFile, others);
        long hash = TokenHash.EMPTY;
        for (String document : documents) {
            hash = TokenHash.add(hash, Library.HARMONY4J.idsOf(document));
        }
        for (Peer peer : peers) {
            try {
                Peer.Answer answer = section == Section.UNSEEN
                        ? peer.encodeUnseen(file, seconds, otherFile)
                        : peer.encode(file, seconds);
                speeds.put(peer.name(), answer.speed());
                if (answer.hash() != hash) {
                    results.note(peer.name() + ", " + section + " " + corpus.name() + ": "
                            + difference(peer, file, documents));
                }
            } catch (Peer.Failure e) {
                results.note(peer.name() + ", " + section + " " + corpus.name() + ": " + e.getMessage());
            }
        }
        return speeds;
    }

    /** Returns whether peers take part in a section. */
    static boolean takesPart(Section section) {
        return section == Section.ENCODE || section == Section.WHOLE || section == Section.UNSEEN;
    }

    /** Returns in words where a peer's tokens differ from ours for the first time, and in how many documents. */
    private static String difference(Peer peer, Path file, List<String> documents)
            throws IOException, InterruptedException, Peer.Failure {
        List<int[]> found = peer.tokens(file);
        if (found.size() != documents.size()) {
            return "tokens of " + found.size() + " instead of " + documents.size() + " documents";
        }
        int different = 0;
        String first = "";
        for (int i = 0; i < documents.size(); i++) {
            int[] ours = Library.HARMONY4J.idsOf(documents.get(i));
            int at = Arrays.mismatch(ours, found.get(i));
            if (at >= 0 && different++ == 0) {
                first = "document " + i + ", token " + at + ", in " + around(documents.get(i), ours, at);
            }
        }
        return "other tokens than ours in " + different + " of " + documents.size() + " documents, first in " + first;
    }

    /** Returns the text around a token. */
    private static String around(String document, int[] tokens, int at) {
        int[] before = Arrays.copyOf(tokens, at);
        int index = Library.HARMONY4J.decode(before).length();
        return Escaped.quote(
                document.substring(Math.max(0, index - SHOWN), Math.min(document.length(), index + SHOWN)));
    }
}
