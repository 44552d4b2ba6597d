package io.harmony4j.bench;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Has peers encode texts and compares their tokens with ours. What one process measures may be far from what the next one does,
 * so each peer has several, in turns with the other peers'.
 */
final class PeerContest {
    private static final int PROCESSES = 3;

    private static final int SHOWN = 40; // UTF-16 code units of text before and after a difference

    private final List<Peer> peers;
    private final Path work;
    private final double seconds;
    private final Results results;

    /**
     * @param work a folder for the files that they read
     * @param seconds how long each of a peer's processes is timed on each text
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
        if (peers.isEmpty() || !takesPart(section)) {
            return Map.of();
        }
        List<String> documents = (section == Section.WHOLE ? corpus.whole() : corpus).documents();
        Path file = work.resolve("documents");
        Peer.write(file, documents);
        Path otherFile = work.resolve("others");
        Peer.write(otherFile, others);
        long hash = TokenHash.EMPTY;
        for (String document : documents) {
            hash = TokenHash.add(hash, Library.HARMONY4J.idsOf(document));
        }
        Map<Peer, Samples> samples = new LinkedHashMap<>();
        peers.forEach(peer -> samples.put(peer, new Samples()));
        for (int i = 0; i < PROCESSES; i++) {
            for (Peer peer : List.copyOf(samples.keySet())) {
                try {
                    Peer.Answer answer = section == Section.UNSEEN || section == Section.MIXED_UNSEEN
                            ? peer.encodeUnseen(file, seconds, otherFile)
                            : peer.encode(file, seconds);
                    requireNonNull(samples.get(peer)).addAll(answer.samples());
                    if (i == 0 && answer.hash() != hash) {
                        note(peer, section, corpus, difference(peer, file, documents));
                    }
                } catch (Peer.Failure e) {
                    samples.remove(peer);
                    note(peer, section, corpus, String.valueOf(e.getMessage()));
                }
            }
        }
        Map<String, Speed> speeds = new LinkedHashMap<>();
        samples.forEach((peer, timed) -> speeds.put(peer.name(), timed.speed()));
        return speeds;
    }

    private void note(Peer peer, Section section, Corpus corpus, String what) {
        results.note(peer.name() + ", " + section + " " + corpus.name() + ": " + what);
    }

    /** Returns whether peers take part in a section. */
    static boolean takesPart(Section section) {
        return switch (section) {
            case ENCODE, WHOLE, UNSEEN, MIXED, MIXED_UNSEEN -> true;
            case COUNT, DECODE, HOSTILE, THREADS, LOAD -> false;
        };
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
