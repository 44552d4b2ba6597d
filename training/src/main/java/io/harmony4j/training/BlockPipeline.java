package io.harmony4j.training;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The lines of sources, worked on in several threads; the results come in the order of the lines.
 *
 * @param <R> what comes of a block of lines
 */
final class BlockPipeline<R> {
    private final Workers workers;
    private final Work<R> work;
    private final Sink<R> sink;
    private final Queue<Pending<R>> pending = new ArrayDeque<>();

    /** What is done with each block. Thread-safe. */
    interface Work<R> {
        R apply(RowSource source, LineBlocks.Block block);
    }

    /** Takes the results, in order, in the thread that runs the pipeline. */
    interface Sink<R> {
        /**
         * Takes the next result.
         *
         * @param start where the block starts
         * @param next where the block after it starts
         */
        void accept(Position start, Position next, R result) throws IOException;
    }

    private record Pending<R>(Position start, Position next, Future<R> result) {}

    BlockPipeline(Workers workers, Work<R> work, Sink<R> sink) {
        this.workers = workers;
        this.work = work;
        this.sink = sink;
    }

    /**
     * Works on all lines from a place on.
     *
     * @param from where a block starts
     */
    void run(List<RowSource> sources, Position from) throws IOException {
        for (int index = from.source(); index < sources.size(); index++) {
            RowSource source = sources.get(index);
            long first = index == from.source() ? from.line() : 1;
            try (LineBlocks blocks = new LineBlocks(Decompression.of(source.open()))) {
                for (LineBlocks.Block block = next(blocks, source); block != null; block = next(blocks, source)) {
                    if (block.firstLine() >= first) {
                        submit(index, source, block);
                    }
                }
            }
        }
        while (!pending.isEmpty()) {
            take();
        }
    }

    private static LineBlocks.@Nullable Block next(LineBlocks blocks, RowSource source) throws IOException {
        try {
            return blocks.next();
        } catch (IOException e) {
            throw new IOException(source.name() + ": " + e.getMessage(), e);
        }
    }

    private void submit(int index, RowSource source, LineBlocks.Block block) throws IOException {
        if (pending.size() >= workers.inFlight()) {
            take();
        }
        pending.add(new Pending<>(
                new Position(index, block.firstLine()),
                new Position(index, block.nextLine()),
                workers.submit(() -> work.apply(source, block))));
    }

    private void take() throws IOException {
        Pending<R> first = pending.remove();
        sink.accept(first.start, first.next, Workers.get(first.result));
    }
}
