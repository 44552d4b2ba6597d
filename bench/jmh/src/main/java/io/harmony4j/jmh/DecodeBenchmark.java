package io.harmony4j.jmh;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Tokens to text. */
@State(Scope.Benchmark)
public class DecodeBenchmark {
    private List<Object> documents = List.of();

    /** Encodes each document of a text. */
    @Setup
    public void encode(Texts texts) {
        documents = texts.documents().stream().map(texts.library::encode).toList();
    }

    /** Decodes each document of a text. */
    @Benchmark
    public void decode(Texts texts, Texts.Work work, Blackhole blackhole) {
        for (Object tokens : documents) {
            blackhole.consume(texts.library.decode(tokens));
        }
        work.bytes += texts.bytes();
    }
}
