package io.harmony4j.bench;

/** Hears how far a run is, and what it has found. */
public interface Listener {
    /**
     * Hears what is being done.
     *
     * @param share how much of the run is done, from 0 to 1
     */
    void progress(String what, double share);

    /** Hears a part of the result: lines of text or a table in Markdown, with its last line end. */
    void result(String text);
}
