package io.harmony4j.bench;

import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is timed in this JVM by the sections over texts: first ours, then JTokkit, then what else ours is compared with. */
final class TextContenders {
    private static final String OWN_ENCODE = "own encode";
    private static final String OWN_BYTES = "own to bytes";

    private TextContenders() {}

    /**
     * Returns the contenders of a section.
     *
     * @param others what is encoded before each pass over text that is to be new
     */
    static List<Contender> of(Section section, Corpus corpus, List<String> others) {
        return switch (section) {
            case ENCODE, MIXED -> libraries(library -> encode(library, corpus));
            case WHOLE -> libraries(library -> encode(library, corpus.whole()));
            case UNSEEN, MIXED_UNSEEN -> unseen(corpus, others);
            case COUNT ->
                with(
                        libraries(library -> count(library, corpus)),
                        contender(OWN_ENCODE, corpus, encoding(Library.HARMONY4J, corpus.documents())));
            case DECODE -> with(libraries(library -> decode(library, corpus)), decodeToBytes(corpus));
            case HOSTILE, THREADS, LOAD ->
                throw new IllegalArgumentException("expected a section over texts but found " + section);
        };
    }

    /** A way to do the section's work with a library. */
    private interface Work {
        Contender with(Library library);
    }

    private static List<Contender> libraries(Work work) {
        return Arrays.stream(Library.values()).map(work::with).toList();
    }

    private static List<Contender> with(List<Contender> contenders, Contender another) {
        List<Contender> all = new ArrayList<>(contenders);
        all.add(another);
        return all;
    }

    private static List<Contender> unseen(Corpus corpus, List<String> others) {
        List<String> before = Stream.concat(others.stream(), corpus.firstHalf().documents().stream())
                .toList();
        Corpus timed = corpus.secondHalf();
        return libraries(library -> {
            Runnable first = encoding(library, before);
            Runnable prepare = () -> {
                library.forget();
                first.run();
            };
            return new Contender(library.title(), timed.bytes(), prepare, encoding(library, timed.documents()));
        });
    }

    private static Contender encode(Library library, Corpus corpus) {
        return contender(library.title(), corpus, encoding(library, corpus.documents()));
    }

    private static Runnable encoding(Library library, List<String> documents) {
        return () -> {
            for (String document : documents) {
                Contender.consume(library.encode(document));
            }
        };
    }

    private static Contender count(Library library, Corpus corpus) {
        return contender(library.title(), corpus, () -> {
            long tokens = 0;
            for (String document : corpus.documents()) {
                tokens += library.count(document);
            }
            Contender.consume(tokens);
        });
    }

    private static Contender decode(Library library, Corpus corpus) {
        List<Object> documents =
                corpus.documents().stream().map(library::encode).collect(Collectors.toList());
        return contender(library.title(), corpus, () -> {
            for (Object tokens : documents) {
                Contender.consume(library.decode(tokens));
            }
        });
    }

    private static Contender decodeToBytes(Corpus corpus) {
        Tokenizer tokenizer = Tokenizer.o200kBase();
        List<int[]> documents =
                corpus.documents().stream().map(tokenizer::encode).toList();
        return contender(OWN_BYTES, corpus, () -> {
            for (int[] tokens : documents) {
                Contender.consume(tokenizer.decodeBytes(tokens));
            }
        });
    }

    private static Contender contender(String name, Corpus corpus, Runnable pass) {
        return new Contender(name, corpus.bytes(), null, pass);
    }
}
