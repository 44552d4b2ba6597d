package io.harmony4j.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.infra.Blackhole;

/** Text to tokens. */
public class EncodeBenchmark {
    /** Encodes each document of a text. */
    @Benchmark
    public void encode(Texts texts, Texts.Work work, Blackhole blackhole) {
        for (String document : texts.documents()) {
            blackhole.consume(texts.library.encode(document));
        }
        work.bytes += texts.bytes();
    }
}
