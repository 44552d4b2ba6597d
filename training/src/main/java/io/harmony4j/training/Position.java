package io.harmony4j.training;

/**
 * A place in the sources.
 *
 * @param source the index of the source, from 0
 * @param line the number of the line, from 1
 */
record Position(int source, long line) {
    static final Position START = new Position(0, 1);
}
