package io.harmony4j.jmh;

import io.harmony4j.bench.Corpus;
import io.harmony4j.bench.Library;
import java.util.List;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The text that is encoded, decoded or counted, and by which library. */
@State(Scope.Benchmark)
public class Texts {
    /**
     * The name of the text; {@link Benchmarks} sets all there are. JMH varies the parameter whose name sorts last first, so both
     * libraries run on a text before the next one.
     */
    @Param("english")
    public String corpus = "";

    @Param
    public Library library = Library.HARMONY4J;

    private Corpus loaded = Corpus.of("", "");

    /** Loads the text. */
    @Setup
    public void load() {
        loaded = Corpora.load(corpus);
    }

    List<String> documents() {
        return loaded.documents();
    }

    long bytes() {
        return loaded.bytes();
    }

    /** What was done, in bytes of UTF-8 text; JMH makes it bytes a second. */
    @AuxCounters
    @State(Scope.Thread)
    public static class Work {
        public long bytes;
    }
}
