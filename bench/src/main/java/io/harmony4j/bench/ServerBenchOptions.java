package io.harmony4j.bench;

import static java.util.Objects.requireNonNull;

import java.util.EnumSet;
import java.util.Set;

/**
 * What {@link ServerBench} does. Immutable.
 *
 * <pre>{@code
 * ServerBenchOptions.DEFAULT.withStreams(100)
 * }</pre>
 */
public final class ServerBenchOptions {
    /** All parts, 1000 streams at a time of 64 words, 100 milliseconds each, and a server with 512 MB of heap. */
    public static final ServerBenchOptions DEFAULT =
            new ServerBenchOptions(EnumSet.allOf(ServerBench.Part.class), 1000, 64, 100, 5, "512m");

    private final Set<ServerBench.Part> parts;
    private final int streams;
    private final int words;
    private final int millis;
    private final int seconds;
    private final String heap;

    private ServerBenchOptions(
            Set<ServerBench.Part> parts, int streams, int words, int millis, int seconds, String heap) {
        this.parts = Set.copyOf(parts);
        this.streams = streams;
        this.words = words;
        this.millis = millis;
        this.seconds = seconds;
        this.heap = requireNonNull(heap, "heap");
        for (int number : new int[] {streams, words, millis, seconds}) {
            if (number < 1) {
                throw new IllegalArgumentException("expected at least 1 but found " + number);
            }
        }
    }

    /** Returns a copy that does only some parts. */
    public ServerBenchOptions withParts(Set<ServerBench.Part> wanted) {
        return new ServerBenchOptions(wanted, streams, words, millis, seconds, heap);
    }

    /** Returns a copy with another number of streams at a time. */
    public ServerBenchOptions withStreams(int number) {
        return new ServerBenchOptions(parts, number, words, millis, seconds, heap);
    }

    /** Returns a copy whose streams have another number of words. */
    public ServerBenchOptions withWords(int number) {
        return new ServerBenchOptions(parts, streams, number, millis, seconds, heap);
    }

    /** Returns a copy whose words take another number of milliseconds. */
    public ServerBenchOptions withMillis(int number) {
        return new ServerBenchOptions(parts, streams, words, number, seconds, heap);
    }

    /** Returns a copy whose rounds among hostile clients take another number of seconds. */
    public ServerBenchOptions withSeconds(int number) {
        return new ServerBenchOptions(parts, streams, words, millis, number, heap);
    }

    /** Returns a copy whose server can take another amount of heap, as in {@code 512m}. */
    public ServerBenchOptions withHeap(String most) {
        return new ServerBenchOptions(parts, streams, words, millis, seconds, most);
    }

    Set<ServerBench.Part> parts() {
        return parts;
    }

    int streams() {
        return streams;
    }

    int words() {
        return words;
    }

    int millis() {
        return millis;
    }

    int seconds() {
        return seconds;
    }

    String heap() {
        return heap;
    }
}
