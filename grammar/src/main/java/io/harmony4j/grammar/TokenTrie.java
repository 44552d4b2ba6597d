package io.harmony4j.grammar;

import io.harmony4j.tokenizer.Tokenizer;
import java.util.Arrays;

/**
 * The bytes of tokens as a trie: its nodes depth first, so that what begins with a node is the node and those after it, up to {@link #end}. Immutable.
 *
 * <p>A walk visits the nodes in order, follows a grammar byte by byte, and goes on at a node's end where the grammar has died; it costs what is visited.
 */
final class TokenTrie {
    /** A node at which no token ends. */
    static final int NO_TOKEN = -1;

    private byte[] labels;
    private byte[] depths;
    private int[] tokens;
    private int[] ends;
    private final byte[] longest; // by node: the length of the longest token that begins with it
    private final int[] firsts = new int[256]; // by byte: the node of tokens that begin with it, or NO_TOKEN
    private int size;

    /**
     * @param ids the tokens, in any order; no two of them have the same bytes, and none has none
     */
    TokenTrie(Tokenizer tokenizer, int[] ids) {
        byte[][] texts = new byte[ids.length][];
        Integer[] order = new Integer[ids.length];
        for (int i = 0; i < ids.length; i++) {
            texts[i] = tokenizer.decodeBytes(ids[i]);
            order[i] = i;
        }
        Arrays.sort(order, (a, b) -> Arrays.compareUnsigned(texts[a], texts[b]));
        int capacity = 16;
        for (byte[] text : texts) {
            capacity += text.length;
        }
        labels = new byte[capacity];
        depths = new byte[capacity];
        tokens = new int[capacity];
        ends = new int[capacity];
        int[] path = new int[Regexes.HORIZON]; // the nodes that lead to the last one
        byte[] before = {};
        for (int index : order) {
            byte[] text = texts[index];
            int common = before.length == 0 ? 0 : Arrays.mismatch(before, text);
            close(path, common, before.length);
            for (int depth = common; depth < text.length; depth++) {
                path[depth] = size;
                labels[size] = text[depth];
                depths[size] = (byte) depth;
                tokens[size++] = NO_TOKEN;
            }
            tokens[size - 1] = ids[index];
            before = text;
        }
        close(path, 0, before.length);
        labels = Arrays.copyOf(labels, size);
        depths = Arrays.copyOf(depths, size);
        tokens = Arrays.copyOf(tokens, size);
        ends = Arrays.copyOf(ends, size);
        longest = new byte[size];
        for (int node = size - 1; node >= 0; node--) {
            int length = depth(node) + 1;
            for (int child = node + 1; child < ends[node]; child = ends[child]) {
                length = Math.max(length, longest(child));
            }
            longest[node] = (byte) length;
        }
        Arrays.fill(firsts, NO_TOKEN);
        for (int node = 0; node < size; node = ends[node]) {
            firsts[label(node)] = node;
        }
    }

    private void close(int[] path, int from, int to) {
        for (int depth = from; depth < to; depth++) {
            ends[path[depth]] = size;
        }
    }

    /** Returns the number of nodes. */
    int size() {
        return size;
    }

    /** Returns the node of all tokens that begin with a byte, or {@link #NO_TOKEN}; a greater byte has a greater node. */
    int first(int value) {
        return firsts[value];
    }

    /** Returns a node's byte, 0 to 255. */
    int label(int node) {
        return labels[node] & 0xFF;
    }

    /** Returns how many nodes lead to a node: 0 for the first byte of a token. */
    int depth(int node) {
        return depths[node];
    }

    /** Returns the token that ends at a node, or {@link #NO_TOKEN}. */
    int token(int node) {
        return tokens[node];
    }

    /** Returns the length of the longest token that begins with a node, in bytes. */
    int longest(int node) {
        return longest[node] & 0xFF;
    }

    /** Returns the first node after all that begin with a node. */
    int end(int node) {
        return ends[node];
    }

    /** Returns the node that some bytes, at least one, lead to; {@link #NO_TOKEN} if no token begins with them. */
    int find(byte[] bytes) {
        int node = 0;
        int end = size();
        for (byte value : bytes) {
            while (node < end && labels[node] != value) {
                node = ends[node];
            }
            if (node >= end) {
                return NO_TOKEN;
            }
            end = ends[node++];
        }
        return node - 1;
    }

    /** Returns for each node the one with the same bytes of another trie, which has all tokens of this one. */
    int[] nodesOf(TokenTrie all) {
        int[] nodes = new int[size];
        int other = 0;
        for (int node = 0; node < size; node++) {
            while (all.depth(other) != depth(node) || all.label(other) != label(node)) {
                other = all.depth(other) < depth(node) ? other + 1 : all.end(other);
            }
            nodes[node] = other++;
        }
        return nodes;
    }

    /** Returns the bytes that lead to a node, a character for each. */
    String text(int node) {
        char[] text = new char[depth(node) + 1];
        int at = node;
        for (int depth = depth(node); depth >= 0; depth--) {
            while (depth(at) != depth) {
                at--;
            }
            text[depth] = (char) label(at);
        }
        return new String(text);
    }
}
