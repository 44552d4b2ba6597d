package io.harmony4j.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContestTest {
    private static final double INSTANT = 1e-9;

    private final List<String> log = new ArrayList<>();

    @Test
    void contendersTakeTurns() {
        new Contest(INSTANT).run(List.of(contender("a"), contender("b")));

        // one pass each to warm up, then three rounds
        assertThat(log).containsExactly("a", "b", "a", "b", "a", "b", "a", "b");
    }

    @Test
    void eachPassIsPreparedIfNeedBe() {
        Contender prepared = new Contender("a", 1, () -> log.add("before"), () -> log.add("a"));
        Map<String, Speed> speeds = new Contest(INSTANT).run(List.of(prepared));

        assertThat(log).startsWith("before", "a", "before", "a").hasSize(8);
        assertThat(speeds).containsOnlyKeys("a");
    }

    @Test
    void textThatIsToBeNewComesAfterOthersAndItsFirstHalf() {
        String line = "x".repeat(Corpus.MIN_DOCUMENT_BYTES) + "\n";
        Corpus corpus = Corpus.of("en", line.repeat(3));
        List<Contender> contenders = TextContenders.of(Section.UNSEEN, corpus, List.of("others"));

        assertThat(contenders).extracting(Contender::name).containsExactly("Harmony4J", "JTokkit");
        assertThat(contenders).allSatisfy(contender -> {
            assertThat(contender.bytes()).isEqualTo(2L * line.length());
            assertThat(contender.prepare()).isNotNull();
        });
        assertThat(new Contest(INSTANT).run(contenders)).containsOnlyKeys("Harmony4J", "JTokkit");
    }

    @Test
    void threadsEncodeAllDocumentsFromAllSides() throws InterruptedException {
        List<String> documents =
                Corpus.of("", HostileText.JOINED_EMOJI.text(5_000) + "\n").documents();
        Map<Integer, Speed> speeds = new ThreadContest(documents, 0.01).run();

        assertThat(speeds.keySet())
                .containsExactlyElementsOf(ThreadContest.counts())
                .contains(1, 2);
        assertThat(speeds.values()).allMatch(speed -> speed.cpuBest() > 0 && speed.wallMedian() > 0);
    }

    private Contender contender(String name) {
        return new Contender(name, 1, null, () -> {
            log.add(name);
            busy();
        });
    }

    /** Takes longer than a slice, so that a slice has one pass. */
    private static void busy() {
        long start = System.nanoTime();
        while (System.nanoTime() - start < 1_000) {
            Thread.onSpinWait();
        }
    }
}
