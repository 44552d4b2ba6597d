package io.harmony4j.engine;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sequences of generations that have ended, kept so that a prompt that begins as one of them need not be read from its beginning. Those
 * used least recently go when they have more bytes than allowed.
 *
 * <p>A prompt begins with the sequence that has most of it:
 *
 * <ul>
 *   <li>A kept sequence is <em>taken</em>, and cut, if the prompt has all of the prompt that it was kept with: it is the next turn of its
 *       conversation, or the same prompt again, and what is lost is only what was generated.
 *   <li>Otherwise the common part is <em>copied</em>, because another conversation may go on with the rest. The same holds for the
 *       sequence of a generation that is still running.
 * </ul>
 *
 * <p>Where sliding windows are gone ({@link Sequence#truncate}), less than the common part can be had. If that is
 * {@value #WORTHWHILE} tokens less or more, the prompt is read, and the common part is kept as a sequence of its own, which is only ever
 * copied. So the third conversation with the same long system message begins after it. A prompt whose beginning a running generation is
 * about to read waits for it.
 *
 * <p>For one thread, except for the figures. See docs/engine.md.
 */
final class PrefixCache {
    /** How many tokens of a prompt are worth a copy of their own, or the wait for another prompt's reading. */
    private static final int WORTHWHILE = 64;

    /** Common parts end at a multiple of this: two texts that begin with the same words share some tokens by chance. */
    private static final int GRAIN = 32;

    private final long maxBytes;
    private final Deque<Kept> kept = new ArrayDeque<>(); // most recently used first
    private volatile long bytes;
    private volatile int size;

    /** @param maxBytes how many bytes the sequences may have */
    PrefixCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * A sequence that is kept.
     *
     * @param needed how many of its tokens a prompt must have to take it
     */
    private record Kept(Sequence sequence, int needed, long bytes) {
        private static final int NEVER = Integer.MAX_VALUE;
    }

    /**
     * The sequence that a prompt may begin with.
     *
     * @param length how many tokens of it
     * @param kept null if it belongs to a running generation
     */
    private record Source(
            Sequence sequence, int length, @Nullable Kept kept) {

        boolean isTaken() {
            return kept != null && length >= kept.needed;
        }

        boolean isBetterThan(@Nullable Source other) {
            if (other == null) {
                return length > 0;
            }
            return length > other.length || (length == other.length && isTaken() && !other.isTaken());
        }
    }

    /**
     * Begins a run, unless it should wait because one of the others is about to read what both begin with.
     *
     * @param others runs that have begun
     * @return whether it has begun
     */
    boolean begin(Run run, List<Run> others) {
        Source best = best(run, others);
        int length = best == null ? 0 : best.length;
        int common = 0;
        for (Run other : others) {
            int both = common(run, other);
            if (both >= length + WORTHWHILE && other.sequence().length() < both) {
                other.shareAt(both);
                return false;
            }
            common = Math.max(common, both);
        }
        for (Kept candidate : kept) {
            common = Math.max(common, worthSharing(run, candidate.sequence.commonPrefix(run.prompt())));
        }
        if (best == null) {
            run.begin(run.sequence());
        } else {
            run.begin(use(best));
        }
        if (common >= length + WORTHWHILE) {
            run.shareAt(common);
        }
        return true;
    }

    private @Nullable Source best(Run run, List<Run> others) {
        Source best = null;
        for (Kept candidate : kept) {
            Source source = source(run, candidate.sequence, candidate);
            best = source.isBetterThan(best) ? source : best;
        }
        for (Run other : others) {
            if (other.sequence().length() >= common(run, other)) { // it has read what both begin with
                Source source = source(run, other.sequence(), null);
                best = source.isBetterThan(best) ? source : best;
            }
        }
        return best;
    }

    private static Source source(Run run, Sequence sequence, @Nullable Kept kept) {
        int common = Math.min(sequence.commonPrefix(run.prompt()), run.mostCached());
        return new Source(sequence, sequence.reachable(common), kept);
    }

    private static int common(Run run, Run other) {
        int mismatch = Arrays.mismatch(run.prompt(), other.prompt());
        return worthSharing(run, mismatch < 0 ? run.prompt().length : mismatch);
    }

    private static int worthSharing(Run run, int common) {
        return Math.min(common, run.mostCached()) / GRAIN * GRAIN;
    }

    private Sequence use(Source source) {
        Kept used = source.kept;
        if (used != null) {
            kept.remove(used);
        }
        if (source.isTaken()) {
            source.sequence.truncate(source.length);
            count();
            return source.sequence;
        }
        if (used != null) {
            kept.addFirst(used);
        }
        return source.sequence.copy(source.length);
    }

    /** Keeps the sequence of a run that has ended. */
    void keep(Run run) {
        Sequence sequence = run.sequence();
        if (sequence.length() > 0) {
            keep(sequence, Math.min(run.mostCached(), sequence.length()));
        }
    }

    /** Keeps a copy of each beginning that a run has just read and that others have, too. */
    void keepShared(Run run) {
        for (int length : run.pollShared()) {
            keep(run.sequence().copy(length), Kept.NEVER);
        }
    }

    private void keep(Sequence sequence, int needed) {
        Kept added = new Kept(sequence, needed, sequence.bytes());
        if (added.bytes > maxBytes) {
            return; // rather than all others
        }
        kept.addFirst(added);
        long all = bytes + added.bytes;
        while (all > maxBytes) {
            all -= kept.removeLast().bytes;
        }
        count();
    }

    private void count() {
        bytes = kept.stream().mapToLong(Kept::bytes).sum();
        size = kept.size();
    }

    /** Forgets all. */
    void clear() {
        kept.clear();
        count();
    }

    /** Returns how many sequences are kept; for any thread. */
    int size() {
        return size;
    }

    /** Returns how many bytes these have; for any thread. */
    long bytes() {
        return bytes;
    }
}
