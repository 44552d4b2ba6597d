package io.harmony4j.jmh;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import io.harmony4j.bench.Library;
import io.harmony4j.jtokkit.HarmonyEncodings;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** What programs gain that keep JTokkit's interface: the encoding of harmony-jtokkit beside JTokkit's own. */
public class JtokkitBenchmark {
    /** An encoding, and its tokens of each document of the text. */
    @State(Scope.Benchmark)
    public static class Subject {
        Encoding encoding = HarmonyEncodings.o200kBase();
        final List<IntArrayList> tokens = new ArrayList<>();

        /** Chooses the encoding and encodes the text. */
        @Setup
        public void choose(Texts texts) {
            encoding = of(texts.library);
            texts.documents().forEach(document -> tokens.add(encoding.encodeOrdinary(document)));
        }
    }

    /** Returns the encoding that a library has for JTokkit's interface. */
    static Encoding of(Library library) {
        return switch (library) {
            case HARMONY4J -> HarmonyEncodings.o200kBase();
            case JTOKKIT -> Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
        };
    }

    /** Encodes each document of a text that must not have special tokens. */
    @Benchmark
    public void jtokkitEncode(Texts texts, Subject subject, Texts.Work work, Blackhole blackhole) {
        for (String document : texts.documents()) {
            blackhole.consume(subject.encoding.encode(document));
        }
        work.bytes += texts.bytes();
    }

    /** Returns the number of tokens of all documents of a text that must not have special tokens. */
    @Benchmark
    public long jtokkitCount(Texts texts, Subject subject, Texts.Work work) {
        long tokens = 0;
        for (String document : texts.documents()) {
            tokens += subject.encoding.countTokens(document);
        }
        work.bytes += texts.bytes();
        return tokens;
    }

    /** Decodes each document of a text. */
    @Benchmark
    public void jtokkitDecode(Texts texts, Subject subject, Texts.Work work, Blackhole blackhole) {
        for (IntArrayList document : subject.tokens) {
            blackhole.consume(subject.encoding.decode(document));
        }
        work.bytes += texts.bytes();
    }
}
