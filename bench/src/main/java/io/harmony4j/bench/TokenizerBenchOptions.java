package io.harmony4j.bench;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What {@link TokenizerBench} measures. Immutable.
 *
 * <pre>{@code
 * TokenizerBenchOptions.of(new CorpusFolder(Path.of("texts"))).withSections(Set.of(Section.ENCODE)).withSeconds(0.4)
 * }</pre>
 */
public final class TokenizerBenchOptions {
    private final CorpusFolder corpora;
    private final List<String> texts;
    private final Set<Section> sections;
    private final double seconds;
    private final List<Peer> peers;
    private final Path work;

    private TokenizerBenchOptions(
            CorpusFolder corpora,
            List<String> texts,
            Set<Section> sections,
            double seconds,
            List<Peer> peers,
            Path work) {
        this.corpora = requireNonNull(corpora, "corpora");
        this.texts = List.copyOf(texts);
        this.sections = Set.copyOf(sections);
        if (!(seconds > 0)) {
            throw new IllegalArgumentException("expected seconds above 0 but found " + seconds);
        }
        this.seconds = seconds;
        this.peers = List.copyOf(peers);
        this.work = requireNonNull(work, "work");
    }

    /** Returns all sections over all texts of a folder, each contender timed for a second, without peers. */
    public static TokenizerBenchOptions of(CorpusFolder corpora) {
        return new TokenizerBenchOptions(
                corpora, List.of(), EnumSet.allOf(Section.class), 1, List.of(), Path.of("target", "bench"));
    }

    /** Returns a copy for some of the texts, by their names; for all of them if there are no names. */
    public TokenizerBenchOptions withTexts(Collection<String> names) {
        return new TokenizerBenchOptions(corpora, List.copyOf(names), sections, seconds, peers, work);
    }

    /** Returns a copy with other sections. */
    public TokenizerBenchOptions withSections(Set<Section> newSections) {
        return new TokenizerBenchOptions(corpora, texts, newSections, seconds, peers, work);
    }

    /**
     * Returns a copy that times each contender on each text for so long.
     *
     * @throws IllegalArgumentException if it is not above 0
     */
    public TokenizerBenchOptions withSeconds(double newSeconds) {
        return new TokenizerBenchOptions(corpora, texts, sections, newSeconds, peers, work);
    }

    /**
     * Returns a copy with programs that take part where documents or whole files are encoded.
     *
     * @param programs the programs, by the protocol in {@code docs/benchmarks.md}
     * @param folder an existing folder for the files that they read
     */
    public TokenizerBenchOptions withPeers(List<Peer> programs, Path folder) {
        return new TokenizerBenchOptions(corpora, texts, sections, seconds, programs, folder);
    }

    CorpusFolder corpora() {
        return corpora;
    }

    List<String> texts() {
        return texts;
    }

    Set<Section> sections() {
        return sections;
    }

    double seconds() {
        return seconds;
    }

    List<Peer> peers() {
        return peers;
    }

    Path work() {
        return work;
    }
}
