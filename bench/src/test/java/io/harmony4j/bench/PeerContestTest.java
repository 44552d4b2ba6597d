package io.harmony4j.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerContestTest {
    private static final Corpus CORPUS = Corpus.of("en", "Größe, 日本 and 😀.\n".repeat(150));

    @TempDir
    private Path folder;

    private final List<String> heard = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(names = {"ENCODE", "WHOLE", "UNSEEN"})
    void aPeerThatIsRightHasItsSpeed(Section section) throws IOException, InterruptedException {
        assertThat(run(section, "right")).isEqualTo(Map.of("right", new Speed(100, 50, 100, 50)));
        assertThat(heard).isEmpty();
    }

    @Test
    void otherTokensAreShownWhereTheyStand() throws IOException, InterruptedException {
        assertThat(run(Section.ENCODE, "wrong")).containsOnlyKeys("wrong");
        assertThat(heard).hasSize(1);
        assertThat(heard.get(0))
                .startsWith(
                        "wrong, encode en: other tokens than ours in 1 of 3 documents, first in document 1, token 0, in"
                                + " \"Gr\\u00F6\\u00DFe, \\u65E5\\u672C and \\uD83D\\uDE00.\\nGr");
    }

    @Test
    void tokensOfTooFewDocumentsAreCounted() throws IOException, InterruptedException {
        assertThat(run(Section.ENCODE, "short")).containsOnlyKeys("short");
        assertThat(heard).containsExactly("short, encode en: tokens of 2 instead of 3 documents\n");
    }

    @Test
    void aPeerWhoseTokensAreNotIdsIsLeftOut() throws IOException, InterruptedException {
        assertThat(run(Section.ENCODE, "wordy")).isEmpty();
        assertThat(heard)
                .containsExactly("wordy, encode en: expected token ids but found For input string: \"here\"\n");
    }

    @Test
    void eachPassHasBothTimes() throws IOException, InterruptedException {
        assertThat(run(Section.ENCODE, "uneven")).isEmpty();
        assertThat(heard).hasSize(1);
        assertThat(heard.get(0)).endsWith(" (expected as many cpu_ns as wall_ns, at least one, but found 2 and 1)\n");
    }

    @Test
    void aPeerThatDoesNotAnswerIsLeftOut() throws IOException, InterruptedException {
        assertThat(run(Section.ENCODE, "garbage")).isEmpty();
        assertThat(heard.get(0)).startsWith("garbage, encode en: expected an answer in JSON but found 100 MB/s {\"fnv");

        assertThat(run(Section.ENCODE, "madly")).isEmpty();
        assertThat(heard.get(1))
                .startsWith("madly, encode en: exit code 1: Exception in thread")
                .contains("expected a way to behave but found madly");
    }

    @Test
    void aProgramThatIsMissingIsLeftOut() throws IOException, InterruptedException {
        assertThat(run(Section.ENCODE, new Peer("gone", List.of("no/such/program"))))
                .isEmpty();
        assertThat(heard).hasSize(1);
        assertThat(heard.get(0)).startsWith("gone, encode en: Cannot run program \"no/such/program\"");
    }

    @Test
    void peersOnlyEncode() throws IOException, InterruptedException {
        assertThat(run(Section.DECODE, "right")).isEmpty();
    }

    @Test
    void aDefinitionHasANameAndACommand() {
        assertThat(Peer.of("quick tok = ./peer  data/o200k=x"))
                .isEqualTo(new Peer("quick tok", List.of("./peer", "data/o200k=x")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "name", "name=", "name= ", "=command"})
    void aDefinitionWithoutEitherIsRefused(String definition) {
        assertThatThrownBy(() -> Peer.of(definition))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected NAME=COMMAND but found \"" + definition + "\"");
    }

    private Map<String, Speed> run(Section section, String behaviour) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(ForkedJvm.command(FakePeer.class));
        command.add(behaviour);
        return run(section, new Peer(behaviour, command));
    }

    private Map<String, Speed> run(Section section, Peer peer) throws IOException, InterruptedException {
        return new PeerContest(List.of(peer), folder, 0.01, new Results(new Notes(heard)))
                .run(section, CORPUS, List.of("others"));
    }
}
