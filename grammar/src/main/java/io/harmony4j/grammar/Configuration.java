package io.harmony4j.grammar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a text stands in a grammar: all the stacks that it may have led to. It is made once for the same stacks, so that what has been found out about it,
 * where a byte leads and which tokens are allowed, is found out once. What it consists of does not change; what is found out may be read by any thread.
 */
final class Configuration {
    private final List<Stack> stacks;
    private final boolean complete;

    private final BytePartition bytes;

    /** Where the bytes of a class lead: null for what is not known yet. */
    final @Nullable Configuration[] targets;

    /** The tokens that are allowed; null if they are not known, or have been forgotten. */
    volatile @Nullable TokenMask mask;

    /**
     * @param stacks in the order of their numbers; at the top of each is text or a control token
     * @param complete whether the text may end here
     * @param bytes classes of bytes that lead to the same
     */
    Configuration(List<Stack> stacks, boolean complete, BytePartition bytes) {
        this.stacks = stacks;
        this.complete = complete;
        this.bytes = bytes;
        this.targets = new Configuration[bytes.size()];
    }

    List<Stack> stacks() {
        return stacks;
    }

    /** Returns whether the text may end here. */
    boolean isComplete() {
        return complete;
    }

    /** Returns whether nothing may come: no text has led here, or it must end. */
    boolean isEnd() {
        return stacks.isEmpty();
    }

    /** Returns whether this is what a text leads to that the grammar does not allow. */
    boolean isDead() {
        return stacks.isEmpty() && !complete;
    }

    /** Returns the number of a byte's class. */
    int classOf(int value) {
        return bytes.classOf(value);
    }
}
