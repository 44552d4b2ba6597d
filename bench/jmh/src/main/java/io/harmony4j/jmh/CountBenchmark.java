package io.harmony4j.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/** Text to the number of its tokens. */
public class CountBenchmark {
    /** Returns the number of tokens of all documents of a text. */
    @Benchmark
    public long count(Texts texts, Texts.Work work) {
        long tokens = 0;
        for (String document : texts.documents()) {
            tokens += texts.library.count(document);
        }
        work.bytes += texts.bytes();
        return tokens;
    }
}
