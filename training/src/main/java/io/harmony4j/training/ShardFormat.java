package io.harmony4j.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** A layout at work: the files of a shard, what of them can be made from some rows alone, and what only when all rows are there. */
interface ShardFormat {
    /** Returns how the names of the files end to which rows are added. */
    List<String> rowFiles();

    /** Returns how the names of the files end that are made when all rows are there. */
    default List<String> indexFiles() {
        return List.of();
    }

    /** Returns how many bytes each file of rows keeps free at its start. */
    default int reservedBytes() {
        return 0;
    }

    /** Returns what rows add to each of the files. Thread-safe. */
    List<ByteBuffer> encode(List<Row> rows);

    /**
     * Makes what only all rows together give.
     *
     * @param lengths the lengths of samples and rows
     * @param rowFiles the files of rows
     * @param indexFiles the files to make
     */
    default void finish(ShardLengths lengths, List<Path> rowFiles, List<Path> indexFiles) throws IOException {}
}
