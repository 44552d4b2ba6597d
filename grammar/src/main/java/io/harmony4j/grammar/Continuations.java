package io.harmony4j.grammar;

import java.util.Arrays;

/**
 * What follows in tokens after a text has ended in them: a trie of the bytes after that end, in which all tokens that go on alike are at one node. Of the 1,141
 * tokens with a quotation mark, most go on like others. Immutable.
 *
 * <p>A walk visits the nodes in order and skips what begins with a dead byte, as with a {@link TokenTrie}.
 */
final class Continuations {
    private final TokenTrie trie;
    private byte[] labels;
    private byte[] depths;
    private int[] ends;
    private int[] tokens;
    private int[] firstTokens; // by node: where its tokens begin; one more for the end of the last one's
    private int size;
    private int tokenCount;

    /**
     * @param nodes where the text ends in tokens of the trie
     */
    Continuations(TokenTrie trie, int... nodes) {
        this.trie = trie;
        int capacity = 0;
        for (int node : nodes) {
            capacity += trie.end(node) - node - 1;
        }
        labels = new byte[capacity];
        depths = new byte[capacity];
        ends = new int[capacity];
        tokens = new int[capacity];
        firstTokens = new int[capacity + 1];
        add(nodes, 0);
        firstTokens[size] = tokenCount;
        labels = Arrays.copyOf(labels, size);
        depths = Arrays.copyOf(depths, size);
        ends = Arrays.copyOf(ends, size);
        tokens = Arrays.copyOf(tokens, tokenCount);
        firstTokens = Arrays.copyOf(firstTokens, size + 1);
    }

    /** Adds what follows some nodes of the trie. */
    private void add(int[] nodes, int depth) {
        long[] children = children(nodes);
        for (int first = 0; first < children.length; ) {
            int last = first;
            while (last < children.length && children[last] >> 32 == children[first] >> 32) {
                last++;
            }
            int[] alike = Arrays.stream(children, first, last)
                    .mapToInt(child -> (int) child)
                    .toArray();
            int node = size++;
            labels[node] = (byte) (children[first] >> 32);
            depths[node] = (byte) depth;
            firstTokens[node] = tokenCount;
            for (int child : alike) {
                if (trie.token(child) != TokenTrie.NO_TOKEN) {
                    tokens[tokenCount++] = trie.token(child);
                }
            }
            add(alike, depth + 1);
            ends[node] = size;
            first = last;
        }
    }

    /** Returns the children of nodes in the order of their bytes; the byte is in the upper half. */
    private long[] children(int[] nodes) {
        long[] children = new long[16];
        int count = 0;
        for (int node : nodes) {
            for (int child = node + 1; child < trie.end(node); child = trie.end(child)) {
                children = count == children.length ? Arrays.copyOf(children, 2 * count) : children;
                children[count++] = (long) trie.label(child) << 32 | child;
            }
        }
        Arrays.sort(children, 0, count);
        return Arrays.copyOf(children, count);
    }

    /** Returns the number of nodes. */
    int size() {
        return size;
    }

    /** Returns a node's byte, 0 to 255. */
    int label(int node) {
        return labels[node] & 0xFF;
    }

    /** Returns how many nodes lead to a node: 0 for the first byte after the text. */
    int depth(int node) {
        return depths[node];
    }

    /** Returns the first node after all that begin with a node. */
    int end(int node) {
        return ends[node];
    }

    /** Adds the tokens that end at a node. */
    void addTokens(int node, TokenMask.Builder to) {
        for (int i = firstTokens[node]; i < firstTokens[node + 1]; i++) {
            to.add(tokens[i]);
        }
    }
}
