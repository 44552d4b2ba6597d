package io.harmony4j.jmh;

import io.harmony4j.bench.HostileText;
import io.harmony4j.bench.Library;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A megabyte of text that is hard to divide, in one call. JTokkit takes seconds for it, so it is measured only on demand. */
@State(Scope.Benchmark)
public class HostileBenchmark {
    private static final int BYTES = 1_000_000;

    @Param
    public HostileText hostile = HostileText.ONE_LETTER;

    @Param("HARMONY4J")
    public Library library = Library.HARMONY4J;

    private String text = "";

    /** Makes the text. */
    @Setup
    public void make() {
        text = hostile.text(BYTES);
    }

    /** Returns the tokens of the text. */
    @Benchmark
    public Object encodeHostile(Texts.Work work) {
        work.bytes += BYTES;
        return library.encode(text);
    }
}
